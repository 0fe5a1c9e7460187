import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { TextDocument } from "vscode-languageserver-textdocument";
import { OpenDocument } from "../src/server/open-document";
import { Grammars } from "../src/syntax/grammars";
import { syntaxContext } from "../src/syntax/syntax-context";
import type { BenchResult } from "./bench-result";
import { longFile } from "./support/long-file";
import { percentile95 } from "./support/percentile";

const wasm = dirname(createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"));
const rounds = 40;

const middle = { line: 5_000, character: 4 };

/** What the language server does between a keystroke or a click and its answer, in a file of 10,000 lines. */
export async function bench(): Promise<BenchResult[]> {
  const text = longFile();
  const lines = text.split("\n").length;
  const note = `TypeScript, ${lines} lines, 95th percentile of ${rounds}`;
  const grammars = new Grammars((name) => join(wasm, name === "tree-sitter" ? "tree-sitter.wasm" : `tree-sitter-${name}.wasm`));
  const loading = performance.now();
  const grammar = await grammars.load("typescript");
  const loadMs = performance.now() - loading;
  if (grammar === undefined) throw new Error("The TypeScript grammar is not there.");

  const whole = await percentile(() => grammar.parse(text)?.delete());
  const document = new OpenDocument(TextDocument.create("file:///bench.ts", "typescript", 1, text), grammars, () => {});
  await document.declarations();
  let version = 2;
  const type = (): void => document.update([{ range: { start: middle, end: middle }, text: "x" }], version++);
  const keystroke = await percentile(async () => {
    type();
    await document.parsed();
  });
  const firstClick = await percentile(async () => {
    type();
    await context(document);
  });
  const click = await percentile(() => context(document));
  document.close();
  return [
    { name: "load the runtime and a grammar", value: loadMs, unit: "ms", note: "once per language" },
    { name: "parse a whole file", value: whole, unit: "ms", note },
    { name: "follow a keystroke", value: keystroke, unit: "ms", note },
    { name: "context of a place right after a keystroke", value: firstClick, unit: "ms", note },
    {
      name: "context of a place",
      value: click,
      unit: "ms",
      note: `${note}; the usual case: the declarations were read while nobody asked`,
    },
  ];
}

async function context(document: OpenDocument): Promise<void> {
  const known = await document.declarations();
  if (known !== undefined) syntaxContext(known.declarations, known.text, { start: middle, end: middle });
}

async function percentile(work: () => unknown): Promise<number> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    await work();
    times.push(performance.now() - start);
  }
  return percentile95(times);
}
