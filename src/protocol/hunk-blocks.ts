import type { LineRange } from "../base/text/line-range";
import type { Hunk } from "./proposal";

/**
 * A run of removed and added lines inside the hunks of a file, by its lines of the base: what a
 * person accepts or rejects on its own.
 */
export interface HunkBlock extends LineRange {
  /** Its lines of the proposed text, zero-based, the end exclusive. */
  readonly newStart: number;
  readonly newEnd: number;
  /** Index of its hunk, and of its first line among the hunk's lines. */
  readonly hunk: number;
  readonly line: number;
}

/**
 * The blocks of a file's hunks in order. A block's index in this list is its number in `hunkState`
 * events and in what the panel sends, so host and view must count in this one way.
 */
export function blocksOf(hunks: readonly Hunk[]): readonly HunkBlock[] {
  const blocks: HunkBlock[] = [];
  for (const [index, hunk] of hunks.entries()) {
    // An empty side is numbered by the line before it.
    let old = hunk.oldLines === 0 ? hunk.oldStart : hunk.oldStart - 1;
    let fresh = hunk.newLines === 0 ? hunk.newStart : hunk.newStart - 1;
    let open: { start: number; newStart: number; line: number } | undefined;
    const close = (): void => {
      if (open !== undefined) blocks.push({ ...open, end: old, newEnd: fresh, hunk: index });
      open = undefined;
    };
    for (const [line, text] of hunk.lines.entries()) {
      const sign = text[0];
      if (sign === " ") close();
      else if (sign === "-" || sign === "+") open ??= { start: old, newStart: fresh, line };
      if (sign === " " || sign === "-") old++;
      if (sign === " " || sign === "+") fresh++;
    }
    close();
  }
  return blocks;
}
