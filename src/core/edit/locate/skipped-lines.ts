import { limits } from "../limits";
import { range } from "../text/lines";
import { matchKeys } from "../text/match-lines";
import type { ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import type { Snapshot } from "../text/snapshot";
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
      mapAlone(snapshot, scan, gap, map);
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

/** One line of code that is left over on either side. */
function mapAlone(
  snapshot: Snapshot,
  scan: readonly ScannedLine[],
  { quoted, own }: Gap,
  map: Int32Array,
): void {
  const taken = new Set(quoted.map((at) => map[at]));
  const isOpen = (at: number): boolean => (map[at] ?? -1) < 0 && scan[at]?.kind === "code";
  const isFree = (at: number): boolean => !taken.has(at) && snapshot.scan[at]?.kind === "code";
  const [one, ...more] = quoted.filter(isOpen);
  const [only, ...others] = own.filter(isFree);
  if (one !== undefined && only !== undefined && more.length + others.length === 0) map[one] = only;
}

function besideComments({ scan }: Snapshot, edge: number, step: 1 | -1): number {
  let line = edge;
  const next = (): ScannedLine | undefined => scan[step > 0 ? line : line - 1];
  while (Math.abs(line - edge) < limits.piece && (next()?.kind ?? "code") !== "code") line += step;
  return line;
}
