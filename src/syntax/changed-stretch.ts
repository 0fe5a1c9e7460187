/** The one stretch in which two texts differ, in UTF-16 offsets; before and behind it they are equal. */
export interface ChangedStretch {
  readonly start: number;
  readonly oldEnd: number;
  readonly newEnd: number;
}

/** The shortest stretch that covers every difference; empty, at the end, for equal texts. Never parts a surrogate pair. */
export function changedStretch(before: string, after: string): ChangedStretch {
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start++;
  if (start > 0 && isHighSurrogate(before, start - 1)) start--;
  let behind = 0;
  const most = shorter - start;
  while (
    behind < most &&
    before.charCodeAt(before.length - 1 - behind) === after.charCodeAt(after.length - 1 - behind)
  ) {
    behind++;
  }
  if (behind > 0 && isLowSurrogate(before, before.length - behind)) behind--;
  return { start, oldEnd: before.length - behind, newEnd: after.length - behind };
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
