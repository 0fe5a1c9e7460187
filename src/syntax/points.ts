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
