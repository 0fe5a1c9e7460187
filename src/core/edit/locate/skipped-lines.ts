import { limits } from "../limits";
import { lineSimilarity } from "../text/line-similarity";
import { range } from "../text/lines";
import { bestPairs, matchKeys } from "../text/match-lines";
import type { ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import type { Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import type { Match } from "./find-lines";

/** Also maps what the comparison skipped in a gap: comments, blanks, a lone line of code. */
export function withSkippedLines(
  snapshot: Snapshot,
  search: readonly string[],
  match: Match,
): Int32Array {
  const map = Int32Array.from(match.map);
  const scan = scanLines(search, snapshot.facts);
  let last = besideComments(snapshot, match.start, -1) - 1;
  let from = 0;
  for (let at = 0; at <= search.length; at++) {
    const line = at < search.length ? (map[at] ?? -1) : besideComments(snapshot, match.end, 1);
    if (line < 0) continue;
    const gap = { quoted: range(from, at), own: range(last + 1, line) };
    if (gap.quoted.length > 0 && gap.own.length > 0) {
      mapEqual(snapshot.lines, search, gap, map);
      mapAlike(snapshot, search, scan, gap, map);
    }
    last = line;
    from = at + 1;
  }
  return map;
}

interface Gap {
  readonly quoted: readonly number[];
  readonly own: readonly number[];
}

function mapEqual(
  lines: readonly string[],
  search: readonly string[],
  { quoted, own }: Gap,
  map: Int32Array,
): void {
  const pairs = matchKeys(
    quoted.map((number) => (search[number] ?? "").trim()),
    own.map((number) => (lines[number] ?? "").trim()),
  );
  for (const [index, place] of pairs.entries())
    if (place >= 0) map[quoted[index] ?? 0] = own[place] ?? -1;
}

function mapAlike(
  snapshot: Snapshot,
  search: readonly string[],
  scan: readonly ScannedLine[],
  { quoted, own }: Gap,
  map: Int32Array,
): void {
  const taken = new Set(quoted.map((number) => map[number]));
  const openOf = (kind: ScannedLine["kind"]): number[] =>
    quoted.filter((number) => (map[number] ?? -1) < 0 && scan[number]?.kind === kind);
  const freeOf = (kind: ScannedLine["kind"]): number[] =>
    own.filter((number) => !taken.has(number) && snapshot.scan[number]?.kind === kind);
  const [one, ...more] = openOf("code");
  const [only, ...others] = freeOf("code");
  if (one !== undefined && only !== undefined && more.length + others.length === 0) map[one] = only;
  const [open, free] = [
    openOf("comment").slice(0, limits.piece),
    freeOf("comment").slice(0, limits.piece),
  ];
  const pairs = bestPairs(open.length, free.length, (i, j) =>
    commentLikeness(
      (search[open[i] ?? 0] ?? "").trim(),
      (snapshot.lines[free[j] ?? 0] ?? "").trim(),
    ),
  );
  for (const [i, j] of pairs) map[open[i] ?? 0] = free[j] ?? -1;
}

function commentLikeness(quoted: string, own: string): number {
  const alike = lineSimilarity(quoted, own);
  return alike >= thresholds.alike ? alike * alike : 0;
}

function besideComments({ scan }: Snapshot, edge: number, step: 1 | -1): number {
  let line = edge;
  const next = (): ScannedLine | undefined => scan[step > 0 ? line : line - 1];
  while (Math.abs(line - edge) < limits.piece && (next()?.kind ?? "code") !== "code") line += step;
  return line;
}
