import { withoutBinding } from "../code/fit/binding";
import { canonicalLine } from "../text/canonical-line";
import { excerpt } from "../text/lines";
import { isRemark, wordsOf } from "../text/remark";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import type { Change, JudgedCase, Objection } from "./judged-case";
import type { OutcomeLines } from "./outcome-lines";

/** But for what it tells the person alone. */
export function unlessSaidIsThere(
  { after, said, facts }: JudgedCase,
  changes: readonly Change[],
  outcome: OutcomeLines,
): Objection | undefined {
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
