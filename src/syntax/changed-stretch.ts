/** The one stretch in which two texts differ, in UTF-16 offsets; before and behind it they are equal. */
export interface ChangedStretch {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** Slices of this length are compared as a whole, which is much faster than letter by letter. */
const blockLength = 4_096;

/** The shortest stretch that covers every difference; empty, at the end, for equal texts. Never parts a surrogate pair. */
export function changedStretch(before: string, after: string): ChangedStretch {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (shorter - start >= blockLength && isEqualFrom(before, start, after, start))
    start += blockLength;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isHighSurrogate(before, start - 1)) start--;

  let oldEnd = before.length;
  let newEnd = after.length;
  const rest = () => Math.min(oldEnd, newEnd) - start;
  while (
    rest() >= blockLength &&
    isEqualFrom(before, oldEnd - blockLength, after, newEnd - blockLength)
  ) {
    oldEnd -= blockLength;
    newEnd -= blockLength;
  }
  while (rest() > 0 && before.charCodeAt(oldEnd - 1) === after.charCodeAt(newEnd - 1)) {
    oldEnd--;
    newEnd--;
  }
  if (oldEnd < before.length && isLowSurrogate(before, oldEnd)) {
    oldEnd++;
    newEnd++;
  }
  return { start, oldEnd, newEnd };
}

function isEqualFrom(before: string, from: number, after: string, to: number): boolean {
  return before.slice(from, from + blockLength) === after.slice(to, to + blockLength);
}

function isHighSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xd800;
}

function isLowSurrogate(text: string, index: number): boolean {
  return (text.charCodeAt(index) & 0xfc00) === 0xdc00;
}

/** A place as tree-sitter counts it. */
export interface Point {
  readonly row: number;
  readonly column: number;
}

/** Rows as tree-sitter counts them: only a line feed begins one. */
export function pointAt(text: string, offset: number): Point {
  return movedBy({ row: 0, column: 0 }, text.slice(0, offset));
}

export function movedBy(from: Point, text: string): Point {
  let row = from.row;
  let lineStart = -1;
  for (let index = text.indexOf("\n"); index >= 0; index = text.indexOf("\n", index + 1)) {
    row++;
    lineStart = index + 1;
  }
  const column = lineStart < 0 ? from.column + text.length : text.length - lineStart;
  return { row, column };
}
