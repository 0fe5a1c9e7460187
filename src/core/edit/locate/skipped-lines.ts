import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { range } from "../text/lines";
import { matchKeys } from "../text/match-lines";
import type { ScannedLine } from "../text/scan-line";
import type { Snapshot } from "../text/snapshot";
import type { Match } from "./find-lines";

/** Also maps what the comparison skipped in a gap: comments and blanks. */
export function withSkippedLines(
  snapshot: Snapshot,
  search: readonly string[],
  match: Match,
): Int32Array {
  const map = Int32Array.from(match.map);
  let last = besideComments(snapshot, match.start, -1) - 1;
  let from = 0;
  for (let at = 0; at <= search.length; at++) {
    const line = at < search.length ? (map[at] ?? -1) : besideComments(snapshot, match.end, 1);
    if (line < 0) continue;
    const gap = { quoted: range(from, at), own: range(last + 1, line) };
    mapEqual(snapshot.lines, search, gap, map);
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
    quoted.map((number) => lineAt(search, number).trim()),
    own.map((number) => lineAt(lines, number).trim()),
  );
  for (const [index, place] of pairs.entries())
    if (place >= 0) map[quoted[index] ?? 0] = own[place] ?? -1;
}

function besideComments({ scan }: Snapshot, edge: number, step: 1 | -1): number {
  let line = edge;
  const next = (): ScannedLine | undefined => scan[step > 0 ? line : line - 1];
  while (Math.abs(line - edge) < limits.piece && (next()?.kind ?? "code") !== "code") line += step;
  return line;
}
