import type { Node, Tree } from "@vscode/tree-sitter-wasm";
import type { Range } from "../protocol/document";
import type { SymbolInfo } from "../protocol/syntax";
import type { Declaration, LanguageRules } from "./language-rules";
import { leadingLines, type Remark } from "./leading-lines";
import { LineTable } from "./line-table";

/** What a document declares and brings in, in the order of the text, so that an outer declaration comes before what it holds. */
export interface Declarations {
  readonly outline: readonly SymbolInfo[];
  readonly imports: readonly Range[];
}

const maxSignatureLength = 400;
const containerKinds = ["class", "interface", "enum", "module"];

interface Open {
  readonly symbol: SymbolInfo;
  readonly endOffset: number;
}

export function declarationsOf(tree: Tree, text: string, rules: LanguageRules): Declarations {
  const lines = new LineTable(text);
  const outline: SymbolInfo[] = [];
  const imports: Range[] = [];
  const open: Open[] = [];
  const remarks: Remark[] = [];
  for (const node of tree.rootNode.descendantsOfType(wantedTypes(rules))) {
    if (node === null) continue;
    const type = node.type;
    const comment = rules.comments.includes(type);
    if (comment || rules.attributes.includes(type)) {
      remarks.push({ startOffset: node.startIndex, endOffset: node.endIndex, comment });
      continue;
    }
    while ((open.at(-1)?.endOffset ?? Number.POSITIVE_INFINITY) <= node.startIndex) open.pop();
    const scope = open.map((outer) => outer.symbol.kind);
    const declared = rules.declarations[type]?.(node, scope);
    if (declared !== undefined) {
      const symbol = symbolInfo(node, declared, open, remarks, text, lines, rules);
      outline.push(symbol);
      open.push({ symbol, endOffset: node.endIndex });
    } else if (!scope.some((kind) => kind === "function" || kind === "method" || kind === "class") && rules.imports[type]?.(node)) {
      const end = node.startIndex + text.slice(node.startIndex, node.endIndex).trimEnd().length;
      imports.push(lines.rangeOf(node.startIndex, end));
    }
  }
  return { outline, imports };
}

function wantedTypes(rules: LanguageRules): string[] {
  return [...Object.keys(rules.declarations), ...Object.keys(rules.imports), ...rules.comments, ...rules.attributes];
}

function symbolInfo(
  node: Node,
  declared: Declaration,
  open: readonly Open[],
  remarks: readonly Remark[],
  text: string,
  lines: LineTable,
  rules: LanguageRules,
): SymbolInfo {
  const outer = outermost(node, rules);
  const start = startWithoutAttributes(outer, rules);
  const leading = leadingLines(outer.startIndex, text, remarks);
  const container = declared.container ?? open.findLast((around) => containerKinds.includes(around.symbol.kind))?.symbol.name;
  const doc = (rules.docstrings ? docstring(declared.body, text) : undefined) ?? leading.doc;
  const end = trimmedEnd(outer, text);
  return {
    name: declared.name,
    kind: declared.kind,
    range: lines.rangeOf(Math.min(leading.startOffset, outer.startIndex), end),
    bodyRange: lines.rangeOf(start, end),
    signature: signatureOf(start, declared.body, end, text, rules),
    ...(doc === undefined ? {} : { doc }),
    ...(container === undefined ? {} : { container }),
  };
}

/** Some grammars count the line end as part of a node. */
function trimmedEnd(node: Node, text: string): number {
  let end = node.endIndex;
  while (end > node.startIndex && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

/** Climbs through `export`, decorators and the like, as long as they hold this declaration alone. */
function outermost(node: Node, rules: LanguageRules): Node {
  let current = node;
  while (rules.wrappers.length > 0) {
    const parent = current.parent;
    if (parent === null || !rules.wrappers.includes(parent.type)) break;
    const type = current.type;
    // Asking for the number first spares the children's objects, which is most of the cost in a long file.
    if (parent.namedChildCount > 1 && parent.namedChildren.filter((child) => child?.type === type).length > 1) break;
    current = parent;
  }
  return current;
}

/** The offset of the first token that is no decorator, attribute or annotation. */
function startWithoutAttributes(node: Node, rules: LanguageRules): number {
  if (rules.attributes.length === 0) return node.startIndex;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (rules.attributes.includes(child.type) || rules.comments.includes(child.type)) continue;
    if (child.type === "modifiers") {
      const first = child.children.find((modifier) => modifier !== null && !rules.attributes.includes(modifier.type));
      if (!first) continue;
      return first.startIndex;
    }
    return child.startIndex;
  }
  return node.startIndex;
}

function signatureOf(start: number, body: Node | undefined, end: number, text: string, rules: LanguageRules): string {
  let stop = body === undefined ? end : body.startIndex;
  for (let before = body?.previousSibling ?? null; before !== null && rules.comments.includes(before.type); ) {
    stop = before.startIndex;
    before = before.previousSibling;
  }
  // A long table or type is its own body: what is cut off here is nothing that a signature needs.
  const line = text
    .slice(start, Math.min(stop, start + 4 * maxSignatureLength))
    .replace(/\s+/g, " ")
    .trim()
    .replace(/\s*(\{|=>|[:;=])$/, "");
  return line.length > maxSignatureLength ? `${line.slice(0, maxSignatureLength - 1)}…` : line;
}

function docstring(body: Node | undefined, text: string): string | undefined {
  const first = body?.firstNamedChild;
  const string = first?.type === "expression_statement" ? first.firstNamedChild : first;
  return string?.type === "string" ? text.slice(string.startIndex, string.endIndex) : undefined;
}
