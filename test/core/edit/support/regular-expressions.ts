import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { createContext, runInContext } from "node:vm";
import type { Node } from "@vscode/tree-sitter-wasm";
import type { Grammar } from "../../../../src/syntax/grammars";

/** A regular expression as a source writes it. */
export interface WrittenPattern {
  readonly source: string;
  readonly flags: string;
  /** The places where it stands: file and line. */
  readonly places: readonly string[];
}

/**
 * Every regular expression literal, and every `RegExp` that is constructed, in the TypeScript files
 * of a folder. The parts of a constructed one are the constants of its file; what only a caller
 * knows, such as a name, is a word.
 * @throws Error for a construction whose text cannot be found out: it would go untested.
 */
export function patternsIn(folder: string, grammar: Grammar): WrittenPattern[] {
  const found = new Map<string, { source: string; flags: string; places: string[] }>();
  for (const file of sourcesIn(folder)) {
    const text = readFileSync(file, "utf8");
    const tree = grammar.parse(text);
    if (!tree) throw new Error(`${file} cannot be read`);
    const constants = constantsOf(tree.rootNode);
    for (const node of tree.rootNode.descendantsOfType([
      "regex",
      "new_expression",
      "call_expression",
    ])) {
      if (!node) continue;
      const written = node.type === "regex" ? literal(node) : constructed(node, constants);
      if (!written) continue;
      const key = `/${written.source}/${written.flags}`;
      const known = found.get(key) ?? { ...written, places: [] };
      known.places.push(
        `${relative(folder, file).replaceAll("\\", "/")}:${node.startPosition.row + 1}`,
      );
      found.set(key, known);
    }
    tree.delete();
  }
  return [...found.values()];
}

function sourcesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((name) => name.endsWith(".ts"))
    .sort()
    .map((name) => join(folder, name));
}

function literal(node: Node): { source: string; flags: string } {
  const part = (type: string): string =>
    node.children.find((child) => child?.type === type)?.text ?? "";
  return { source: part("regex_pattern"), flags: part("regex_flags") };
}

function constructed(
  node: Node,
  constants: ReadonlyMap<string, string>,
): { source: string; flags: string } | undefined {
  const callee = node.childForFieldName(
    node.type === "new_expression" ? "constructor" : "function",
  );
  if (callee?.text !== "RegExp") return undefined;
  const [pattern, flags] = (node.childForFieldName("arguments")?.namedChildren ?? []).filter(
    (child) => child?.type !== "comment",
  );
  const source = pattern ? valueIn(pattern.text, constants) : "";
  const value = { source: source instanceof RegExp ? source.source : String(source), flags: "" };
  // Flags that a caller gives do not change how long a search takes.
  if (flags?.type === "string") value.flags = String(valueIn(flags.text, constants));
  return value;
}

/** The text behind each name that the file gives a constant. */
function constantsOf(root: Node): Map<string, string> {
  const constants = new Map<string, string>();
  for (const node of root.descendantsOfType("variable_declarator")) {
    const name = node?.childForFieldName("name")?.text;
    const value = node?.childForFieldName("value")?.text;
    if (name !== undefined && value !== undefined && !constants.has(name))
      constants.set(name, value);
  }
  return constants;
}

const word = "name";
const globals = new Map<string, unknown>(Object.entries({ String, Set, Map, Array, Object, Math }));

/**
 * What an expression of a file comes to, in a world of that file's constants where every other name
 * is a word.
 */
function valueIn(expression: string, constants: ReadonlyMap<string, string>): unknown {
  const reading = new Set<string>();
  const world: object = new Proxy(
    {},
    {
      has: () => true,
      get: (_, key): unknown => {
        const name = String(key);
        const text = constants.get(name);
        if (text === undefined || reading.has(name)) return globals.get(name) ?? anyWord;
        reading.add(name);
        const value = runInContext(`(${text})`, context);
        reading.delete(name);
        return value;
      },
    },
  );
  const context = createContext(world);
  return runInContext(`(${expression})`, context);
}

/** A word whatever is asked of it: `name`, `tag.name`, `name.replace(…)`. */
const anyWord: unknown = new Proxy(() => word, {
  get: (_, key) =>
    key === Symbol.toPrimitive || key === "toString"
      ? () => word
      : key === "source"
        ? word
        : anyWord,
  apply: () => anyWord,
});
