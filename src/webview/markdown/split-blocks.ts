/** A stretch of markdown that no later text can change any more, or the growing rest. */
export interface Block {
  readonly kind: BlockKind;
  readonly source: string;
}

/**
 * `fence` is a code block; `edit` a SEARCH/REPLACE block outside of one, which markdown would take
 * for headings.
 */
export type BlockKind = "text" | "list" | "code" | "fence" | "edit";

/**
 * Above this many characters a block is cut at the next line end (or, in one endless line, at a
 * space), so that a frame stays cheap.
 */
const longestBlock = 8_000;

const listItem = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/;
const fenceOpening = /^((?:\s|(?:[-*+]|\d{1,9}[.)])\s)*)(`{3,}(?=[^`]*$)|~{3,})/;
const editOpening = /^<{5,9} ?SEARCH\s*$/;
const editClosing = /^>{5,9} ?REPLACE\s*$/;
const indented = /^(?: {2,}|\t)/;
const blank = /^\s*$/;

/**
 * Splits markdown that arrives in pieces into top-level blocks, each of them final once returned.
 * The blocks do not depend on how the text was cut into pieces, and joined with {@link rest} they
 * are the text, character for character. Where it has to guess (a list goes on after a blank line?)
 * it keeps things together; a wrong guess costs looks, never text.
 */
export class BlockSplitter {
  #kind: BlockKind = "text";
  #block = "";
  #line = "";
  #fence = "";
  /** The block may end here, if the next line does not belong to it. */
  #afterBlank = false;
  /** The rest of a line whose beginning was cut off already. */
  #midLine = false;

  /** Takes the next piece and returns the blocks that it finished. */
  push(piece: string): Block[] {
    const done: Block[] = [];
    let from = 0;
    for (;;) {
      const end = piece.indexOf("\n", from);
      this.#line += end < 0 ? piece.slice(from) : piece.slice(from, end + 1);
      while (this.#line.length > longestBlock) this.#cutLine(done);
      if (end < 0) return done;
      this.#takeLine(done);
      from = end + 1;
    }
  }

  /** The unfinished block. It is `fence` or `edit` as soon as its first line is complete. */
  get rest(): Block {
    return { kind: this.#kind, source: this.#block + this.#line };
  }

  /** Ends the text: the rest is final too. */
  end(): Block[] {
    const done: Block[] = [];
    if (this.#line !== "") this.#takeLine(done);
    this.#close(done);
    return done;
  }

  #reset(): void {
    this.#kind = "text";
    this.#block = "";
    this.#fence = "";
    this.#afterBlank = false;
  }

  #close(done: Block[]): void {
    if (this.#block !== "") done.push({ kind: this.#kind, source: this.#block });
    this.#reset();
  }

  #takeLine(done: Block[]): void {
    const line = this.#line;
    const whole = !this.#midLine;
    const inFence = this.#fence !== "";
    this.#line = "";
    this.#midLine = false;
    if (whole) this.#classify(line, done);
    this.#block += line;
    const closing = whole && inFence && this.#closesFence(line);
    if (this.#kind === "fence" && closing) this.#close(done);
    else if (this.#kind === "list" && closing) this.#fence = "";
    else if (this.#kind === "edit" && whole && editClosing.test(line)) this.#close(done);
    else if (this.#kind === "text" && blank.test(line) && !blank.test(this.#block))
      this.#close(done);
    else if (this.#fence === "" && this.#kind !== "edit" && this.#block.length > longestBlock)
      this.#close(done);
  }

  /**
   * Decides, at the beginning of a line, whether it opens a new block and of which kind the block
   * is.
   */
  #classify(line: string, done: Block[]): void {
    if (this.#kind === "edit" || this.#fence !== "") return;
    if (blank.test(line)) {
      this.#afterBlank = this.#kind !== "text";
      return;
    }
    if (this.#afterBlank && !indented.test(line) && !(this.#kind === "list" && listItem.test(line)))
      this.#close(done);
    this.#afterBlank = false;
    if (editOpening.test(line)) {
      this.#open("edit", done);
      return;
    }
    const [, before = "", sign] = fenceOpening.exec(line) ?? [];
    if (listItem.test(line)) this.#kind = "list";
    if (sign !== undefined && this.#kind === "list" && before.length > 1) this.#fence = sign;
    else if (sign !== undefined && before.length <= 3) {
      this.#open("fence", done);
      this.#fence = sign;
    } else if (this.#kind === "text" && blank.test(this.#block) && /^(?: {4}|\t)/.test(line))
      this.#kind = "code";
  }

  #open(kind: BlockKind, done: Block[]): void {
    this.#close(done);
    this.#kind = kind;
  }

  #closesFence(line: string): boolean {
    return /^\s*(`{3,}|~{3,})\s*$/.exec(line)?.[1]?.startsWith(this.#fence) === true;
  }

  /** One line is longer than a block may be: its beginning becomes a block of its own. */
  #cutLine(done: Block[]): void {
    const head = this.#line.slice(0, longestBlock);
    if (!this.#midLine) this.#classify(head, done);
    const space = head.lastIndexOf(" ");
    const lastUnit = head.charCodeAt(head.length - 1);
    const splitsPair = lastUnit >= 0xd800 && lastUnit <= 0xdbff;
    const cut = space > longestBlock / 2 ? space + 1 : splitsPair ? longestBlock - 1 : longestBlock;
    this.#block += head.slice(0, cut);
    this.#line = this.#line.slice(cut);
    this.#midLine = true;
    if (this.#kind !== "edit" && this.#fence === "") this.#close(done);
  }
}
