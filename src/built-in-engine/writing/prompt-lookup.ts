import type { Token } from "../runtime";

/** So many equal tokens make a place further up a source of what comes next. */
const leastEqual = 3;
/** From so many equal tokens on a copy is a copy: more of them say no more. */
const longCopy = 16;
/** So many answers are remembered: as many as there are tries over one reading of a prompt. */
const mostAnswers = 4;
/** Tokens of an answer that are remembered: noting more would take longer than it saves. */
const longestAnswer = 1_000;

/** A guess at how the text goes on. */
export interface Draft {
  readonly tokens: readonly Token[];
  /** For each token, how likely it and all before it are right. */
  readonly chances: readonly number[];
}

/**
 * What one model copies from: the answers that it wrote lately, and how often a copy of so many
 * tokens goes on for one more. Until some were seen, what was counted with a coder of 1.5B: half of
 * what was just found does, and nine of ten of the others.
 */
export class CopyMemory {
  #answers: readonly (readonly Token[])[] = [];
  readonly #counts = Array.from({ length: longCopy + 1 }, (_, equal) =>
    equal > leastEqual ? { seen: 10, wentOn: 9 } : { seen: 2, wentOn: 1 },
  );

  /** The newest last. */
  get answers(): readonly (readonly Token[])[] {
    return this.#answers;
  }

  /**
   * Another answer to the same question often begins and goes on as this one.
   *
   * @param lead the end of the prompt, which leads to an answer.
   */
  wrote(lead: readonly Token[], answer: readonly Token[]): void {
    const text = [...lead.slice(-leastEqual), ...answer.slice(0, longestAnswer)];
    this.#answers = [...this.#answers.slice(1 - mostAnswers), text];
  }

  count(equal: number, wentOn: boolean): void {
    const counts = this.#of(equal);
    counts.seen++;
    if (wentOn) counts.wentOn++;
  }

  chance(equal: number): number {
    const { seen, wentOn } = this.#of(equal);
    return wentOn / seen;
  }

  #of(equal: number): { seen: number; wentOn: number } {
    return this.#counts[Math.min(equal, longCopy)] ?? { seen: 1, wentOn: 0 };
  }
}

/**
 * Foretells how a text goes on where it repeats what stands further up, as a function that is given
 * back with one line changed does (prompt lookup decoding,
 * https://github.com/apoorvumang/prompt-lookup-decoding): after `a b c d … a b c` the next token is
 * taken for `d`. How often a copy goes on is counted as the text grows, whether anybody asks for a
 * draft or not.
 */
export class PromptLookup {
  readonly #text: Token[] = [];
  /** What comes behind three tokens, the last time that they stood there. */
  readonly #behind = new Map<string, number>();
  /** Where the next token stands further up, if the text is a copy. */
  #source: number | undefined;
  #equal = 0;

  readonly #copies: CopyMemory;

  constructor(prompt: readonly Token[], copies: CopyMemory) {
    this.#copies = copies;
    for (const answer of copies.answers) for (const token of answer) this.#add(token);
    for (const token of prompt) this.#add(token);
  }

  push(token: Token): void {
    if (this.#source !== undefined)
      this.#copies.count(this.#equal, this.#text[this.#source] === token);
    this.#add(token);
  }

  /** At most so many tokens; none where the text copies nothing. */
  draft(most: number): Draft {
    const tokens =
      this.#source === undefined ? [] : this.#text.slice(this.#source, this.#source + most);
    let chance = 1;
    const chances = tokens.map((_token, at) => {
      chance *= this.#copies.chance(this.#equal + at);
      return chance;
    });
    return { tokens, chances };
  }

  #add(token: Token): void {
    if (this.#source !== undefined && this.#text[this.#source] === token) {
      this.#source++;
      this.#equal++;
    } else this.#source = undefined;
    this.#text.push(token);
    const last = this.#text.slice(-leastEqual).join();
    if (this.#source === undefined) {
      this.#source = this.#behind.get(last);
      this.#equal = leastEqual;
    }
    this.#behind.set(last, this.#text.length);
  }
}
