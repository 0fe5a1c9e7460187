import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import { excerpt, firstSaid, isAttribute, lastSaid, range, says } from "../text/lines";
import { codeKey, codeKeys } from "./code-keys";
import { goneUnsaid } from "./comments";
import type { Judged, Objection } from "./judged-case";

/** Nothing changes away from all that the answer gives: it has a new line of each change, or one beside. */
export function ifNobodySpokeOf(judged: Judged): Objection | undefined {
  const { before, after, written, facts, changes } = judged;
  if (!written.some(says)) return undefined;
  const isGiven = givenIn(written, facts);
  let words: ReadonlySet<string> | undefined;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    let above = bStart - 1;
    while (above >= 0 && !isWorded(after.lines[above])) above--;
    let below = bEnd;
    while (below < after.lines.length && !isWorded(after.lines[below])) below++;
    const touched = [
      ...after.lines.slice(bStart, bEnd),
      ...before.lines.slice(aStart, aEnd),
      lineAt(after.lines, above),
      lineAt(after.lines, below),
    ];
    if (touched.some((line) => says(line) && isGiven(line))) continue;
    // An import of a list may go into the file's on a line of its own.
    const fresh = after.lines.slice(bStart, bEnd).flatMap(wordsIn);
    words ??= new Set(written.flatMap(wordsIn));
    if (fresh.length > 0 && fresh.every((word) => words?.has(word))) continue;
    const message = `Line ${aStart + 1} would change, of which the answer does not speak.`;
    return { message, line: aStart };
  }
  return undefined;
}

/** Each new line is the answer's, or the file's from elsewhere, or made of the words of the two. */
export function ifUnsaidIsThere(judged: Judged): Objection | undefined {
  const { before, after, written, facts, changes } = judged;
  const { texts } = judged.outcome;
  if (!written.some(says)) return undefined;
  const isGiven = givenIn(written, facts);
  let known: ReadonlySet<string> | undefined;
  for (const { aStart, bStart, bEnd } of changes)
    for (const line of after.lines.slice(bStart, bEnd)) {
      const [text, words] = [line.trim(), wordsIn(line)];
      if (words.length === 0 || isGiven(line) || texts.times(text) <= texts.timesBefore(text))
        continue;
      known ??= new Set(
        [...written, ...changes.flatMap((one) => before.lines.slice(one.aStart, one.aEnd))].flatMap(
          wordsIn,
        ),
      );
      const isMade = texts.timesBefore(text) === 0 && words.every((word) => known?.has(word));
      if (isMade) continue;
      const message = `\`${excerpt(line)}\` would be new, which the answer does not give.`;
      return { message, line: aStart };
    }
  return undefined;
}

/**
 * Code that only goes stood between two lines that the answer has in a row, or beside an end of it
 * that is new or stands in the file more than once.
 *
 *     file: private weight;     answer: constructor() {     `private weight` stays
 *           constructor() {
 */
export function ifTakenOutUnsaid(judged: Judged): Objection | undefined {
  const { before, after, parts, facts, changes, own, now } = judged;
  const { texts, origin } = judged.outcome;
  if (!parts.some((part) => part.some(says))) return undefined;
  const codes = parts.map((part) => codeKeys(part, facts).filter((code) => code !== ""));
  const rows = new Set(
    codes.flatMap((part) => part.slice(1).map((below, at) => `${part[at]}\n${below}`)),
  );
  const [firsts, lasts] = [0, -1].map((at) => new Set(codes.map((part) => part.at(at))));
  const codeAt = (at: number): string =>
    now[at]?.kind === "code" ? codeKey(lineAt(after.lines, at), now[at]?.commentAt) : "";
  const isCode = (at: number): boolean => codeAt(at) !== "";
  /** Whether it is an end of a part that tells no place. */
  const isVague = (ends: ReadonlySet<string | undefined> | undefined, at: number): boolean =>
    ends?.has(codeAt(at)) === true &&
    (origin(at) === undefined || texts.times(lineAt(after.lines, at).trim()) > 1);
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    if (range(bStart, bEnd).some(isCode)) continue;
    const lost = range(aStart, aEnd).find((at) => {
      const text = lineAt(before.lines, at).trim();
      return (
        own[at]?.kind === "code" && /\w/.test(text) && texts.times(text) < texts.timesBefore(text)
      );
    });
    if (lost === undefined) continue;
    let above = bStart - 1;
    while (above >= 0 && !isCode(above)) above--;
    let below = bEnd;
    while (below < now.length && !isCode(below)) below++;
    const [upper, lower] = [codeAt(above), codeAt(below)];
    const isEnd = lasts?.has(upper) || firsts?.has(lower);
    // Beside all of the file there is nothing.
    if (isEnd && parts.some((part) => endsOf(part) === endsOf(before.lines))) continue;
    if (rows.has(`${upper}\n${lower}`) || (isEnd && isAttribute(lineAt(before.lines, lost))))
      continue;
    if (isVague(lasts, above) || isVague(firsts, below)) continue;
    return { message: goneUnsaid(before.lines[lost]), line: lost };
  }
  return undefined;
}

function endsOf(lines: readonly string[]): string {
  return `${firstSaid(lines).trim()}\n${lastSaid(lines).trim()}`;
}

/** Whether a line is one of the answer's, by its code or word for word. */
function givenIn(written: readonly string[], facts: LanguageFacts): (line: string) => boolean {
  const given = new Set([
    ...codeKeys(written, facts),
    ...written.flatMap((line) => [line.trim(), codeKey(line)]),
  ]);
  return (line) =>
    given.has(line.trim()) ||
    given.has(codeKey(line)) ||
    codeKeys([line], facts).some((code) => code !== "" && given.has(code));
}

function isWorded(line = ""): boolean {
  return /\w/.test(line);
}

function wordsIn(line: string): readonly string[] {
  return line.match(/\w+/g) ?? [];
}
