import type { Target } from "../../protocol/document";
import type { SymbolInfo, SyntaxCheck, SyntaxContext } from "../../protocol/syntax";

/**
 * What the core asks of a syntax tree: the language server answers it in the editor, `src/syntax`
 * in the command line. Every question is answered with undefined when there is no grammar for the
 * language. A source that is down, or that has a grammar and cannot load it, throws; its message is
 * the first half of a sentence that the person reads.
 */
export interface SyntaxSource {
  context(target: Target, signal?: AbortSignal): Promise<SyntaxContext | undefined>;
  /** The named declarations of any text, outermost first. */
  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined>;
  check(languageId: string, text: string): Promise<SyntaxCheck | undefined>;
}
