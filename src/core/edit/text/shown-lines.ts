import type { Range } from "../../../protocol/document";

/**
 * Whether the lines `[start, end)`, zero-based, or the place before line `start`, are within one of
 * the ranges.
 */
export function isWithin(ranges: readonly Range[], start: number, end: number): boolean {
  return ranges.some(({ start: from, end: to }) => {
    const last = to.character === 0 ? to.line : to.line + 1;
    return from.line <= start && end <= last;
  });
}
