import { changedSpan } from "../base/text/changed-span";
import { type Code, codeOf } from "./embedded-scripts";
import type { Grammar, Grammars } from "./grammars";
import { ParsedText } from "./parsed-text";

export interface TreeLimits {
  readonly texts: number;
  /** In all texts together. */
  readonly characters: number;
}

/**
 * A file and the texts proposed for it, for two files of a language at once. A tree made from
 * scratch takes some 40 bytes for a character, so that this is 80 MB; one of a changed text takes
 * little.
 */
const usualLimits: TreeLimits = { texts: 8, characters: 2_000_000 };

/** Trees that another owner keeps alive: those of the documents that are open. */
export type OpenTexts = () => Iterable<ParsedText>;

/**
 * The trees of the texts that were asked for last. A text is parsed once, whatever is asked of it,
 * and one that differs from a known text in a stretch is parsed in that stretch.
 */
export class TextTrees {
  /** The one used last is at the end. */
  readonly #recent: ParsedText[] = [];
  /** The last text that has no tree, and is not tried again for the next question. */
  #unreadable: { readonly grammar: Grammar; readonly text: string } | undefined;
  readonly #grammars: Grammars;
  readonly #open: OpenTexts;
  readonly #limits: TreeLimits;

  constructor(grammars: Grammars, open: OpenTexts = () => [], limits: TreeLimits = usualLimits) {
    this.#grammars = grammars;
    this.#open = open;
    this.#limits = limits;
  }

  /**
   * Undefined for a language without a grammar, and for a text that cannot be parsed.
   * @param read has the tree of the text's code until it returns, and must not keep it
   */
  async read<Result>(
    languageId: string,
    text: string,
    read: (parsed: ParsedText, code: Code) => Result,
  ): Promise<Result | undefined> {
    const code = codeOf(languageId, text);
    const grammar = code && (await this.#grammars.load(code.languageId));
    if (code === undefined || grammar === undefined) return undefined;
    const parsed = this.#known(grammar, code.text) ?? this.#parse(grammar, code.text);
    return parsed && read(parsed, code);
  }

  /** Frees all trees that are its own; it can be asked again. */
  dispose(): void {
    for (const one of this.#recent.splice(0)) one.delete();
    this.#unreadable = undefined;
  }

  #known(grammar: Grammar, text: string): ParsedText | undefined {
    for (const one of this.#open()) if (one.grammar === grammar && one.text === text) return one;
    const at = this.#recent.findIndex((one) => one.grammar === grammar && one.text === text);
    if (at < 0) return undefined;
    const [found] = this.#recent.splice(at, 1);
    if (found !== undefined) this.#recent.push(found);
    return found;
  }

  #parse(grammar: Grammar, text: string): ParsedText | undefined {
    if (this.#unreadable?.grammar === grammar && this.#unreadable.text === text) return undefined;
    const nearest = this.#nearest(grammar, text);
    const parsed = nearest ? nearest.changedTo(text) : ParsedText.of(text, grammar);
    if (parsed === undefined) {
      this.#unreadable = { grammar, text };
      return undefined;
    }
    this.#recent.push(parsed);
    let characters = this.#recent.reduce((sum, one) => sum + one.text.length, 0);
    while (
      this.#recent.length > this.#limits.texts ||
      (characters > this.#limits.characters && this.#recent.length > 1)
    ) {
      const oldest = this.#recent.shift();
      characters -= oldest?.text.length ?? 0;
      oldest?.delete();
    }
    return parsed;
  }

  /** Where less than half is the same, it is another file. */
  #nearest(grammar: Grammar, text: string): ParsedText | undefined {
    let found: ParsedText | undefined;
    let most = text.length / 2;
    for (const one of [...this.#open(), ...this.#recent]) {
      if (one.grammar !== grammar) continue;
      const { start, beforeEnd } = changedSpan(one.text, text);
      const same = start + one.text.length - beforeEnd;
      if (same <= most) continue;
      most = same;
      found = one;
    }
    return found;
  }
}
