import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Range } from "../../src/protocol/document";
import { Grammars } from "../../src/syntax/grammars";
import { LineTable } from "../../src/syntax/line-table";

const wasm = dirname(createRequire(import.meta.url).resolve("@vscode/tree-sitter-wasm"));

/** Where the installed package keeps a grammar: its names have a prefix that ours have not. */
export function installedGrammar(name: string): string {
  return join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`);
}

export function installedGrammars(): Grammars {
  return new Grammars(installedGrammar, (message) => {
    throw new Error(message);
  });
}

/** Takes `‸` out of a text: one is a cursor, two are a selection. */
export function place(marked: string): { readonly text: string; readonly range: Range } {
  const first = marked.indexOf("‸");
  const second = marked.indexOf("‸", first + 1);
  const text = marked.replaceAll("‸", "");
  const lines = LineTable.of(text);
  return { text, range: lines.rangeOf(first, second < 0 ? first : second - 1) };
}

/** The piece of a text that a range names. */
export function cut(text: string, range: Range): string {
  const lines = LineTable.of(text);
  return text.slice(lines.offsetAt(range.start), lines.offsetAt(range.end));
}
