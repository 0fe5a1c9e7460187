import type { LineRange } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { canonicalLine } from "../text/canonical-line";
import { range } from "../text/lines";
import { matchKeys } from "../text/match-lines";
import type { ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import { keysOf, type Snapshot } from "../text/snapshot";
import type { Match } from "./find-lines";

export class QuotedLines {
  readonly #snapshot: Snapshot;
  readonly #search: readonly string[];
  readonly map: Int32Array;
  readonly #scan: readonly ScannedLine[];

  constructor(snapshot: Snapshot, search: readonly string[], match: Match) {
    this.#snapshot = snapshot;
    this.#search = search;
    this.#scan = scanLines(search, snapshot.facts);
    this.map = withSkippedLines(snapshot, search, match);
  }

  /** -1 for none. */
  lineOf(at: number): number {
    return this.map[at] ?? -1;
  }

  lineAbove(at: number): number | undefined {
    return this.map.subarray(0, at).findLast((line) => line >= 0);
  }

  lineBelow(at: number): number | undefined {
    return this.map.subarray(at).find((line) => line >= 0);
  }

  isComment(at: number): boolean {
    return this.#scan[at]?.kind === "comment";
  }

  isSame(at: number): boolean {
    const line = this.lineOf(at);
    return (
      line >= 0 && this.isSameText(lineAt(this.#search, at), lineAt(this.#snapshot.lines, line))
    );
  }

  isSameText(quoted: string, own: string): boolean {
    if (canonicalLine(quoted) === canonicalLine(own)) return true;
    const { facts } = this.#snapshot;
    const [key] = keysOf([quoted], "code", facts).keys;
    return key !== undefined && key === keysOf([own], "code", facts).keys[0];
  }

  /** Or the lines that stand where it would. */
  placeOf(at: number): LineRange | undefined {
    const line = this.lineOf(at);
    if (line >= 0) return { start: line, end: line + 1 };
    const [before, after] = [this.lineAbove(at), this.lineBelow(at + 1)];
    const start = before === undefined ? (after ?? 0) - 1 : before + 1;
    const end = after ?? start + 1;
    return start >= 0 && end > start && start < this.#snapshot.lines.length
      ? { start, end }
      : undefined;
  }
}

/** Also maps what the comparison skipped in a gap: comments and blanks. */
function withSkippedLines(snapshot: Snapshot, search: readonly string[], match: Match): Int32Array {
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
