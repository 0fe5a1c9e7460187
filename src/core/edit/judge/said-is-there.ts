import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import { findDeclarations } from "../code/declarations";
import { withoutBinding } from "../code/fit/binding";
import { limits } from "../limits";
import { canonicalLine } from "../text/canonical-line";
import { excerpt, isAttribute } from "../text/lines";
import { isRemark, wordsOf } from "../text/remark";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { codeKey } from "./code-keys";
import type { Judged, Objection } from "./judged-case";

/** But for what it tells the person alone. */
export function unlessSaidIsThere(judged: Judged): Objection | undefined {
  const { after, said, facts, changes, outcome } = judged;
  // Few lines need the costly comparison.
  let byKey: Set<string> | undefined;
  let words: string | undefined;
  const scan = scanOf(said, facts);
  // Comments behind the code are told to the person.
  const lastCode = scan.findLastIndex(({ kind }) => kind === "code");
  for (const [at, line] of said.entries()) {
    if (outcome.texts.has(line.trim()) || !/\w/.test(line)) continue;
    if (scan[at]?.kind === "comment" && (at >= lastCode || isRemark(line))) continue;
    if (scan[at]?.kind === "comment") {
      // Documentation that is cut short stands in the file's.
      words ??= after.lines.map(wordsOf).join(" ");
      if (words.includes(wordsOf(line))) continue;
    }
    const keys = [line, ...codeOf([line], [scan[at]])].flatMap(keysOf).filter((key) => key !== "");
    if (keys.some((key) => outcome.keys.has(key))) continue;
    byKey ??= new Set(
      codeOf(after.lines, scanOf(after.lines, facts))
        .flatMap((code) => [code, withoutBinding(code)])
        .flatMap(keysOf),
    );
    const there = byKey;
    if (!keys.some((key) => there.has(key)))
      return {
        message: `\`${excerpt(line)}\` of the answer would not be in the file.`,
        line: changes[0]?.aStart ?? 0,
      };
  }
  return undefined;
}

/** Lines without the comments behind their code: `items = rest #the tail` is `items = rest`. */
function codeOf(
  lines: readonly string[],
  scan: readonly (Pick<ScannedLine, "commentAt"> | undefined)[],
): string[] {
  return lines.map((line, at) => line.slice(0, scan[at]?.commentAt));
}

/** A line by what it says; a brace at its end may stand on a line of its own. */
function keysOf(line: string): string[] {
  const key = canonicalLine(line);
  return [...new Set([key, key.replace(/\{$/, "")])];
}

/** What the answer has in a row is in a row: the lines of a function, a comment and its line. */
export function ifTornApart(judged: Judged): Objection | undefined {
  const { parts, facts, outcome } = judged;
  const leadsTo = leadsIn(judged);
  const torn = parts
    .flatMap((part) => rowsOf(part, facts))
    .find((row) => {
      const isThere = outcome.keys.has(row.below) || outcome.keys.has(`${row.below}{`);
      return isThere && leadsTo(row)?.has(row.below) === false;
    });
  if (torn === undefined) return undefined;
  const message = `\`${excerpt(torn.above)}\` would stand above other code than in the answer.`;
  return { message, line: 0 };
}

/**
 * The code below a line, wherever the outcome has that line; undefined where it may stand in the
 * file's style, too. Thousands of rows may begin alike.
 */
function leadsIn({ after, outcome, now }: Judged): (row: Row) => Set<string> | undefined {
  let codeBelow: Int32Array | undefined;
  const nextCode = (place: number): number => {
    if (codeBelow === undefined) {
      codeBelow = new Int32Array(now.length).fill(now.length);
      for (let at = now.length - 2; at >= 0; at--)
        codeBelow[at] = now[at + 1]?.kind === "code" ? at + 1 : (codeBelow[at + 1] ?? now.length);
    }
    return codeBelow[place] ?? now.length;
  };
  const keysBelow = (place: number, isComment: boolean): string[] => {
    const keys: string[] = [];
    for (let at = nextCode(place); at < now.length; at = nextCode(at)) {
      const line = lineAt(after.lines, at);
      keys.push(codeKey(line, now[at]?.commentAt));
      if (!isComment || !isAttribute(line) || keys.length > limits.piece) break;
    }
    return keys;
  };
  const asked = new Map<string, Set<string> | undefined>();
  return ({ above, isComment }) => {
    const question = `${isComment} ${above}`;
    if (!asked.has(question)) {
      const places = outcome.placesOf(above);
      const isAll = outcome.keys.times(canonicalLine(above)) === places.length;
      const isTold = places.length > 0 && isAll;
      const keys = isTold ? places.flatMap((place) => keysBelow(place, isComment)) : [];
      asked.set(question, isTold ? new Set(keys) : undefined);
    }
    return asked.get(question);
  };
}

/** A line, and the key of the next one of code. */
interface Row {
  readonly above: string;
  readonly below: string;
  readonly isComment: boolean;
}

function rowsOf(part: readonly string[], facts: LanguageFacts): Row[] {
  const scan = scanOf(part, facts);
  const inFunctions = new Uint8Array(part.length);
  for (const { kind, head, end } of findDeclarations(part, facts, scan))
    if (kind === "callable") inFunctions.fill(1, head, end - 1);
  const rows: Row[] = [];
  let below: string | undefined;
  let isRightAbove = false;
  for (let at = part.length - 1; at >= 0; at--) {
    const { kind, docstring, commentAt } = scan[at] ?? {};
    const above = lineAt(part, at).trim();
    const isComment = kind === "comment";
    const isOf = isComment ? isRightAbove && !docstring : kind === "code" && inFunctions[at] === 1;
    if (below !== undefined && isOf && /\w/.test(above)) rows.push({ above, below, isComment });
    if (kind === "code") below = codeKey(lineAt(part, at), commentAt);
    isRightAbove = kind === "code" || (isRightAbove && isComment && !/\w/.test(above));
  }
  return rows;
}
