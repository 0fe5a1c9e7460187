import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import { excerpt, range, says } from "../text/lines";
import { scanOf } from "../text/scan-lines";
import { codeKey, codeKeys } from "./code-keys";
import { goneUnsaid } from "./comments";
import type { Change, JudgedCase, Objection } from "./judged-case";
import type { OutcomeLines } from "./outcome-lines";

/** Nothing changes away from all that the answer gives: it has a new line of each change, or one beside. */
export function ifNobodySpokeOf(
  { before, after, written, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
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
export function ifUnsaidIsThere(
  { before, after, written, facts }: JudgedCase,
  changes: readonly Change[],
  { texts }: OutcomeLines,
): Objection | undefined {
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

/** Code that only goes stood between two lines that the answer has in a row, or beyond its ends. */
export function ifTakenOutUnsaid(
  { before, after, parts, facts }: JudgedCase,
  changes: readonly Change[],
  { texts }: OutcomeLines,
): Objection | undefined {
  if (!parts.some((part) => part.some(says))) return undefined;
  const own = scanOf(before.lines, facts);
  const now = scanOf(after.lines, facts);
  const codes = parts.map((part) => codeKeys(part, facts).filter((code) => code !== ""));
  const rows = new Set(
    codes.flatMap((part) => part.slice(1).map((below, at) => `${part[at]}\n${below}`)),
  );
  const [firsts, lasts] = [0, -1].map((at) => new Set(codes.map((part) => part.at(at))));
  const codeAt = (at: number): string =>
    now[at]?.kind === "code" ? codeKey(lineAt(after.lines, at), now[at]?.commentAt) : "";
  const isCode = (at: number): boolean => codeAt(at) !== "";
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
    if (rows.has(`${upper}\n${lower}`) || lasts?.has(upper) || firsts?.has(lower)) continue;
    return { message: goneUnsaid(before.lines[lost]), line: lost };
  }
  return undefined;
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
