import { isElision } from "../answer/elision";
import { alignLines } from "../locate/align-lines";
import { findLines } from "../locate/find-lines";
import type { Placement } from "../locate/placement";
import { refused, tightOp } from "../locate/placement";
import { indentOf } from "../text/indentation";
import { lineSimilarity } from "../text/line-similarity";
import { scanLines } from "../text/scan-lines";
import type { AnsweredCode } from "./answered-code";
import type { EditedFile } from "./edited-file";
import { fitCode } from "./fit/fit-code";

/** How alike a lone line must be to the line it replaces, and how far the next best must stay behind. */
const aloneAtLeast = 0.6;
const aloneMargin = 0.15;

/** Lines without a declaration: found between lines that the file has; a lone line only where the person asked. */
export function placeSnippet({
  file,
  lines: shown,
}: AnsweredCode): Placement | { readonly kind: "none" } {
  const lines = withoutOuterElisions(shown);
  const scan = scanLines(lines, file.facts);
  const code = lines.flatMap((line, at) => (scan[at]?.kind === "code" ? [line] : []));
  if (code.length === 0) return { kind: "none" };
  const hasComments = scan.some((line) => line.kind === "comment");
  if (findLines(file.snapshot, lines, hasComments ? 3 : 4).length > 0)
    return { kind: "placed", ops: [], match: "exact", notices: [] };
  const between = placeBetween(file, lines, code, lines.length < shown.length);
  if (between) return between;
  return code.length <= 2 && !hasComments ? placeAlone(file, code) : { kind: "none" };
}

/** "...", at the edges, says only that the file goes on there. */
function withoutOuterElisions(lines: readonly string[]): readonly string[] {
  const says = (line: string): boolean => line.trim() !== "" && !isElision(line);
  return lines.slice(Math.max(0, lines.findIndex(says)), lines.findLastIndex(says) + 1);
}

/** The first and the last line of code are lines of the file, in one place; what differs in between is the change. */
function placeBetween(
  file: EditedFile,
  lines: readonly string[],
  code: readonly string[],
  isElided: boolean,
): Placement | undefined {
  if (code.length < 3) return undefined;
  const aligned = alignLines(file.snapshot, lines, true);
  if (aligned.kind === "none") return undefined;
  const { map, start, end } = aligned.match;
  const first = lines.indexOf(code[0] ?? "");
  const last = lines.lastIndexOf(code[code.length - 1] ?? "");
  if ((map[first] ?? -1) < 0 || (map[last] ?? -1) < 0) return undefined;
  const fitted = fitCode({
    file: file.lines.slice(start, end),
    answer: lines,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    fileDeclarations: [],
    answerDeclarations: [],
  });
  // Who leaves out what stands around may have left out more.
  if (fitted.elided || fitted.gone > (isElided ? 1 : 2))
    return refused(
      "stale",
      "The answer shows a part of the code with lines left out, so it cannot be told which of them are meant to go.",
      [{ start, end }],
    );
  const op = tightOp(file.lines, { start, end, lines: fitted.lines });
  return {
    kind: "placed",
    ops: op ? [op] : [],
    match: "aligned",
    notices: ["The answer shows only some lines; the place is the only one that resembles them."],
    said: [lines],
  };
}

/** One or two corrected lines: they stand for the lines of the asked-for place that they resemble most, if only those do. */
function placeAlone(
  file: EditedFile,
  code: readonly string[],
): Placement | { readonly kind: "none" } {
  const { target } = file;
  if (!target || target.end - target.start > 400) return { kind: "none" };
  const { scan } = file.snapshot;
  const scored: { start: number; score: number }[] = [];
  for (
    let start = target.start;
    start + code.length <= Math.min(target.end, file.lines.length);
    start++
  ) {
    let score = 1;
    for (const [offset, line] of code.entries()) {
      score =
        scan[start + offset]?.kind === "code"
          ? Math.min(score, lineSimilarity(file.lines[start + offset] ?? "", line))
          : 0;
    }
    scored.push({ start, score });
  }
  scored.sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best || best.score < aloneAtLeast || (second && best.score - second.score < aloneMargin))
    return { kind: "none" };
  const op = tightOp(file.lines, {
    start: best.start,
    end: best.start + code.length,
    lines: code.map(
      (line, offset) => indentOf(file.lines[best.start + offset] ?? "") + line.trim(),
    ),
  });
  return {
    kind: "placed",
    ops: op ? [op] : [],
    match: "aligned",
    notices: [
      `The answer gives only the corrected line; it takes the place of line ${best.start + 1}, which it resembles most.`,
    ],
  };
}
