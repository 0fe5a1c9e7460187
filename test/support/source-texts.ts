import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";

const root = join(import.meta.dirname, "../..");
const wasm = join(root, "node_modules/@vscode/tree-sitter-wasm/wasm");

/** A text that the source asks for. */
export interface SourceText {
  readonly english: string;
  /** `src/core/run/run.ts:12` */
  readonly place: string;
  /** Arguments given; undefined where they are named. */
  readonly values: number | undefined;
}

export interface SourceTexts {
  readonly texts: readonly SourceText[];
  /** Places where a text is asked for in a way that no one can find, or before the language is known. */
  readonly mistakes: readonly string[];
}

/** Every call of `t` in the sources. */
export async function sourceTexts(): Promise<SourceTexts> {
  await Parser.init({ locateFile: (name: string) => join(wasm, name) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(wasm, "tree-sitter-typescript.wasm")));
  const texts: SourceText[] = [];
  const mistakes: string[] = [];
  for (const file of sources()) {
    const source = readFileSync(file, "utf8");
    if (!/\/l10n"/.test(source)) continue;
    const tree = parser.parse(source);
    if (tree === null) throw new Error(`${file} cannot be read`);
    for (const call of tree.rootNode.descendantsOfType("call_expression")) {
      if (call?.childForFieldName("function")?.text !== "t") continue;
      const place = `${relative(root, file)}:${call.startPosition.row + 1}`;
      const [first, ...rest] = call.childForFieldName("arguments")?.namedChildren ?? [];
      if (first?.type !== "string") mistakes.push(`${place}: the text is not a plain string`);
      else {
        if (!isInFunction(call)) mistakes.push(`${place}: the text is made while the module loads`);
        const named = rest.length === 1 && rest[0]?.type === "object";
        texts.push({
          english: plainText(first),
          place,
          values: named ? undefined : rest.length,
        });
      }
    }
    tree.delete();
  }
  return { texts, mistakes };
}

function sources(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a string literal stands for. */
function plainText(literal: Node): string {
  const inner = literal.text.slice(1, -1).replace(/\\'/g, "'");
  return JSON.parse(`"${literal.text.startsWith("'") ? inner.replace(/"/g, '\\"') : inner}"`);
}

const functions: ReadonlySet<string> = new Set([
  "function_declaration",
  "function_expression",
  "arrow_function",
  "method_definition",
  // A field of a class is made with each of its objects.
  "public_field_definition",
]);

function isInFunction(node: Node): boolean {
  for (let above = node.parent; above !== null; above = above.parent)
    if (functions.has(above.type)) return true;
  return false;
}
