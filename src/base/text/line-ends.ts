export type LineEnd = "\n" | "\r\n";

/** How the lines of a text end that has no other than these two, as an editor shows it. */
export function lineEndIn(text: string): LineEnd {
  return text.includes("\r\n") ? "\r\n" : "\n";
}

/** A text of line feeds with such line ends. */
export function withLineEnds(text: string, lineEnd: LineEnd): string {
  return lineEnd === "\n" ? text : text.replaceAll("\n", lineEnd);
}

/** The zero-based line of a place in a text. @param offset in UTF-16 code units. */
export function lineOf(text: string, offset: number): number {
  return text.slice(0, offset).split("\n").length - 1;
}
