import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";
import type { LanguageFacts } from "./languages/language-facts";
import type { MaskedText } from "./masked-text";
import type { SourceFile } from "./source-files";
import type { OtherParser, ShapeCheck } from "./units";

const wasm = dirname(
  createRequire(join(process.cwd(), "package.json")).resolve("@vscode/tree-sitter-wasm"),
);
const grammars: Readonly<Record<string, string>> = {
  python: "python",
  javascript: "javascript",
  javascriptreact: "javascript",
  typescript: "typescript",
  typescriptreact: "tsx",
  go: "go",
  rust: "rust",
  java: "java",
  c: "cpp",
  cpp: "cpp",
  csharp: "c-sharp",
  ruby: "ruby",
  php: "php",
  shellscript: "bash",
  css: "css",
};

/**
 * Checks what we take for a function against a grammar's own nodes, for the languages that have
 * one.
 */
export async function grammarShapes(): Promise<OtherParser> {
  const runtime = join(wasm, "tree-sitter.wasm");
  const wasmBinary = readFileSync(runtime);
  const options = { locateFile: () => runtime, wasmBinary };
  await Parser.init(options);
  const parsers = new Map<string, Promise<Parser>>();
  const parserOf = (grammar: string): Promise<Parser> => {
    const known = parsers.get(grammar);
    if (known !== undefined) return known;
    const made = Language.load(readFileSync(join(wasm, `tree-sitter-${grammar}.wasm`))).then(
      (language) => {
        const parser = new Parser();
        parser.setLanguage(language);
        return parser;
      },
    );
    parsers.set(grammar, made);
    return made;
  };
  async function parsed<Result>(
    facts: LanguageFacts,
    text: string,
    read: (root: Node) => Result,
  ): Promise<Result | undefined> {
    const grammar = grammars[facts.id];
    const tree = grammar === undefined ? null : (await parserOf(grammar)).parse(text);
    if (tree === null) return undefined;
    try {
      return read(tree.rootNode);
    } finally {
      tree.delete();
    }
  }
  return {
    shape(file) {
      const text = file.lines.join("\n");
      return parsed(file.facts, text, (root) => shapeOf(file, text, root));
    },
    isClean: (facts, lines) => parsed(facts, lines.join("\n"), (root) => !root.hasError),
  };
}

function shapeOf(file: SourceFile, text: string, root: Node): ShapeCheck {
  const spans = new Set<string>();
  const needsText = file.facts.id === "typescriptreact" || file.facts.id === "javascriptreact";
  const blanked: [number, number, "comment" | "string" | "template"][] = [];
  const visit = (node: Node): void => {
    const start = node.startPosition.row;
    const end = node.endPosition.column === 0 ? node.endPosition.row : node.endPosition.row + 1;
    if (node.isNamed && !node.isError && !node.hasError && end > start + 1)
      spans.add(`${start} ${end}`);
    if (needsText && node.type === "comment")
      blanked.push([node.startIndex, node.endIndex, "comment"]);
    else if (
      needsText &&
      /^(?:string_fragment|jsx_text|regex_pattern|escape_sequence|html_character_reference)$/.test(
        node.type,
      )
    ) {
      blanked.push([
        node.startIndex,
        node.endIndex,
        node.type === "string_fragment" ? "template" : "string",
      ]);
    }
    for (const child of node.children) if (child !== null) visit(child);
  };
  visit(root);
  return {
    isClean: !root.hasError,
    spans: (start, end) => spans.has(`${start} ${end}`),
    ...(needsText && !root.hasError ? { text: textOf(text, blanked) } : {}),
  };
}

function textOf(
  text: string,
  blanked: readonly [number, number, "comment" | "string" | "template"][],
): MaskedText {
  const out = text.split("");
  const lines = text.split("\n");
  const lineKinds = new Uint8Array(lines.length);
  const inside = new Set<number>();
  for (const [start, end, kind] of blanked) {
    for (let at = start; at < end; at++) {
      if (out[at] === "\n") {
        if (kind === "template") inside.add(at + 1);
      } else out[at] = kind === "comment" ? " " : "\u00b7";
    }
  }
  const code = out.join("");
  let offset = 0;
  for (const [index, line] of lines.entries()) {
    const bare = code.slice(offset, offset + line.length);
    if (inside.has(offset)) lineKinds[index] = 2;
    else if (line.trim() !== "" && bare.trim() === "") lineKinds[index] = 1;
    offset += line.length + 1;
  }
  return { code, lineKinds };
}
