import type { Range } from "../../../protocol/document";

/** Lines `[start, end)`, zero-based, or the place before line `start`. */
export function isWithin(ranges: readonly Range[], start: number, end: number): boolean {
  return ranges.some(({ start: from, end: to }) => {
    const last = to.character === 0 ? to.line : to.line + 1;
    return from.line <= start && end <= last;
  });
}
