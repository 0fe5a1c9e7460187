import { limits } from "../limits";
import type { LineRange, Placed, Placement } from "../locate/placement";
import { depthOf, indentOf } from "../text/indentation";
import { hasVersionOf } from "../text/line-similarity";
import { excerpt, says, textsOf, trimmed } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { isImport } from "./added/import-lines";
import { type AnsweredCode, answeredCode } from "./answered-code";
import { blocksOf, endOf, placeBlock } from "./place-block";
import { placeStretch } from "./place-stretch";

/** Two rules of a build, two tables, two `sub`: all of them have a place, or none does. */
export function placeStretches(code: AnsweredCode): Placement | undefined {
  const { file, lines, tops, label } = code;
  const parts = partsOf(code);
  if (parts.length < 2 || parts.length > limits.places || tops.length >= parts.length)
    return undefined;
  // Imports are extended by what the rest needs, and not given anew.
  if (lines.some((line) => isImport(line, file.facts))) return undefined;
  const found: Placed[] = [];
  for (const [at, part] of parts.entries()) {
    const own = answeredCode(file, trimmed(part), label);
    const placed =
      placeStretch(own) ??
      (own.tops.length === 0 ? (placeBlock(own) ?? newBlock(own, parts[at - 1])) : undefined);
    if (placed?.kind !== "placed") return undefined;
    found.push(placed);
  }
  const ops = found.flatMap((one) => one.ops).sort((a, b) => a.start - b.start);
  if (ops.length === 0 || doOverlap(ops)) return undefined;
  return {
    kind: "placed",
    ops,
    match: found.every((one) => one.match === "symbol") ? "symbol" : "aligned",
    notices: [...new Set(found.flatMap((one) => one.notices))],
    said: found.flatMap((one) => one.said ?? []),
  };
}

/**
 * One more block of the kind of the one above it in the answer, which the file has: behind that.
 *
 *     app.get("/ports", (req, res) => {       app.put("/ports/:id", (req, res) => {
 */
function newBlock(code: AnsweredCode, above: readonly string[] = []): Placed | undefined {
  const { file, lines } = code;
  const [opener, other] = [lines[0] ?? "", above[0] ?? ""];
  const [known, ...more] = blocksOf(file, other.trim());
  const isOfKind =
    lines.length > thresholds.pair &&
    endOf(lines, scanLines(lines, file.facts), 0, file.facts) === lines.length &&
    hasVersionOf(opener, [other]) &&
    indentOf(opener) === indentOf(file.lines[known?.start ?? 0] ?? "") &&
    !textsOf(file.lines).has(opener.trim());
  if (!known || more.length > 0 || !isOfKind) return undefined;
  const op = { start: known.end, end: known.end, lines: ["", ...lines] };
  const notices = [`Adds the block that begins with \`${excerpt(opener)}\`.`];
  return { kind: "placed", ops: [op], match: "aligned", notices, said: [lines] };
}

/** What begins at the margin of the answer below an empty line, outside of all brackets. */
function partsOf({ file, lines }: AnsweredCode): (readonly string[])[] {
  const scan = scanLines(lines, file.facts);
  const margin = Math.min(...lines.filter(says).map((line) => depthOf(line)));
  const parts: string[][] = [[]];
  for (const [at, line] of lines.entries()) {
    const begins =
      at > 0 &&
      lines[at - 1]?.trim() === "" &&
      line.trim() !== "" &&
      depthOf(line) === margin &&
      scan[at]?.depth === 0 &&
      scan[at]?.inside === false;
    if (begins) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

function doOverlap(sorted: readonly LineRange[]): boolean {
  return sorted.some((op, at) => op.start < (sorted[at - 1]?.end ?? 0));
}
