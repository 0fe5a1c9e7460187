import type { PlacedLine } from "./prose-lines";

/** A shorter paragraph may be said twice. */
const leastWords = 12;
/** How alike two paragraphs are that say the same: the share of their word trigrams that both have. */
const alike = 0.8;
/** With how many of the paragraphs before one is compared. */
const comparedParagraphs = 48;
/** So much has to be said again in a row. */
const leastCopies = 3;
const leastCopiedWords = 70;

interface Paragraph {
  readonly trigrams: ReadonlySet<string>;
}

/** Tells when paragraph after paragraph is a near copy of one before it. */
export class NearCopies {
  #lines: PlacedLine[] = [];
  readonly #before: Paragraph[] = [];
  #copies = 0;
  #copiedWords = 0;
  #since = 0;

  /** @returns where the first of the copies begins. */
  push(lines: readonly PlacedLine[]): number | undefined {
    let found: number | undefined;
    for (const line of lines) {
      if (line.text !== "") this.#lines.push(line);
      // A list has no blank lines between its items, nor has a text that was cut at its sentences.
      if (line.text === "" || wordsOf(this.#lines).length >= 40) found ??= this.#endParagraph();
    }
    return found;
  }

  #endParagraph(): number | undefined {
    const [first] = this.#lines;
    const words = wordsOf(this.#lines);
    this.#lines = [];
    if (first === undefined || words.length < leastWords) return undefined;
    const trigrams = trigramsOf(words);
    const isCopy = this.#before.some((other) => likeness(trigrams, other.trigrams) >= alike);
    this.#before.push({ trigrams });
    if (this.#before.length > comparedParagraphs) this.#before.shift();
    if (!isCopy) {
      this.#copies = 0;
      this.#copiedWords = 0;
      return undefined;
    }
    if (this.#copies === 0) this.#since = first.at;
    this.#copies++;
    this.#copiedWords += words.length;
    return this.#copies >= leastCopies && this.#copiedWords >= leastCopiedWords
      ? this.#since
      : undefined;
  }
}

function wordsOf(lines: readonly PlacedLine[]): string[] {
  return lines.flatMap(({ text }) => text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []);
}

function trigramsOf(words: readonly string[]): Set<string> {
  return new Set(
    words.slice(2).map((word, index) => `${words[index]} ${words[index + 1]} ${word}`),
  );
}

function likeness(one: ReadonlySet<string>, other: ReadonlySet<string>): number {
  let both = 0;
  for (const trigram of one) if (other.has(trigram)) both++;
  return both / (one.size + other.size - both);
}
