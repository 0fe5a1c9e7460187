import type { PlacedLine } from "./prose-lines";
import { isWorkedOut, numbersIn } from "./worked-out";

/**
 * How alike two paragraphs are that say the same: the share of their word trigrams that both have.
 */
const alike = 0.8;
/** A shorter paragraph is a copy when its words are the same, whatever its numbers are. */
const leastWords = 12;
/** With how many of the paragraphs before one is compared. */
const comparedParagraphs = 64;
/** A text without blank lines is taken apart after so many words. */
const mostWords = 40;
/** So much has to be said again in a row, in the order in which it was said. */
const least = { copies: 3, words: 70 };
/** A round that is longer than this counts before it is over. */
const longRoundWords = 220;

interface Paragraph {
  readonly words: string;
  readonly numbers: readonly number[];
  readonly trigrams: ReadonlySet<string>;
}

/** Tells when paragraph after paragraph is a near copy of one before it, round after round. */
export class NearCopies {
  #lines: PlacedLine[] = [];
  #wordCount = 0;
  readonly #before: Paragraph[] = [];
  /** How many paragraphs lie between a copy and what it copies. */
  #distance = 0;
  #copies = 0;
  #copiedWords = 0;
  #since = 0;

  /** @returns where the first of the copies begins. */
  push(lines: readonly PlacedLine[]): number | undefined {
    let found: number | undefined;
    for (const line of lines) {
      if (line.text !== "") {
        this.#lines.push(line);
        this.#wordCount += wordsOf(line.text).length;
      }
      if (line.text === "" || this.#wordCount >= mostWords) found ??= this.#endParagraph();
    }
    return found;
  }

  #endParagraph(): number | undefined {
    const [first] = this.#lines;
    const words = this.#lines.flatMap(({ text }) => wordsOf(text));
    this.#lines = [];
    this.#wordCount = 0;
    if (first === undefined || words.length === 0) return undefined;
    const paragraph = {
      words: words.join(" ").replace(/\p{N}+/gu, "#"),
      numbers: numbersIn(words.join(" ")),
      trigrams: trigramsOf(words),
    };
    const distance = this.#distanceToCopied(paragraph);
    this.#before.push(paragraph);
    if (this.#before.length > comparedParagraphs) this.#before.shift();
    if (distance !== this.#distance || distance === 0) {
      this.#distance = distance;
      this.#copies = 0;
      this.#copiedWords = 0;
      this.#since = first.at;
    }
    if (distance === 0) return undefined;
    this.#copies++;
    this.#copiedWords += words.length;
    const isRound = this.#copies >= distance || this.#copiedWords >= longRoundWords;
    return isRound && this.#copies >= least.copies && this.#copiedWords >= least.words
      ? this.#since
      : undefined;
  }

  /** 0 where nothing is copied. What would carry on the round goes before what is nearer. */
  #distanceToCopied(paragraph: Paragraph): number {
    const isCopyAt = (distance: number): boolean => {
      const other = this.#before.at(-distance);
      return other !== undefined && isCopy(paragraph, other);
    };
    if (this.#distance > 0 && isCopyAt(this.#distance)) return this.#distance;
    for (let distance = 1; distance <= this.#before.length; distance++)
      if (isCopyAt(distance)) return distance;
    return 0;
  }
}

function isCopy(one: Paragraph, other: Paragraph): boolean {
  if (isWorkedOut(one.numbers, other.numbers)) return false;
  if (one.words === other.words) return true;
  if (one.trigrams.size < leastWords - 2 || other.trigrams.size < leastWords - 2) return false;
  let both = 0;
  for (const trigram of one.trigrams) if (other.trigrams.has(trigram)) both++;
  return both / (one.trigrams.size + other.trigrams.size - both) >= alike;
}

function wordsOf(text: string): string[] {
  return text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
}

function trigramsOf(words: readonly string[]): Set<string> {
  return new Set(
    words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`),
  );
}
