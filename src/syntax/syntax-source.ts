import type { Target } from "../protocol/document";
import type { SymbolInfo, SyntaxCheck, SyntaxContext } from "../protocol/syntax";
import type { Grammars } from "./grammars";
import { syntaxContext } from "./syntax-context";
import { type OpenTexts, TextTrees } from "./text-trees";

/**
 * Answers questions about the syntax of any text in this process; each with undefined for a
 * language without a grammar, and rejects when a grammar cannot be loaded.
 */
export interface TextSyntax {
  context(
    target: Pick<Target, "languageId" | "text" | "range">,
    signal?: AbortSignal,
  ): Promise<SyntaxContext | undefined>;
  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined>;
  check(languageId: string, text: string): Promise<SyntaxCheck | undefined>;
  /**
   * Frees the trees of the last few texts, which are kept so that a question about one of them, or
   * about a text near to it, is cheap.
   */
  dispose(): void;
}

/** Has the shape of core's `SyntaxSource`; the two folders do not know one another. */
export function createSyntaxSource(grammars: Grammars, open?: OpenTexts): TextSyntax {
  const trees = new TextTrees(grammars, open);
  return {
    async context({ languageId, text, range }, signal) {
      signal?.throwIfAborted();
      const declarations = await trees.read(languageId, text, (parsed) => parsed.declarations());
      signal?.throwIfAborted();
      return declarations && syntaxContext(declarations, text, range);
    },
    outline: (languageId, text) =>
      trees.read(languageId, text, (parsed) => parsed.declarations().outline),
    check: (languageId, text) =>
      trees.read(languageId, text, (parsed, code) => {
        const check = parsed.check();
        // Sound scripts say nothing about the markup around them.
        return code.isPart && check.errors.length === 0 ? undefined : check;
      }),
    dispose: () => trees.dispose(),
  };
}
