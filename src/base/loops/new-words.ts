import type { PlacedLine } from "./prose-lines";
import { isWorkedOut, numbersIn } from "./worked-out";

/** So many words in a row, and all but a few were there before: nothing new is said. */
const stretchWords = 240;
const fewNewWords = 1;
/**
 * A name is one word, whatever it is put together of; numbers in it do not make it another one:
 * `fetch_nand`, `f#_u#`.
 */
const word = /[\p{L}\p{N}]+(?:_+[\p{L}\p{N}]+)*/gu;
/**
 * Fewer different words than these, put together in all ways, are the cases of a distinction, one
 * after the other: "if a is true and b is false, then …".
 */
const fewWords = 16;
/** The number of a point in a list is no word. */
const listNumber = /^\d+[.)]\s+/;
/** So much may be said under a new heading as it was said under another one. */
const wordsUnderHeading = 2 * stretchWords;
/**
 * Of the trigrams of such a stretch, the share that may be new: known words can still be put
 * together anew.
 */
const fewNewTrigrams = 0.25;
/**
 * More words than a thought has that is worth watching; then those from the beginning are
 * forgotten.
 */
const rememberedTrigrams = 60_000;
const rememberedLines = 20_000;

function isNewIn(known: Set<string>, line: string): boolean {
  if (known.has(line)) return false;
  if (known.size >= rememberedLines) known.clear();
  known.add(line);
  return true;
}

interface SeenWord {
  readonly word: string;
  readonly at: number;
  readonly isNew: boolean;
  readonly hasNewTrigram: boolean;
}

/**
 * Tells when a long stretch of prose brings hardly a word, and hardly a turn of phrase, that was
 * not there before.
 */
export class NewWords {
  readonly #words = new Set<string>();
  #trigrams = new Set<string>();
  #last: [string, string] = ["", ""];
  readonly #headings = new Set<string>();
  /** Words since the last heading that was new. */
  #sinceHeading = wordsUnderHeading;
  readonly #otherLines = new Set<string>();
  /** Numbers that stood in a line together. */
  readonly #togetherBefore = new Set<string>();
  #lastNumbers: readonly number[] = [];
  /** Words since the last line that was new by what is no prose in it. */
  #sinceOtherLine = stretchWords;
  readonly #stretch: SeenWord[] = [];
  /** How often each word is in the stretch. */
  readonly #inStretch = new Map<string, number>();
  #newWords = 0;
  #newTrigrams = 0;

  /**
   * @param others lines that are no prose: what stands in a new one is new, however it is spoken
   * of.
   * @returns where the stretch begins.
   */
  push(lines: readonly PlacedLine[], others: readonly string[]): number | undefined {
    let found: number | undefined;
    for (const line of others) if (this.#isNewLine(line)) this.#sinceOtherLine = 0;
    for (const { at, text } of lines) {
      if (this.#hasNewNumbers(text)) this.#sinceOtherLine = 0;
      if (this.#isNewHeading(text)) this.#sinceHeading = 0;
      const said = text.replace(listNumber, "").toLowerCase();
      for (const each of said.match(word) ?? []) {
        this.#take(each.includes("_") ? each.replace(/\p{N}+/gu, "#") : each, at);
        this.#sinceOtherLine++;
        if (
          ++this.#sinceHeading >= wordsUnderHeading &&
          this.#sinceOtherLine >= stretchWords &&
          this.#stretch.length === stretchWords &&
          this.#newWords <= fewNewWords &&
          this.#inStretch.size >= fewWords &&
          this.#newTrigrams <= fewNewTrigrams * stretchWords
        )
          found ??= this.#stretch[0]?.at;
      }
    }
    return found;
  }

  /**
   * A reference says of one function after the other what it said of the first: under a heading of
   * its own that is no circle.
   */
  #isNewHeading(text: string): boolean {
    if (!/^#{1,6} /.test(text)) return false;
    const heading = text.toLowerCase().replace(/\p{N}+/gu, "#");
    const isNew = !this.#headings.has(heading);
    this.#headings.add(heading);
    return isNew;
  }

  /** Whether a line tells of numbers that never stood together, and were not counted on. */
  #hasNewNumbers(text: string): boolean {
    const numbers = numbersIn(text);
    if (numbers.length < 2) return false;
    const before = this.#lastNumbers;
    this.#lastNumbers = numbers;
    const isNew = isNewIn(this.#togetherBefore, numbers.toSorted((a, b) => a - b).join());
    return isNew && isWorkedOut(numbers, before);
  }

  #isNewLine(line: string): boolean {
    if (!/\p{L}{2}/u.test(line)) return false;
    return isNewIn(this.#otherLines, line.replace(/\p{N}+/gu, "#"));
  }

  #take(word: string, at: number): void {
    const [first, second] = this.#last;
    const trigram = `${first} ${second} ${word}`;
    const isNew = !this.#words.has(word);
    const seen = { word, at, isNew, hasNewTrigram: !this.#trigrams.has(trigram) };
    this.#words.add(word);
    if (this.#trigrams.size >= rememberedTrigrams) this.#trigrams = new Set();
    this.#trigrams.add(trigram);
    this.#last = [second, word];
    this.#count(seen, 1);
    this.#stretch.push(seen);
    const gone = this.#stretch.length > stretchWords ? this.#stretch.shift() : undefined;
    if (gone !== undefined) this.#count(gone, -1);
  }

  #count({ word, isNew, hasNewTrigram }: SeenWord, by: number): void {
    const times = (this.#inStretch.get(word) ?? 0) + by;
    if (times > 0) this.#inStretch.set(word, times);
    else this.#inStretch.delete(word);
    if (isNew) this.#newWords += by;
    if (hasNewTrigram) this.#newTrigrams += by;
  }
}
