/** A place in a text, as the editor and the language server count. */
interface Position {
  readonly line: number;
  readonly character: number;
}

/** Negative when `a` comes first. */
export function comparePositions(a: Position, b: Position): number {
  return a.line - b.line || a.character - b.character;
}

export function isEmptyRange(range: { readonly start: Position; readonly end: Position }): boolean {
  return comparePositions(range.start, range.end) === 0;
}
