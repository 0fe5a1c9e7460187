import type { LlamaModel, LlamaSequence, Token } from "../../src/built-in-engine/runtime";

/** A model whose tokens are words, and which writes what its script says. */
export class WordModel {
  readonly #words: string[] = ["<eos>"];
  /** Marks for filling in a gap: none. */
  infill: LlamaModel["tokens"]["infill"] = { prefix: null, middle: null, suffix: null };
  /** All that the state holds, in order. */
  readonly state: Token[] = [];

  token(word: string): Token {
    const known = this.#words.indexOf(word);
    return known >= 0 ? known : this.#words.push(word) - 1;
  }

  text(tokens: readonly Token[]): string {
    return tokens.map((token) => this.#words[token] ?? "").join("");
  }

  get model(): LlamaModel {
    return {
      tokenize: (text: string) =>
        (text.match(/\s*[^\s<>]+>?|\s*<\/?\w*>?|\s+/g) ?? []).map((word) => this.token(word)),
      detokenize: (tokens: readonly Token[]) => this.text(tokens),
      isEogToken: (token: Token) => token === 0,
      tokens: { bos: null, eosString: null, shouldPrependBosToken: false, infill: this.infill },
      createContext: async () => Promise.reject(new Error("not here")),
      dispose: async () => {},
    };
  }

  /** `next` gives the next word after the text so far; undefined ends the turn. */
  sequence(next: (text: string, written: number) => string | undefined): LlamaSequence {
    const { state } = this;
    const { text, token } = { text: this.text.bind(this), token: this.token.bind(this) };
    let written = 0;
    return {
      get nextTokenIndex() {
        return state.length;
      },
      compareContextTokens: () => ({ firstDifferentIndex: 0 }),
      contextSize: 500,
      needsCheckpoints: false,
      eraseContextTokenRanges: async (ranges) => {
        for (const { start, end } of ranges) state.splice(start, end - start);
      },
      clearHistory: async () => {},
      evaluateWithoutGeneratingNewTokens: async (tokens) => void state.push(...tokens),
      controlledEvaluate: async (input) =>
        input.map((item) => {
          state.push(typeof item === "number" ? item : item[0]);
          if (typeof item === "number") return undefined;
          const word = next(text(state), written++);
          return { next: { token: word === undefined ? 0 : token(word) } };
        }),
    };
  }
}
