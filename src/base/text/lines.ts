import type { Changes } from "./changes";

export const byteOrderMark = "\uFEFF";

/**
 * A text cut into lines. It keeps every byte: `text` is the text it was cut from. A line ends at
 * `\n`, `\r\n` or a lone `\r`, as in the editor. `"a\n"` is one line, and `""` is none.
 */
export class Lines {
  /** The byte-order mark, or "". */
  readonly bom: string;
  /** The lines without their ends. */
  readonly bare: readonly string[];
  readonly #ends: readonly string[];

  private constructor(bom: string, bare: readonly string[], ends: readonly string[]) {
    this.bom = bom;
    this.bare = bare;
    this.#ends = ends;
  }

  static of(text: string): Lines {
    const bom = text.startsWith(byteOrderMark) ? byteOrderMark : "";
    const bare: string[] = [];
    const ends: string[] = [];
    eachLine(text, bom.length, (start, stop, next) => {
      bare.push(text.slice(start, stop));
      // One string for all line ends of a kind: slices would be a hundred thousand of their own.
      ends.push(
        next - stop === 2 ? "\r\n" : stop === next ? "" : text[stop] === "\n" ? "\n" : "\r",
      );
    });
    return new Lines(bom, bare, ends);
  }

  /** Lines that come without ends, such as those of an answer; each ends with a line feed. */
  static from(bare: readonly string[]): Lines {
    return new Lines("", bare, new Array<string>(bare.length).fill("\n"));
  }

  get count(): number {
    return this.bare.length;
  }

  /** The last line, without its end. */
  get last(): string {
    return lastLine(this.bare);
  }

  get text(): string {
    const parts = [this.bom];
    for (const [at, line] of this.bare.entries()) parts.push(line, this.end(at));
    return parts.join("");
  }

  /** A line without its end; "" outside of the text. */
  at(line: number): string {
    return lineAt(this.bare, line);
  }

  /**
   * How a line ends: `\n`, `\r\n`, `\r`, or "" for a last line without a line end and outside of
   * the text.
   */
  end(line: number): string {
    return this.#ends[line] ?? "";
  }

  /**
   * Lines `[start, end)` without their ends. Both are cut to the text; they do not count from its
   * end when negative.
   */
  slice(start: number, end: number = this.count): readonly string[] {
    return this.bare.slice(Math.max(0, start), Math.max(0, end));
  }

  /**
   * The text after changes of its bare lines. Lines that no change touches stay byte for byte. A
   * new line ends as the line it stands for, and the text's last line ends as the last line did
   * before.
   *
   *     "a\r\nb\nc"  with line 0 -> ["x", "y"]  is  "x\r\ny\r\nb\nc"
   */
  with(changes: Changes): Lines {
    if (changes.isEmpty) return this;
    const bare = changes.apply(this.bare);
    const usual = this.#usualEnd();
    const ends: string[] = [];
    let at = 0;
    for (const { start, end, lines } of changes.list) {
      for (; at < start; at++) ends.push(this.end(at));
      for (let index = 0; index < lines.length; index++) {
        ends.push(this.end(start + index < end ? start + index : start) || usual);
      }
      at = end;
    }
    for (; at < this.count; at++) ends.push(this.end(at));
    this.#endAsBefore(ends, usual);
    return new Lines(this.bom, bare, ends);
  }

  /**
   * Only the last line of a text may be without a line end, and it is so only where it was so
   * before.
   */
  #endAsBefore(ends: string[], usual: string): void {
    const final = this.count === 0 ? "\n" : this.end(this.count - 1);
    for (let at = 0; at < ends.length - 1; at++) ends[at] ||= usual;
    const last = ends.length - 1;
    if (last >= 0) ends[last] = final === "" ? "" : ends[last] || final;
  }

  /** The line end that most of the first thousand lines have. */
  #usualEnd(): string {
    const counts = new Map<string, number>();
    for (const end of this.#ends.slice(0, 1_000)) {
      if (end !== "") counts.set(end, (counts.get(end) ?? 0) + 1);
    }
    let best = "\n";
    for (const [end, count] of counts) if (count > (counts.get(best) ?? 0)) best = end;
    return best;
  }
}

/** The text without its byte-order mark. */
export function withoutMark(text: string): string {
  return text.startsWith(byteOrderMark) ? text.slice(byteOrderMark.length) : text;
}

/** One text's, since a request asks about the same file again and again. */
let counted: { readonly text: string; readonly lines: readonly string[] } | undefined;

/**
 * The lines of a text without their ends, as an editor counts them: what ends in a line end has an
 * empty last line, and every position of the text is in one of them.
 */
export function linesOf(text: string): readonly string[] {
  // A pattern takes ten times as long.
  const end = text.includes("\r") ? /\r\n|\r|\n/ : "\n";
  if (counted?.text !== text) counted = { text, lines: text.split(end) };
  return counted.lines;
}

/** The text of whole lines, `endLine` inclusive, zero-based, joined by "\n". */
export function sliceLines(lines: readonly string[], startLine: number, endLine: number): string {
  return lines.slice(Math.max(0, startLine), endLine + 1).join("\n");
}

/** The first line of a text, without its end. */
export function firstLine(text: string): string {
  return text.slice(0, text.search(/[\r\n]|$/));
}

/** A line; "" outside of them. */
export function lineAt(lines: readonly string[], at: number): string {
  // To read beyond an array's ends is slow, and slows the reads within it that follow.
  return at >= 0 && at < lines.length ? (lines[at] ?? "") : "";
}

/** The last of some lines; "" where there is none. */
export function lastLine(lines: readonly string[]): string {
  return lineAt(lines, lines.length - 1);
}

/**
 * The lines of a text with their ends, and with its byte-order mark in the first: joined they are
 * the text.
 */
export function wholeLines(text: string): string[] {
  const lines: string[] = [];
  eachLine(text, 0, (start, _stop, next) => lines.push(text.slice(start, next)));
  return lines;
}

/** A line as {@link wholeLines} gives it, without its end. */
export function withoutEnd(line: string): string {
  let end = line.length;
  if (line[end - 1] === "\n") end--;
  if (line[end - 1] === "\r") end--;
  return line.slice(0, end);
}

/** The text with each line end as a line feed. */
export function withLineFeeds(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/**
 * Calls `visit` for each line from an offset on: it starts at `start`, its line end is `[stop,
 * next)`.
 */
function eachLine(
  text: string,
  from: number,
  visit: (start: number, stop: number, next: number) => void,
): void {
  let at = from;
  let feed = -2;
  let carriage = -2;
  while (at < text.length) {
    // A text with one kind of line end only must not be searched for the other kind at each line.
    if (feed !== -1 && feed < at) feed = text.indexOf("\n", at);
    if (carriage !== -1 && carriage < at) carriage = text.indexOf("\r", at);
    const stop = carriage >= 0 && (feed < 0 || carriage < feed) ? carriage : feed;
    if (stop < 0) {
      visit(at, text.length, text.length);
      return;
    }
    const next = stop + (stop === carriage && feed === carriage + 1 ? 2 : 1);
    visit(at, stop, next);
    at = next;
  }
}
