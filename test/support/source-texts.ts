import { readdirSync, readFileSync } from "node:fs";
import { join, relative, sep } from "node:path";
import { Language, type Node, Parser } from "@vscode/tree-sitter-wasm";
import { toldParts } from "./told-parts";

const root = join(import.meta.dirname, "../..");
const wasm = join(root, "node_modules/@vscode/tree-sitter-wasm/wasm");

/** A text that the source asks for. */
export interface SourceText {
  readonly english: string;
  /** `src/core/run/run.ts:12` */
  readonly place: string;
  /** How many values it is given. */
  readonly values: number;
}

export interface SourceTexts {
  readonly texts: readonly SourceText[];
  /** What is said in English and translated where it is shown, with `{0}` for each value. */
  readonly told: readonly string[];
  /**
   * Places where a text is asked for in a way that no one can find, before the language is known,
   * or not at all.
   */
  readonly mistakes: readonly string[];
}

/** Folders whose sentences are data: they go into the run's log, some of them to the model too. */
const tellers = /^src\/(?:core\/(?:edit|run|model)|checks)\//;
const sentence = /^[A-Z`{].* .*\.$/;
/** What is said to a model only. */
const prompts = /(?:thought-prompts|continued-turn)\.ts$/;

/** Folders whose words people see: nothing there is said in English alone. */
const shown = /^src\/(?:cli|editor|runs|session|webview)\//;
/** Words for a person, beside what programs call their things. */
const words = /^[A-Z][a-z]*[ ’'][a-z]/;
/** Where a view names a thing, one word is enough. */
const name =
  /(?:"aria-label"(?:: |, )|\.title = |button\(|placeHolder: |tooltip: |placeholder = |prompt: )"[A-Z]\w/g;
/** What goes into a log is read by whoever helps, and a thrown Error by whoever mends. */
const technical = /(?:\blog|Log)\.\w+$|^Error$/;

/** Every call of `t` in the sources, every sentence that is told in a run, and what is neither. */
export async function sourceTexts(): Promise<SourceTexts> {
  await Parser.init({ locateFile: (file: string) => join(wasm, file) });
  const parser = new Parser();
  parser.setLanguage(await Language.load(join(wasm, "tree-sitter-typescript.wasm")));
  const texts: SourceText[] = [];
  const mistakes: string[] = [];
  const literals = new Set<string>();
  const told = new Set<string>(toldParts);
  for (const file of sources()) {
    const source = readFileSync(join(root, file), "utf8");
    const tree = parser.parse(source);
    if (tree === null) throw new Error(`${file} cannot be read`);
    for (const call of nodes(tree.rootNode, "call_expression"))
      if (call.childForFieldName("function")?.text === "t") {
        const text = textOf(call, file);
        if (typeof text === "string") mistakes.push(text);
        else texts.push(text);
      }
    for (const literal of nodes(tree.rootNode, "string", "template_string")) {
      if (literal.text.includes("\n")) continue;
      const text = plainText(literal);
      literals.add(text);
      if (tellers.test(file) && !prompts.test(file) && sentence.test(text)) told.add(text);
      if (shown.test(file) && words.test(text) && !told.has(text) && !isSaid(literal))
        mistakes.push(`${placeOf(literal, file)}: only in English: ${text}`);
    }
    if (shown.test(file))
      for (const [only] of source.matchAll(name))
        mistakes.push(`${file}: only in English: ${only}`);
    tree.delete();
  }
  for (const part of toldParts)
    if (!literals.has(part)) mistakes.push(`nobody says ${JSON.stringify(part)} any more`);
  return { texts, told: [...told], mistakes };
}

/** A call of `t`, or what is wrong with it. */
function textOf(call: Node, file: string): SourceText | string {
  const place = placeOf(call, file);
  const [first, ...values] = call.childForFieldName("arguments")?.namedChildren ?? [];
  if (first?.type !== "string") return `${place}: the text is not a plain string`;
  if (!hasAround(call, ({ type }) => functions.has(type)))
    return `${place}: the text is made while the module loads`;
  return { english: plainText(first), place, values: values.length };
}

/** Whether a literal goes through `t`, or to nobody but a log. */
function isSaid(literal: Node): boolean {
  return hasAround(literal, (node) => {
    const called = node.childForFieldName("function") ?? node.childForFieldName("constructor");
    return called !== null && (called.text === "t" || technical.test(called.text));
  });
}

function sources(): string[] {
  return readdirSync(join(root, "src"), { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith(".ts"))
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).split(sep).join("/"));
}

function nodes(node: Node, ...types: readonly string[]): Node[] {
  return node.descendantsOfType([...types]).filter((each) => each !== null);
}

function placeOf(node: Node, file: string): string {
  return `${file}:${node.startPosition.row + 1}`;
}

/** What a literal stands for, with `{0}` for what a template puts in. */
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

function hasAround(node: Node, isIt: (around: Node) => boolean): boolean {
  for (let around = node.parent; around !== null; around = around.parent)
    if (isIt(around)) return true;
  return false;
}
