import { NearCopies } from "./near-copies";
import { NewWords } from "./new-words";
import { type PlacedLine, ProseLines } from "./prose-lines";
import { RepeatedCode } from "./repeated-code";
import { repeatedTail } from "./repeated-tail";

/** A text that goes round in circles. */
export interface Loop {
  readonly how: "repeated" | "nearCopies" | "nothingNew";
  /** Characters of the text before the second round. */
  readonly secondRoundAt: number;
}

/** The text is looked at in steps, so that a token costs nothing. */
const stepCharacters = 160;
const stepPieces = 32;
const keptCharacters = 12_000;
/**
 * Rounds of any text, one right behind the other: in characters, or in pieces, which are tokens
 * where a model writes them.
 */
const closeRounds = {
  longestPeriod: 2_500,
  least: 800,
  leastInCode: 1_250,
  leastOfSignsInCode: 3_200,
  leastPieces: 350,
};
/** Rounds of prose, with whatever code and numbers in between. */
const proseRounds = { longestPeriod: 5_000, least: 800, longRound: 1_500 };

/**
 * Watches a growing text for three ways of going round in circles: the same text or code again,
 * paragraph after paragraph that is a near copy of one before, and a long stretch without a new
 * word. Takes time in proportion to the text. The limits are set by real texts: no clean one is
 * taken for a loop, and each loop is seen within 400 tokens of its second round.
 */
export class LoopGuard {
  readonly #wasSent: (text: string) => boolean;
  readonly #lines = new ProseLines();
  readonly #copies = new NearCopies();
  readonly #words = new NewWords();
  readonly #code = new RepeatedCode();
  #characters = 0;
  #waiting = "";
  #waitingPieces = 0;
  /** Where the last pieces began. */
  readonly #pieces: number[] = [];
  /** The end of the text, and of its prose alone. */
  #tail = "";
  #prose = "";
  #proseLines: (PlacedLine & { readonly inProse: number })[] = [];
  #proseCharacters = 0;

  /**
   * @param wasSent whether the model was sent this text: then it quotes, however often a line
   * stands there.
   */
  constructor(wasSent: (text: string) => boolean = () => false) {
    this.#wasSent = wasSent;
  }

  /** How much text was pushed. */
  get characters(): number {
    return this.#characters;
  }

  push(text: string): Loop | undefined {
    this.#pieces.push(this.#characters);
    if (this.#pieces.length > closeRounds.leastPieces) this.#pieces.shift();
    this.#characters += text.length;
    this.#waiting += text;
    this.#waitingPieces++;
    if (this.#waiting.length < stepCharacters && this.#waitingPieces < stepPieces) return undefined;
    this.#waitingPieces = 0;
    let loop: Loop | undefined;
    let seen = this.#characters - this.#waiting.length;
    for (let at = 0; at < this.#waiting.length && loop === undefined; at += stepCharacters) {
      const step = this.#waiting.slice(at, at + stepCharacters);
      seen += step.length;
      loop = this.#look(step, seen);
    }
    this.#waiting = "";
    return loop;
  }

  /** @param seen characters of the text up to the end of this step. */
  #look(step: string, seen: number): Loop | undefined {
    this.#tail = (this.#tail + step).slice(-keptCharacters);
    const lines = this.#lines.push(step);
    const code = this.#code.push(this.#lines.takeBlocks());
    const again = this.#closeRounds(seen) ?? this.#proseRounds(lines) ?? code;
    if (again !== undefined) return { how: "repeated", secondRoundAt: again };
    const copies = this.#copies.push(lines);
    if (copies !== undefined) return { how: "nearCopies", secondRoundAt: copies };
    const nothingNew = this.#words.push(lines, this.#lines.takeOthers());
    return nothingNew === undefined ? undefined : { how: "nothingNew", secondRoundAt: nothingNew };
  }

  #closeRounds(seen: number): number | undefined {
    const found = repeatedTail(this.#tail, closeRounds.longestPeriod);
    if (found === undefined) return undefined;
    const { period, length } = found;
    if (length < period || !this.#isLong(length, period, seen)) return undefined;
    const rounds = this.#tail.slice(-length - period).trim();
    // Every text holds one that is nothing but blanks.
    return rounds !== "" && this.#wasSent(rounds) ? undefined : seen - length;
  }

  #isLong(length: number, period: number, seen: number): boolean {
    const { inCode } = this.#lines;
    // The rows of a table of numbers may be equal.
    if (inCode && !/\p{L}{2}/u.test(this.#tail.slice(-period)))
      return length >= closeRounds.leastOfSignsInCode;
    const [oldest = 0] = this.#pieces;
    const isManyPieces = this.#pieces.length === closeRounds.leastPieces && oldest >= seen - length;
    return isManyPieces || length >= (inCode ? closeRounds.leastInCode : closeRounds.least);
  }

  #proseRounds(lines: readonly PlacedLine[]): number | undefined {
    for (const line of lines) {
      if (line.text === "") continue;
      this.#proseLines.push({ ...line, inProse: this.#proseCharacters });
      this.#prose = `${this.#prose}${line.text}\n`.slice(-keptCharacters);
      this.#proseCharacters += line.text.length + 1;
      const found = repeatedTail(this.#prose, proseRounds.longestPeriod);
      if (found === undefined) continue;
      // A round that is longer counts before it is over.
      const wanted = Math.max(proseRounds.least, Math.min(found.period, proseRounds.longRound));
      if (found.length < wanted) continue;
      const from = this.#proseCharacters - found.length;
      return this.#proseLines.findLast(({ inProse }) => inProse <= from)?.at;
    }
    if (this.#proseLines.length > 1_000) this.#proseLines = this.#proseLines.slice(-500);
    return undefined;
  }
}
