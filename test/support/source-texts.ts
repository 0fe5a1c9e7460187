import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";
import { toldParts } from "./told-parts";

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
  /** What is said in English and translated where it is shown, with `{0}` for each value. */
  readonly told: readonly string[];
  /** Places where a text is asked for in a way that no one can find, or before the language is known. */
  readonly mistakes: readonly string[];
}

/** Folders whose sentences are data: they go into the run's log, some of them to the model too. */
const tellers = /^src.(?:core.(?:edit|run|model)|checks)\b/;
/** What is said to a model only. */
const prompts = /(?:thought-prompts|continued-turn)\.ts$/;
const sentence = /^[A-Z`{].* .*\.$/;

/** Every call of `t` in the sources, and every sentence that is told in a run. */
export async function sourceTexts(): Promise<SourceTexts> {
  await Parser.init({ locateFile: (name: string) => join(wasm, name) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(wasm, "tree-sitter-typescript.wasm")));
  const texts: SourceText[] = [];
  const mistakes: string[] = [];
  const literals = new Set<string>();
  const told = new Set<string>();
  for (const file of sources()) {
    const source = readFileSync(file, "utf8");
    const tells = tellers.test(relative(root, file)) && !prompts.test(file);
    for (const literal of literalsOf(parser, source)) {
      literals.add(literal);
      if (tells && sentence.test(literal)) told.add(literal);
    }
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
  for (const part of toldParts) {
    if (!literals.has(part)) mistakes.push(`nobody says ${JSON.stringify(part)} any more`);
    told.add(part);
  }
  return { texts, told: [...told], mistakes };
}

/** The strings and templates of a source, with `{0}` for what a template puts in. */
function literalsOf(parser: Parser, source: string): string[] {
  const tree = parser.parse(source);
  if (tree === null) return [];
  const found = tree.rootNode
    .descendantsOfType(["string", "template_string"])
    .flatMap((node) => (node === null || /\n/.test(node.text) ? [] : [plainText(node)]));
  tree.delete();
  return found;
}

function sources(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** What a literal stands for. */
function plainText(literal: Node): string {
  let values = 0;
  return literal.children
    .slice(1, -1)
    .map((part) => {
      if (part?.type === "template_substitution") return `{${values++}}`;
      return part?.type === "escape_sequence" ? unescaped(part.text) : (part?.text ?? "");
    })
    .join("");
}

function unescaped(sign: string): string {
  const code = /^\\[xu]\{?([\da-f]+)\}?$/i.exec(sign)?.[1];
  if (code !== undefined) return String.fromCodePoint(Number.parseInt(code, 16));
  return ({ n: "\n", r: "\r", t: "\t" } as Record<string, string>)[sign.slice(1)] ?? sign.slice(1);
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
