import { harmony, marks } from "../../base/thoughts/marks";
import type { LlamaModel, Token } from "../runtime";

const replacement = "\u{FFFD}";
/** No character is spread over more tokens than this; what is still broken then really is. */
const maxPendingTokens = 8;
/** How many tokens before are shown to the tokenizer, so that it can place spaces. */
const lookBehind = 4;

const known = new WeakMap<LlamaModel, ReadonlyMap<Token, string>>();

/**
 * The marks of thoughts and turns that are tokens of their own in this model; as such they are
 * invisible in the text.
 */
function markTokens(model: LlamaModel): ReadonlyMap<Token, string> {
  const found = known.get(model) ?? new Map(ownTokens(model));
  known.set(model, found);
  return found;
}

function* ownTokens(model: LlamaModel): Generator<[Token, string]> {
  for (const text of [...marks.map((mark) => mark.text), ...Object.values(harmony)]) {
    const [token, more] = model.tokenize(text, true, "trimLeadingSpace");
    if (token !== undefined && more === undefined) yield [token, text];
  }
}

/** Turns tokens into text as they come, never cutting a character in two. */
export class TokenText {
  #pending: Token[] = [];
  #last: Token[] = [];
  readonly #marks: ReadonlyMap<Token, string>;

  constructor(readonly model: LlamaModel) {
    this.#marks = markTokens(model);
  }

  push(token: Token): string {
    const mark = this.#marks.get(token);
    if (mark !== undefined) {
      const before = this.end();
      this.#last = [token];
      return before + mark;
    }
    this.#pending.push(token);
    const text = this.#read();
    if (text.endsWith(replacement) && this.#pending.length < maxPendingTokens) return "";
    return this.#flush(text);
  }

  /** What is left of a character that never was completed. */
  end(): string {
    return this.#pending.length === 0 ? "" : this.#flush(this.#read());
  }

  #read(): string {
    return this.model.detokenize(this.#pending, false, this.#last);
  }

  #flush(text: string): string {
    this.#last = [...this.#last, ...this.#pending].slice(-lookBehind);
    this.#pending = [];
    return text;
  }
}

/**
 * Holds back what may be the beginning of a stop text, and ends the answer where one is complete.
 */
export class StopTexts {
  #held = "";
  #stopped = false;

  constructor(readonly texts: readonly string[]) {}

  get stopped(): boolean {
    return this.#stopped;
  }

  push(text: string): string {
    if (this.texts.length === 0) return text;
    this.#held += text;
    const places = this.texts.map((stop) => this.#held.indexOf(stop)).filter((place) => place >= 0);
    if (places.length > 0) {
      this.#stopped = true;
      const kept = this.#held.slice(0, Math.min(...places));
      this.#held = "";
      return kept;
    }
    let keep = 0;
    for (const stop of this.texts) {
      for (let length = Math.min(stop.length - 1, this.#held.length); length > keep; length--) {
        if (stop.startsWith(this.#held.slice(this.#held.length - length))) keep = length;
      }
    }
    const sure = this.#held.slice(0, this.#held.length - keep);
    this.#held = this.#held.slice(sure.length);
    return sure;
  }

  end(): string {
    const held = this.#held;
    this.#held = "";
    return held;
  }
}
