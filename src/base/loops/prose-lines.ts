/** A line of a text, with the place where it begins. */
export interface PlacedLine {
  readonly at: number;
  readonly text: string;
}

/** A text without line ends is cut at the end of a sentence once it is so long. */
const longLine = 400;
/** No more of a block of code is kept, in characters. */
const longBlock = 20_000;

/** Cuts a growing text into lines, and tells prose from code. */
export class ProseLines {
  #rest = "";
  #at = 0;
  #fence: string | undefined;
  #lastIsCode = false;
  #block: PlacedLine = { at: 0, text: "" };
  #blocks: PlacedLine[] = [];
  #others: string[] = [];

  /** Whether the text is in code now: in a fence, or behind a line that is no prose. */
  get inCode(): boolean {
    return this.#fence !== undefined || this.#lastIsCode;
  }

  /** The lines that came since the last time and are no prose: code, rows, names by themselves. */
  takeOthers(): readonly string[] {
    const others = this.#others;
    this.#others = [];
    return others;
  }

  /** The blocks of code that were closed since the last time; of a very long one its beginning. */
  takeBlocks(): readonly PlacedLine[] {
    const blocks = this.#blocks;
    this.#blocks = [];
    return blocks;
  }

  /** @returns the lines of prose that are complete now; a blank line comes as one without text. */
  push(text: string): PlacedLine[] {
    this.#rest += text;
    const prose: PlacedLine[] = [];
    let at = 0;
    for (let end = this.#lineEnd(at); end > at; end = this.#lineEnd(at)) {
      const line = this.#rest.slice(at, end);
      const wasInFence = this.#fence !== undefined;
      const isProse = this.#isProse(line);
      this.#takeCode(line, this.#at + at, wasInFence);
      if (line.trim() !== "") this.#lastIsCode = !isProse;
      if (isProse) prose.push({ at: this.#at + at, text: line.trim() });
      else this.#others.push(line.trim());
      at = end;
    }
    this.#rest = this.#rest.slice(at);
    this.#at += at;
    return prose;
  }

  #takeCode(line: string, at: number, wasInFence: boolean): void {
    const isInFence = this.#fence !== undefined;
    if (isInFence && !wasInFence) this.#block = { at, text: "" };
    else if (wasInFence && !isInFence) this.#blocks.push(this.#block);
    else if (isInFence && this.#block.text.length < longBlock)
      this.#block = { at: this.#block.at, text: this.#block.text + line };
  }

  /** Where the line ends that begins at `at`; -1 while it may go on. */
  #lineEnd(at: number): number {
    const end = this.#rest.indexOf("\n", at);
    if (end >= 0 && end - at <= longLine) return end + 1;
    if (this.#rest.length - at <= longLine) return end < 0 ? -1 : end + 1;
    const sentence = /[.!?。！？]\s/g;
    sentence.lastIndex = at + longLine / 2;
    const found = sentence.exec(this.#rest);
    if (found !== null && (end < 0 || found.index < end)) return found.index + 2;
    if (end >= 0) return end + 1;
    return this.#rest.length - at > 4 * longLine ? this.#rest.length : -1;
  }

  #isProse(line: string): boolean {
    const [, fence] = /^\s{0,8}(`{3,}|~{3,})/.exec(line) ?? [];
    if (fence !== undefined) {
      if (this.#fence === undefined) this.#fence = fence;
      else if (fence.startsWith(this.#fence)) this.#fence = undefined;
      return false;
    }
    if (this.#fence !== undefined) return false;
    if (line.trim() === "") return true;
    // Code by its indentation, tags, and the rows of a table.
    if (/^(?: {4}|\t|\s*[<|])/.test(line)) return false;
    const words = line.match(/[\p{L}\s]/gu)?.length ?? 0;
    return words >= 0.75 * line.length;
  }
}
