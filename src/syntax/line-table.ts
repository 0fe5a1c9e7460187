import { firstWhere } from "../base/first-where";
import type { Position, Range } from "../protocol/document";

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Translates offsets in UTF-16 code units to the editor's positions and back. Lines end where VS Code ends them (LF, CRLF and a lone
 * CR); tree-sitter's own rows know LF only, which is why its points never leave this folder.
 */
export class LineTable {
  private readonly starts: number[] = [0];

  constructor(private readonly text: string) {
    let feed = text.indexOf("\n");
    let carriage = text.indexOf("\r");
    while (feed >= 0 || carriage >= 0) {
      if (carriage < 0 || (feed >= 0 && feed < carriage)) {
        this.starts.push(feed + 1);
        feed = text.indexOf("\n", feed + 1);
      } else {
        // The line feed behind it ends the line.
        if (feed !== carriage + 1) this.starts.push(carriage + 1);
        carriage = text.indexOf("\r", carriage + 1);
      }
    }
  }

  /** An offset outside the text is clamped to it. */
  positionAt(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.text.length);
    const { starts } = this;
    const line = firstWhere(starts.length, (at) => (starts[at] ?? 0) > inside) - 1;
    return { line, character: inside - (starts[line] ?? 0) };
  }

  /** A position outside the text is clamped to its line, or to the text. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.starts[position.line];
    if (start === undefined) return this.text.length;
    let end = this.starts[position.line + 1] ?? this.text.length;
    while (end > start && isLineEnd(this.text.charCodeAt(end - 1))) end--;
    return Math.min(start + Math.max(position.character, 0), end);
  }

  rangeOf(startOffset: number, endOffset: number): Range {
    return { start: this.positionAt(startOffset), end: this.positionAt(endOffset) };
  }
}

function isLineEnd(unit: number): boolean {
  return unit === lineFeed || unit === carriageReturn;
}
