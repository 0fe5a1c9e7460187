import { lineSimilarity } from "../text/line-similarity";
import { scanLines } from "../text/scan-lines";
import { keyOf, type Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import { hasLine, type Match } from "./find-lines";

/** The file has them elsewhere, or with another number in them, or several in no words at all. */
export function quotesOtherComments(
  snapshot: Snapshot,
  quoted: readonly string[],
  place: Match,
): boolean {
  const scan = scanLines(quoted, snapshot.facts);
  let invented = 0;
  for (const [index, line] of quoted.entries()) {
    if (scan[index]?.kind !== "comment" || !/\w{3}/.test(line)) continue;
    const above =
      place.map.subarray(0, index).findLast((other) => other >= 0) ??
      place.start - thresholds.some - 1;
    const below =
      place.map.subarray(index + 1).find((other) => other >= 0) ?? place.end + thresholds.some;
    const near = commentsAt(snapshot, above + 1, below);
    const key = keyOf(line, "layout", undefined);
    if (near.some((other) => keyOf(other, "layout", undefined) === key)) continue;
    if (hasLine(snapshot, line)) return true;
    const alike = near.filter((other) => lineSimilarity(other, line) >= thresholds.alike);
    if (alike.length === 0) invented++;
    else if (alike.every((other) => digitsOf(other) !== digitsOf(line))) return true;
  }
  return invented > 1;
}

function commentsAt(snapshot: Snapshot, start: number, end: number): string[] {
  const from = Math.max(0, start);
  return snapshot.lines
    .slice(from, Math.max(from, end))
    .filter((_, index) => snapshot.scan[from + index]?.kind === "comment");
}

function digitsOf(line: string): string {
  return line.replace(/\D+/g, " ").trim();
}
