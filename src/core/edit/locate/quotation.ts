import type { LineRange } from "../../../base/text/line-range";
import type { Reading, ReplaceEdit } from "../answer/answer-edit";
import type { Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";

export interface Quotation {
  readonly snapshot: Snapshot;
  readonly edit: ReplaceEdit;
  readonly written: readonly Reading[];
  readonly readings: readonly Reading[];
  /** Without what models wrap around quoted code. */
  readonly repaired: readonly Reading[];
  readonly target: LineRange | undefined;
  readonly mayAlign: boolean;
}

export function saysEnough(lines: readonly string[]): boolean {
  return lines.join("").replace(/\W/g, "").length >= thresholds.some;
}
