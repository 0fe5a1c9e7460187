/** A line of a text, with the place where it begins. */
export interface PlacedLine {
  readonly at: number;
  readonly text: string;
}

/** A text without line ends is cut at the end of a sentence once it is so long. */
const longLine = 400;

/** Cuts a growing text into lines, and tells prose from code. */
export class ProseLines {
  #rest = "";
  #at = 0;
  #fence: string | undefined;
  #lastIsCode = false;

  /** Whether the text is in code now: in a fence, or behind a line that is no prose. */
  get inCode(): boolean {
    return this.#fence !== undefined || this.#lastIsCode;
  }

  /** @returns the lines of prose that are complete now; a blank line comes as one without text. */
  push(text: string): PlacedLine[] {
    this.#rest += text;
    const prose: PlacedLine[] = [];
    let at = 0;
    for (let end = this.#lineEnd(at); end > at; end = this.#lineEnd(at)) {
      const line = this.#rest.slice(at, end);
      const isProse = this.#isProse(line);
      if (line.trim() !== "") this.#lastIsCode = !isProse;
      if (isProse) prose.push({ at: this.#at + at, text: line.trim() });
      at = end;
    }
    this.#rest = this.#rest.slice(at);
    this.#at += at;
    return prose;
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
