import type { Token } from "../runtime";

/** So many equal tokens make a place further up a source of what comes next. */
const leastEqual = 3;
/** From so many equal tokens on a copy is a copy: more of them say no more. */
const longCopy = 16;

/** A guess at how the text goes on. */
export interface Draft {
  readonly tokens: readonly Token[];
  /** For each token, how likely it and all before it are right. */
  readonly chances: readonly number[];
}

/**
 * How often a copy of so many tokens goes on for one more, with one model. Until some were seen,
 * what was counted with a coder of 1.5B: half of what was just found does, and nine of ten of the
 * others.
 */
export class CopyCounts {
  readonly #counts = Array.from({ length: longCopy + 1 }, (_, equal) =>
    equal > leastEqual ? { seen: 10, wentOn: 9 } : { seen: 2, wentOn: 1 },
  );

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

  readonly #copies: CopyCounts;

  constructor(prompt: readonly Token[], copies: CopyCounts) {
    this.#copies = copies;
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
