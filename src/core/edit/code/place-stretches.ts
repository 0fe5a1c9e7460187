import { limits } from "../limits";
import type { LineRange, Placement } from "../locate/placement";
import { depthOf } from "../text/indentation";
import { says, trimmed } from "../text/lines";
import { scanLines } from "../text/scan-lines";
import { isImport } from "./added/import-lines";
import { type AnsweredCode, answeredCode } from "./answered-code";
import { placeBlock } from "./place-block";
import { placeStretch } from "./place-stretch";

/** Two rules of a build, two tables, two `sub`: all of them have a place, or none does. */
export function placeStretches(code: AnsweredCode): Placement | undefined {
  const { file, lines, tops, label } = code;
  const parts = partsOf(code);
  if (parts.length < 2 || parts.length > limits.places || tops.length >= parts.length)
    return undefined;
  // Imports are extended by what the rest needs, and not given anew.
  if (lines.some((line) => isImport(line, file.facts))) return undefined;
  const placed = parts.map((part) => {
    const own = answeredCode(file, trimmed(part), label);
    return placeStretch(own) ?? (own.tops.length === 0 ? placeBlock(own) : undefined);
  });
  const found = placed.flatMap((one) => (one?.kind === "placed" ? [one] : []));
  const ops = found.flatMap((one) => one.ops).sort((a, b) => a.start - b.start);
  if (found.length < parts.length || ops.length === 0 || doOverlap(ops)) return undefined;
  return {
    kind: "placed",
    ops,
    match: found.every((one) => one.match === "symbol") ? "symbol" : "aligned",
    notices: [...new Set(found.flatMap((one) => one.notices))],
    said: found.flatMap((one) => one.said ?? []),
  };
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
