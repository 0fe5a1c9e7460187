import type { LineRange } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { canonicalLine } from "../text/canonical-line";
import type { ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import { keysOf, type Snapshot } from "../text/snapshot";
import type { Match } from "./find-lines";
import { withSkippedLines } from "./skipped-lines";

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
