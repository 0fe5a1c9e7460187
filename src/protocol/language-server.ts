import type { Texts } from "../base/l10n";
import type { Range } from "./document";
import type { SymbolInfo, SyntaxContext } from "./syntax";

/**
 * The requests of our own that the language server answers, beside the standard ones. All are
 * answered with `null` for a language without a grammar, and with an error whose message is for the
 * person when there is a grammar that cannot be loaded.
 */
export const serverRequests = {
  syntaxContext: "thinkaloud/syntaxContext",
  textContext: "thinkaloud/textContext",
  textSyntax: "thinkaloud/textSyntax",
} as const;

/** What the client says at the start, as `initializationOptions`. */
export interface ServerOptions {
  /**
   * Absolute path of the folder with the grammars; absent: `grammars` beside the server's own file.
   */
  readonly grammarsFolder?: string;
  /** The language of what it offers, and the texts of that; absent: English. */
  readonly language?: string;
  readonly texts?: Texts;
}

/**
 * About an open document at a version; the server waits for no version, it answers for the one it
 * holds and names it.
 */
export interface SyntaxContextParams {
  readonly uri: string;
  readonly range: Range;
  /**
   * How the client's text differs from one whose outline it has: what is as there comes as runs, if
   * the server knows that one too.
   */
  readonly since?: ChangedTextParams;
}
export type SyntaxContextResult = {
  readonly version: number;
  readonly context: SentContext;
  /**
   * The document's text, and its outline as in `context`, for questions about a text near to it.
   */
  readonly text: TextId;
} | null;

export type SentContext = Omit<SyntaxContext, "outline"> & {
  readonly outline: readonly (SymbolInfo | KeptSymbols)[];
};

/** About any text, open or not. */
export interface TextParams {
  readonly languageId: string;
  readonly text: string;
}
/**
 * About a place in any text, for a document that the server does not hold, or not at the right
 * version.
 */
export interface TextContextParams extends TextParams {
  readonly range: Range;
}
export type TextContextResult = SyntaxContext | null;

/**
 * A text that the server answered for. It remembers the last few; no two servers give the same name
 * to two texts.
 */
export type TextId = string;

/**
 * About a text that differs from one the server knows in a span, in UTF-16 offsets, so that it need
 * not be sent whole.
 */
export interface ChangedTextParams {
  readonly base: TextId;
  readonly start: number;
  readonly end: number;
  readonly inserted: string;
}
export type TextSyntaxParams = TextParams | ChangedTextParams;

/**
 * Symbols that are as in the base's outline, `count` of them from the index `from`, but `lines`
 * further down; a `block` at or behind the end of the changed span moved with the text.
 */
export interface KeptSymbols {
  readonly from: number;
  readonly count: number;
  readonly lines: number;
}

/** `forgotten`: the base is not known, or not any more; the text has to be sent whole. */
export type TextSyntaxResult =
  | {
      readonly kind: "known";
      readonly text: TextId;
      readonly outline: readonly (SymbolInfo | KeptSymbols)[];
      /** As in a syntax check; absent where that has nothing to say. */
      readonly errors?: readonly Range[];
    }
  | { readonly kind: "forgotten" }
  | null;
