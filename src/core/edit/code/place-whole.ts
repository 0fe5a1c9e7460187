import type { LanguageFacts } from "../../../base/languages/language";
import { oncePer } from "../../../base/once-per";
import { lastLine, lineAt } from "../../../base/text/lines";
import { isElision } from "../answer/elision";
import { limits } from "../limits";
import { type Placement, placed, refused } from "../locate/placement";
import { hasVersionOf, lineWeight } from "../text/line-similarity";
import { firstSaid, lastSaid, says, textsOf, trimmed, worded } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { isImport } from "./added/import-lines";
import type { AnsweredCode } from "./answered-code";
import { type Declaration, keyOf } from "./declarations";
import type { EditedFile } from "./edited-file";
import { fitCode } from "./fit/fit-code";
import { fitPlace, fittedNotices } from "./fit-place";
import { outermost } from "./nested-declarations";
import { endOfBlock, loses, losesBlock } from "./place-block";

/** With every declaration and the better part of what stands between them. */
export function placeWhole(code: AnsweredCode, pathIsSure: boolean): Placement | undefined {
  const { file, lines, declarations, tops } = code;
  if (!file.lines.some(says)) {
    return pathIsSure
      ? {
          kind: "placed",
          ops: [{ start: 0, end: file.lines.length, lines }],
          match: "exact",
          notices: [],
        }
      : undefined;
  }
  if (!isWhole(code)) return undefined;
  const example = trailingExample(file, lines, tops);
  const answer = lines.slice(0, example);
  const fitted = fitCode({
    file: file.lines,
    answer,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    fileDeclarations: file.declarations,
    answerDeclarations: declarations,
    isFile: true,
  });
  const op = { start: 0, end: file.lines.length, lines: betweenBlanksOf(file.lines, fitted.lines) };
  if ((fitted.covered < thresholds.half && !fitted.elided) || losesBlock(file, op, op.lines))
    return refused(
      "stale",
      "The answer rewrites most of the file or leaves most of it out, so it cannot be told what it keeps.",
    );
  const notices = fittedNotices(fitted);
  if (example < lines.length)
    notices.push("Lines beside the code, such as an example of its use, were left out.");
  return placed(file.lines, op, { match: "symbol", notices, said: [answer] });
}

/** Empty lines around a file are not seen in an answer, and stay. */
function betweenBlanksOf(own: readonly string[], lines: readonly string[]): string[] {
  return [
    ...own.slice(0, own.findIndex(says)),
    ...trimmed(lines),
    ...own.slice(own.findLastIndex(says) + 1),
  ];
}

function isWhole({ file, lines, tops }: AnsweredCode): boolean {
  const ours = outermost(file.declarations);
  const names = new Set(tops.map(keyOf));
  if (!ours.every((one) => names.has(keyOf(one))) && shareOf(file.lines, lines) < thresholds.nearly)
    return false;
  if (!sharesAnEnd(file.lines, lines)) return false;
  const loose = looseLines(file.lines, ours);
  const theirs = new Set(looseLines(lines, tops));
  // An import that it changes, such as to another module, is spoken of as well.
  const changed = [...theirs].filter((line) => isImport(line, file.facts)).slice(0, limits.piece);
  const isCovered = (line: string): boolean =>
    theirs.has(line) || (isImport(line, file.facts) && hasVersionOf(line, changed));
  const covered = loose.filter(isCovered).length;
  return ours.length + loose.length > 1 && covered >= loose.length * thresholds.half;
}

/** Whether the answer has the line that the file begins or ends with, or what both have become. */
function sharesAnEnd(own: readonly string[], lines: readonly string[]): boolean {
  const [ours, theirs] = [worded(own), worded(lines)];
  return (
    theirs.includes(lineAt(ours, 0)) ||
    theirs.includes(lastLine(ours)) ||
    (hasVersionOf(lineAt(ours, 0), [lineAt(theirs, 0)]) &&
      hasVersionOf(lastLine(ours), [lastLine(theirs)]))
  );
}

const weighed = oncePer((lines: readonly string[]) =>
  lines.filter(says).map((line) => ({ text: line.trim(), weight: lineWeight(line) })),
);

/** How much of what the file says the answer says too. */
function shareOf(own: readonly string[], lines: readonly string[]): number {
  const theirs = textsOf(lines);
  let [all, met] = [0, 0];
  for (const { text, weight } of weighed(own)) {
    all += weight;
    if (theirs.has(text)) met += weight;
  }
  return all === 0 ? 0 : met / all;
}

/** What lines that stand in no declaration say. */
function looseLines(lines: readonly string[], declarations: readonly Declaration[]): string[] {
  const found: string[] = [];
  let next = 0;
  for (const [at, line] of lines.entries()) {
    while ((declarations[next]?.end ?? Number.POSITIVE_INFINITY) <= at) next++;
    const isInside = at >= (declarations[next]?.start ?? Number.POSITIVE_INFINITY);
    if (!isInside && /\w/.test(line)) found.push(line.trim());
  }
  return found;
}

/** A line that shows how the code is used. */
export const exampleLine =
  /^\s*(?:print|console\.|assert|expect|puts|fmt\.Print|println!|System\.out|echo|doctest|unittest|(?:#|\/\/)\s*(?:example|test|usage|output|expected|this|should)|[\w.$]+\(.*\)\s*(?:;\s*)?(?:$|#|\/\/)|(?:const |let |var )?\w+\s*:?=)/i;

/** Line behind the last that is not an example of use which the model added below the code. */
function trailingExample(
  file: EditedFile,
  lines: readonly string[],
  tops: readonly Declaration[],
): number {
  const last = tops.at(-1);
  if (!last) return lines.length;
  const own = textsOf(file.lines);
  const isOwn = (line: string): boolean => says(line) && own.has(line.trim());
  const isUse = (line: string): boolean => !says(line) || exampleLine.test(line);
  const end = Math.max(last.end, lines.findLastIndex(isOwn) + 1);
  // A script that ends with calls may get one more.
  if (end > last.end && isUse(lineAt(lines, end - 1))) return lines.length;
  const rest = lines.slice(end);
  return rest.some(says) && rest.every(isUse) ? end : lines.length;
}

/** Where it begins or ends with the file. */
export function placeElidedFile({ file, lines, tops }: AnsweredCode): Placement | undefined {
  const own = textsOf(file.lines);
  const isMark = (line: string): boolean => isElision(line) && !own.has(line.trim());
  if (tops.length > 0 || !lines.some(isMark)) return undefined;
  const edges = [firstSaid, lastSaid].map((edge) => {
    const said = edge(lines);
    const isSame = said.trim() === edge(file.lines).trim();
    return {
      isSame,
      isEdge: isSame || isMark(said),
      tells: isSame && lineWeight(said) >= thresholds.says,
    };
  });
  const isFile =
    edges.every(({ isEdge }) => isEdge) &&
    (edges.some(({ tells }) => tells) || edges.every(({ isSame }) => isSame));
  if (!isFile || isOneBlock(lines, file.facts) !== isOneBlock(file.lines, file.facts))
    return undefined;
  const place = { start: 0, end: file.lines.length };
  const fitted = fitPlace(file, place, lines);
  if (!fitted.anchored || loses(file.lines, fitted.lines)) return undefined;
  const op = { ...place, lines: fitted.lines };
  const notices = fittedNotices(fitted);
  return placed(file.lines, op, { match: "aligned", notices, said: [lines] });
}

/** Whether the last line closes what the first one opens. */
function isOneBlock(all: readonly string[], facts: LanguageFacts): boolean {
  const lines = trimmed(all);
  return endOfBlock(lines, scanLines(lines, facts), 0, facts) === lines.length;
}
