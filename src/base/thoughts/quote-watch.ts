/** The signs that quote: inline code is closed by as many of them as opened it. */
const kinds = ["`", '"', "'"];
/** How far a quotation's end is looked for. */
const farEnough = 20_000;

interface Sign {
  readonly text: string;
  /** The kind's place in a set of kinds, as a bit. */
  readonly bit: number;
}

/**
 * Follows a line and knows whether its end so far is inside quotes or inline code. A sign that is
 * never closed opens nothing, which only the rest of the line can tell; so for every set of kinds
 * that may be without end it is known what is open if they are.
 */
export class QuoteWatch {
  /** What is open, by the set of kinds that open nothing in this line. */
  readonly #open: (Sign | undefined)[] = new Array(1 << kinds.length);
  /** Signs that have no end in this line. */
  #endless = 0;
  #run = "";
  #before = "";
  #last = "";
  #isEscaped = false;
  /** Whether something visible came in this line. */
  #isBlank = true;

  /** @param text without a line end. */
  add(text: string): void {
    for (const character of text) {
      if (this.#run !== "" && !(character === "`" && this.#run.startsWith("`")))
        this.#endRun(character);
      if (kinds.includes(character) && (!this.#isEscaped || character === "`")) {
        if (this.#run === "") this.#before = this.#last;
        this.#run += character;
      }
      this.#isEscaped = character === "\\" && !this.#isEscaped;
      if (character.trim() !== "" && character !== "`") this.#isBlank = false;
      this.#last = character;
    }
  }

  /**
   * Whether a mark that comes next stands in quotes; undefined while the rest of the line is needed
   * to tell.
   *
   * @param rest what follows the mark.
   * @param isWhole whether nothing will follow `rest`.
   */
  holds(mark: string, rest: string, isWhole: boolean): boolean | undefined {
    if (this.#run !== "") this.#endRun(mark.charAt(0));
    if (this.#open[0] === undefined) return false;
    const near = rest.slice(0, farEnough);
    const lineEnd = near.indexOf("\n");
    if (lineEnd < 0 && !isWhole && rest.length < farEnough) return undefined;
    const line = lineEnd < 0 ? near : near.slice(0, lineEnd);
    for (
      let open = this.#open[this.#endless];
      open !== undefined;
      open = this.#open[this.#endless]
    ) {
      if (closes(open.text, line)) return true;
      this.#endless |= open.bit;
    }
    return false;
  }

  /** A sign, or a run of them, is complete: `after` is what follows it. */
  #endRun(after: string): void {
    const text = this.#run;
    this.#run = "";
    // Three and more at the start of a line are a fence.
    if (text.length >= 3 && this.#isBlank) return;
    const bit = 1 << kinds.indexOf(text.charAt(0));
    const isCode = text.startsWith("`");
    // Code writes `f"{text}"`; an apostrophe stands behind letters, too.
    const mayOpen = !text.startsWith("'") || !isWord(this.#before);
    const mayClose = isCode || !isWord(after);
    for (let set = 0; set < this.#open.length; set++) {
      if ((set & bit) !== 0) continue;
      const open = this.#open[set];
      if (open === undefined && mayOpen) this.#open[set] = { text, bit };
      else if (open?.text === text && mayClose) this.#open[set] = undefined;
    }
  }
}

/** Whether the line holds the end of what the sign opened. */
function closes(sign: string, line: string): boolean {
  if (sign.startsWith("`")) return new RegExp(`(?<!\`)${sign}(?!\`)`).test(line);
  return new RegExp(`^(?:\\\\.|[^\\\\${sign}]|${sign}(?=[\\p{L}\\p{N}_]))*${sign}`, "u").test(line);
}

/** A quotation begins and ends beside no letter: the sign in "don't" is none. */
function isWord(character: string): boolean {
  return /^[\p{L}\p{N}_]$/u.test(character);
}
