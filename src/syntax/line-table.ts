import { firstWhere } from "../base/first-where";
import type { ChangedSpan } from "../base/text/changed-span";
import type { Position, Range } from "../protocol/document";
import { type Point, pointAt } from "./points";

const lineFeed = 10;
const carriageReturn = 13;

/**
 * Translates offsets in UTF-16 code units to the editor's positions and back. Lines end where VS
 * Code ends them (LF, CRLF and a lone CR); tree-sitter's own rows know LF only, which is why its
 * points never leave this folder.
 */
export class LineTable {
  readonly #text: string;
  readonly #starts: readonly number[];
  /** Whether lines may end otherwise than rows do. */
  readonly #mayHaveLoneCarriage: boolean;

  private constructor(text: string, starts: readonly number[], mayHaveLoneCarriage: boolean) {
    this.#text = text;
    this.#starts = starts;
    this.#mayHaveLoneCarriage = mayHaveLoneCarriage;
  }

  static of(text: string): LineTable {
    const starts = [0];
    const lone = addStarts(starts, text, 0, text.length);
    return new LineTable(text, starts, lone);
  }

  /**
   * The table of a text as it became; what did not change is not looked at. Equal to one of the new
   * text.
   */
  changedTo(text: string, { start, beforeEnd, afterEnd }: ChangedSpan): LineTable {
    const before = this.#starts;
    const kept = firstWhere(before.length, (at) => (before[at] ?? 0) > start);
    const starts = before.slice(0, kept);
    const lone = addStarts(starts, text, start, afterEnd);
    const behind = firstWhere(before.length, (at) => (before[at] ?? 0) > beforeEnd);
    const shift = afterEnd - beforeEnd;
    for (let at = behind; at < before.length; at++) starts.push((before[at] ?? 0) + shift);
    return new LineTable(text, starts, lone || this.#mayHaveLoneCarriage);
  }

  /** An offset outside the text is clamped to it. */
  positionAt(offset: number): Position {
    const inside = Math.min(Math.max(offset, 0), this.#text.length);
    const starts = this.#starts;
    const line = firstWhere(starts.length, (at) => (starts[at] ?? 0) > inside) - 1;
    return { line, character: inside - (starts[line] ?? 0) };
  }

  /** The same place as tree-sitter counts it. */
  pointAt(offset: number): Point {
    const inside = Math.min(Math.max(offset, 0), this.#text.length);
    if (this.#mayHaveLoneCarriage) return pointAt(this.#text, inside);
    const { line, character } = this.positionAt(inside);
    return { row: line, column: character };
  }

  /** A position outside the text is clamped to its line, or to the text. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.#starts[position.line];
    if (start === undefined) return this.#text.length;
    let end = this.#starts[position.line + 1] ?? this.#text.length;
    while (end > start && isLineEnd(this.#text.charCodeAt(end - 1))) end--;
    return Math.min(start + Math.max(position.character, 0), end);
  }

  rangeOf(startOffset: number, endOffset: number): Range {
    return { start: this.positionAt(startOffset), end: this.positionAt(endOffset) };
  }
}

/**
 * Adds where lines begin behind the line ends of a stretch. @returns whether one of these is a CR
 * alone.
 */
function addStarts(starts: number[], text: string, from: number, to: number): boolean {
  let lone = false;
  let feed = indexOf(text, "\n", from);
  let carriage = indexOf(text, "\r", from);
  while (Math.min(feed, carriage) < to) {
    if (feed < carriage) {
      starts.push(feed + 1);
      feed = indexOf(text, "\n", feed + 1);
    } else {
      // The line feed behind it ends the line.
      if (feed !== carriage + 1) {
        lone = true;
        starts.push(carriage + 1);
      }
      carriage = indexOf(text, "\r", carriage + 1);
    }
  }
  return lone;
}

function indexOf(text: string, sign: string, from: number): number {
  const found = text.indexOf(sign, from);
  return found < 0 ? Number.POSITIVE_INFINITY : found;
}

function isLineEnd(unit: number): boolean {
  return unit === lineFeed || unit === carriageReturn;
}
