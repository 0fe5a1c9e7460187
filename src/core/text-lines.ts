import type { Range } from "../protocol/document";

const lineEnd = /\r\n|\r|\n/;

/** One text's, since a request asks about the same file again and again. */
let last: { readonly text: string; readonly lines: readonly string[] } | undefined;

/**
 * The lines of a text without their line ends. A text that ends in a line end has an empty last
 * line.
 */
export function linesOf(text: string): readonly string[] {
  // A pattern takes ten times as long.
  if (last?.text !== text) last = { text, lines: text.split(text.includes("\r") ? lineEnd : "\n") };
  return last.lines;
}

/** The text of whole lines, `endLine` inclusive, zero-based, joined by "\n". */
export function sliceLines(lines: readonly string[], startLine: number, endLine: number): string {
  return lines.slice(Math.max(0, startLine), endLine + 1).join("\n");
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
