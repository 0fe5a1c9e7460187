/**
 * A step is told apart only when it and the one before have something to say; shorter ones are one
 * step. Characters.
 */
const leastStep = 120;
/**
 * A step that is longer ends at the next paragraph, whatever that begins with: half a minute of a
 * slow model. Characters.
 */
const longStep = 600;
/** So much of a paragraph tells how it begins. Characters. */
const openingLength = 28;

/**
 * A paragraph that names itself: `## Plan`, `**Why it never ends**`, `Step 2:`,
 * `2. Check the loop`.
 */
const heading = /^(?:#{1,4} \S|\*\*[^*\n]{3,80}\*\*:?\s*$|(?:step|étape) \d+\b|\d{1,2}[.)] \S)/i;

/** Words that models turn with, in English and French. */
const turn =
  /^(?:wait|but|so|now|next|first|second|third|then|finally|alternatively|however|hmm+|okay|ok|alright|let me|let's|let us|actually|also|another|looking|therefore|thus|to fix|the fix|in summary|attends|attendez|mais|donc|maintenant|ensuite|d'abord|premièrement|puis|enfin|sinon|cependant|voyons|regardons|bon|alors|aussi|en résumé)(?![\p{L}\p{N}])/iu;

/** A line that ends a sentence, or leads over to what follows. */
const sentenceEnd = /[.!?:;…)»"'`*]\s*$/u;
/** A line that goes on with what is above it: an item, a quotation, code, a table. */
const goesOn = /^(?:\s{2,}|\t|[-*+•>|] ?|\d{1,2}[.)]\s|[{}<>/\\])/;
const fence = /^\s{0,3}(?:`{3,}|~{3,})/;

/**
 * Finds where the steps of a thought begin, while it comes. A step is a group of paragraphs; a new
 * one begins with a paragraph that names itself, that turns to something else ("Wait, …", "So the
 * fix …"), or once the step is long. Code is never cut.
 */
export class StepFinder {
  /** Characters in all, and up to where the step that goes on began. */
  #length = 0;
  #stepAt = 0;
  #line = "";
  #lineAt = 0;
  #inFence = false;
  /** The line before ended a paragraph, so that the one that comes may begin a step. */
  #mayTurn = false;
  #decided = false;

  /**
   * @returns where steps begin, in characters from the beginning of the thought; the first one's 0
   * is not told.
   */
  push(text: string): readonly number[] {
    const begun: number[] = [];
    for (const [at, piece] of text.split("\n").entries()) {
      if (at > 0) this.#endLine(begun);
      this.#line += piece;
      this.#length += piece.length;
      if (!this.#decided && this.#line.trimStart().length >= openingLength) this.#decide(begun);
    }
    return begun;
  }

  #endLine(begun: number[]): void {
    if (!this.#decided && this.#line.trim() !== "") this.#decide(begun);
    const isFence = fence.test(this.#line);
    const isBlank = this.#line.trim() === "";
    if (isFence) this.#inFence = !this.#inFence;
    this.#mayTurn =
      !this.#inFence && (isBlank || isFence || this.#mayTurn || sentenceEnd.test(this.#line));
    if (!isBlank && !isFence && !sentenceEnd.test(this.#line)) this.#mayTurn = false;
    this.#length += 1;
    this.#line = "";
    this.#lineAt = this.#length;
    this.#decided = this.#inFence;
  }

  /** The line has told how it begins. */
  #decide(begun: number[]): void {
    this.#decided = true;
    const opening = this.#line.trimStart();
    if (!this.#mayTurn || fence.test(this.#line)) return;
    const grown = this.#lineAt - this.#stepAt;
    if (grown < leastStep) return;
    const begins =
      heading.test(opening) ||
      (!goesOn.test(this.#line) && (turn.test(opening) || grown >= longStep));
    if (!begins) return;
    this.#stepAt = this.#lineAt;
    begun.push(this.#lineAt);
  }
}

/**
 * What a gist leaves out at the beginning of a sentence: it says that something is thought, not
 * what.
 */
const filler =
  /^(?:(?:okay|ok|alright|right|well|hmm+|wait|so|now|but|and|then|actually|first|let me see|let's see|attends|attendez|bon|donc|alors|mais|voyons|d'accord)(?:[\s,.!…:-]+|$))+/iu;
const gistLength = 72;
/** Less says nothing. */
const leastGist = 12;

/**
 * A step in a few of its own words: its heading, or its first sentence that says something. One
 * line, at most 73 characters.
 */
export function gistOf(text: string): string {
  const lines = text.split("\n").map((line) => line.trim());
  const first = lines.find((line) => line !== "" && !fence.test(line)) ?? "";
  const named = heading.test(first) ? first.replace(/^(?:#{1,4} |\d{1,2}[.)] )/, "") : undefined;
  const prose = lines.filter((line) => !fence.test(line)).join(" ");
  const sentence =
    named ??
    prose
      .split(/(?<=[.!?…])\s+/u)
      .map((each) => each.replace(filler, ""))
      .find((each) => each.length >= leastGist) ??
    first;
  const plain = sentence
    .replace(/\*\*|__/g, "")
    .replace(/\s+/g, " ")
    .replace(/(?<![\s.:;,])[\s.:;,]+$/, "")
    .trim();
  const capital = plain.slice(0, 1).toLocaleUpperCase() + plain.slice(1);
  if (capital.length <= gistLength) return capital;
  const cut = capital.slice(0, gistLength);
  const space = cut.lastIndexOf(" ");
  const short = space > gistLength / 2 ? cut.slice(0, space) : cut;
  // Half a piece of code would show its mark.
  const isOpen = (short.match(/`/g) ?? []).length % 2 === 1;
  return `${short}${isOpen ? "`" : ""}…`;
}
