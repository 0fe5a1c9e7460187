import type { Range } from "./document";
import type { SymbolInfo, SyntaxCheck, SyntaxContext } from "./syntax";

/**
 * The requests of our own that the language server answers, beside the standard ones. All are answered with `null` for a language
 * without a grammar, and with an error whose message is for the person when there is a grammar that cannot be loaded.
 */
export const serverRequests = {
  syntaxContext: "thinkaloud/syntaxContext",
  textContext: "thinkaloud/textContext",
  outline: "thinkaloud/outline",
  syntaxCheck: "thinkaloud/syntaxCheck",
} as const;

/** What the client says at the start, as `initializationOptions`. */
export interface ServerOptions {
  /** Absolute path of the folder with the grammars; absent: `grammars` beside the server's own file. */
  readonly grammarsFolder?: string;
}

/** About an open document at a version; the server waits for no version, it answers for the one it holds and names it. */
export interface SyntaxContextParams {
  readonly uri: string;
  readonly range: Range;
}
export type SyntaxContextResult = { readonly version: number; readonly context: SyntaxContext } | null;

/** About any text, open or not. */
export interface TextParams {
  readonly languageId: string;
  readonly text: string;
}
/** About a place in any text, for a document that the server does not hold, or not at the right version. */
export interface TextContextParams extends TextParams {
  readonly range: Range;
}
export type TextContextResult = SyntaxContext | null;
export type OutlineResult = readonly SymbolInfo[] | null;
export type SyntaxCheckResult = SyntaxCheck | null;
