import type { Tree } from "@vscode/tree-sitter-wasm";
import type { Target } from "../protocol/document";
import type { SymbolInfo, SyntaxCheck, SyntaxContext } from "../protocol/syntax";
import { declarationsOf } from "./declarations";
import type { Grammar, Grammars } from "./grammars";
import { syntaxCheck } from "./syntax-check";
import { syntaxContext } from "./syntax-context";

/** Answers questions about the syntax of any text in this process; each with undefined for a language without a grammar, and rejects when a grammar cannot be loaded. */
export interface TextSyntax {
  context(target: Pick<Target, "languageId" | "text" | "range">, signal?: AbortSignal): Promise<SyntaxContext | undefined>;
  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined>;
  check(languageId: string, text: string): Promise<SyntaxCheck | undefined>;
}

/** Has the shape of core's `SyntaxSource`; the two folders do not know one another. */
export function createSyntaxSource(grammars: Grammars): TextSyntax {
  async function parsed<Result>(
    languageId: string,
    text: string,
    read: (tree: Tree, grammar: Grammar) => Result,
  ): Promise<Result | undefined> {
    const grammar = await grammars.load(languageId);
    const tree = grammar?.parse(text);
    if (grammar === undefined || tree === undefined) return undefined;
    try {
      return read(tree, grammar);
    } finally {
      tree.delete();
    }
  }

  return {
    async context(target, signal) {
      signal?.throwIfAborted();
      const declarations = await parsed(target.languageId, target.text, (tree, grammar) =>
        declarationsOf(tree, target.text, grammar.rules),
      );
      signal?.throwIfAborted();
      return declarations && syntaxContext(declarations, target.text, target.range);
    },
    async outline(languageId, text) {
      return (await parsed(languageId, text, (tree, grammar) => declarationsOf(tree, text, grammar.rules)))?.outline;
    },
    check: (languageId, text) => parsed(languageId, text, (tree) => syntaxCheck(tree, text)),
  };
}
