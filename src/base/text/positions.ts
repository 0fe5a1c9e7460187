/** A place in a text, as the editor and the language server count. */
interface Position {
  readonly line: number;
  readonly character: number;
}

/** Negative when `a` comes first. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

interface Range {
  readonly start: Position;
  readonly end: Position;
}

export function isEmptyRange(range: Range): boolean {
  return comparePositions(range.start, range.end) === 0;
}

/**
 * The last line a range touches: a range that ends at a line's very start does not reach into that
 * line.
 */
export function lastLineOf(range: Range): number {
  return range.end.character === 0 && range.end.line > range.start.line
    ? range.end.line - 1
    : range.end.line;
}

/** Whether a range touches all the lines that another one touches. */
export function holdsLines(outer: Range, inner: Range): boolean {
  return outer.start.line <= inner.start.line && lastLineOf(inner) <= lastLineOf(outer);
}

/** Whether a range touches a line. */
export function holdsLine(range: Range, line: number): boolean {
  return range.start.line <= line && line <= lastLineOf(range);
}
