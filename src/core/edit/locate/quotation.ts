import type { Reading, ReplaceEdit } from "../answer/answer-edit";
import type { Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import type { LineRange } from "./placement";

/** A quoted edit, and the text in which its place is looked for. */
export interface Quotation {
  readonly snapshot: Snapshot;
  readonly edit: ReplaceEdit;
  /** The readings to the letter. */
  readonly written: readonly Reading[];
  /** The same without the blank lines around them. */
  readonly readings: readonly Reading[];
  /** Without what models wrap around quoted code. */
  readonly repaired: readonly Reading[];
  /** Where the person asked. */
  readonly target: LineRange | undefined;
  /** Whether a place that only resembles the quotation will do. */
  readonly mayAlign: boolean;
}

/** Whether lines say so much that it is no chance where they stand twice. */
export function saysEnough(lines: readonly string[]): boolean {
  return lines.join("").replace(/\W/g, "").length >= thresholds.saidLetters;
}
