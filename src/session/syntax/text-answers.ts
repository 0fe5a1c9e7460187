import { defined } from "../../base/defined";
import { changedSpan } from "../../base/text/changed-span";
import type { Target } from "../../protocol/document";
import type {
  ChangedTextParams,
  KeptSymbols,
  SyntaxContextParams,
  SyntaxContextResult,
  TextId,
  TextSyntaxParams,
  TextSyntaxResult,
} from "../../protocol/language-server";
import {
  movedDown,
  placedAnew,
  type SymbolInfo,
  type SyntaxCheck,
  type SyntaxContext,
} from "../../protocol/syntax";

/** A file and what is proposed for it, for a few files. The server remembers more. */
const maxTexts = 8;
/** Of a text. Where so much is the same, no other is looked for. */
const nearlyAll = 0.98;

/** What the server says of a text. */
export interface TextAnswer {
  readonly outline: readonly SymbolInfo[];
  readonly check: SyntaxCheck | undefined;
}

interface Known {
  readonly languageId: string;
  readonly text: string;
  /** Undefined once it is clear that no grammar reads the language. */
  readonly answer: Promise<TextAnswer | undefined>;
}

interface Base {
  readonly languageId: string;
  readonly id: TextId;
  readonly text: string;
  readonly outline: readonly SymbolInfo[];
}

/** A text that was answered for, and what made another of it. */
interface NearText {
  readonly base: Base;
  readonly change: ChangedTextParams;
}

type Ask = (params: TextSyntaxParams) => Promise<TextSyntaxResult>;

/**
 * The language server's answers about the last texts. A text is asked about once, whatever is
 * wanted of it, and one near to a known text is sent as the span that differs: a long file's text
 * and outline take longer on the way than the server takes to read them.
 */
export class TextAnswers {
  readonly #ask: Ask;
  /** The ones used last are at the end. */
  #known: Known[] = [];
  #bases: Base[] = [];

  constructor(ask: Ask) {
    this.#ask = ask;
  }

  /**
   * Undefined for a language without a grammar. Rejects when the server cannot be asked; the next
   * call asks again.
   */
  read(languageId: string, text: string): Promise<TextAnswer | undefined> {
    const found = this.#known.find((one) => one.text === text && one.languageId === languageId);
    const known = found ?? { languageId, text, answer: this.#answer(languageId, text) };
    this.#known = [...this.#known.filter((one) => one !== known), known].slice(-maxTexts);
    const forget = (): void => {
      this.#known = this.#known.filter((one) => one !== known);
    };
    if (found === undefined) known.answer.catch(forget);
    return known.answer;
  }

  /**
   * What the server knows of a place in a document that is open; of its outline it sends what
   * changed since the last one. Undefined where the server has no tree, or another version.
   */
  async context(
    { uri, range, version, languageId, text }: Target,
    ask: (params: SyntaxContextParams) => Promise<SyntaxContextResult>,
  ): Promise<SyntaxContext | undefined> {
    const near = this.#nearest(languageId, text);
    const found = await ask({ uri, range, ...defined({ since: near?.change }) });
    if (found?.version !== version) return undefined;
    const outline = expandedAll(found.context.outline, near);
    this.#learn(languageId, text, found.text, outline);
    return { ...found.context, outline };
  }

  /** The server has answered for this text with this outline. */
  #learn(languageId: string, text: string, id: TextId, outline: readonly SymbolInfo[]): void {
    const others = this.#bases.filter((one) => one.text !== text || one.languageId !== languageId);
    this.#bases = [...others, { languageId, text, id, outline }].slice(-maxTexts);
  }

  async #answer(languageId: string, text: string): Promise<TextAnswer | undefined> {
    const near = this.#nearest(languageId, text);
    if (near !== undefined) {
      const result = await this.#ask(near.change);
      if (result === null) return undefined;
      if (result.kind === "known") {
        const outline = expandedAll(result.outline, near);
        this.#learn(languageId, text, result.text, outline);
        return { outline, check: result.errors && { errors: result.errors } };
      }
      this.#bases = this.#bases.filter((one) => one.id !== near.base.id);
    }
    const result = await this.#ask({ languageId, text });
    if (result?.kind !== "known") return undefined;
    const outline = expandedAll(result.outline);
    this.#learn(languageId, text, result.text, outline);
    return { outline, check: result.errors && { errors: result.errors } };
  }

  /**
   * The one that differs least, by what it became; where less than half is the same, the whole is
   * as good.
   */
  #nearest(languageId: string, text: string): NearText | undefined {
    let found: NearText | undefined;
    let most = text.length / 2;
    // The newest first: nothing is nearer than one that differs by a few lines.
    for (const base of this.#bases.toReversed()) {
      if (base.languageId !== languageId) continue;
      const change = changeOf(base, text);
      const same = base.text.length - (change.end - change.start);
      if (same < most) continue;
      most = same;
      found = { base, change };
      if (same >= text.length * nearlyAll) break;
    }
    return found;
  }
}

function changeOf(base: Base, text: string): ChangedTextParams {
  const { start, beforeEnd, afterEnd } = changedSpan(base.text, text);
  return { base: base.id, start, end: beforeEnd, inserted: text.slice(start, afterEnd) };
}

function isSymbol(one: SymbolInfo | KeptSymbols): one is SymbolInfo {
  return !("from" in one);
}

/** The outline with the symbols that it has from another one's. */
function expandedAll(
  sent: readonly (SymbolInfo | KeptSymbols)[],
  near?: NearText,
): readonly SymbolInfo[] {
  if (near === undefined) return sent.filter(isSymbol);
  return sent.flatMap((one) => (isSymbol(one) ? one : moved(one, near)));
}

function moved(
  one: KeptSymbols,
  { base, change: { start, end, inserted } }: NearText,
): readonly SymbolInfo[] {
  const kept = base.outline.slice(one.from, one.from + one.count);
  const shift = inserted.length - (end - start);
  if (one.lines === 0 && shift === 0) return kept;
  return kept.map((symbol) => {
    const { range, bodyRange, block } = symbol;
    const isBehind = block !== undefined && block >= end;
    if (one.lines === 0 && !isBehind) return symbol;
    return placedAnew(symbol, {
      range: one.lines === 0 ? range : movedDown(range, one.lines),
      bodyRange: one.lines === 0 ? bodyRange : movedDown(bodyRange, one.lines),
      block: isBehind ? block + shift : block,
    });
  });
}
