import type { Node, Tree } from "@vscode/tree-sitter-wasm";
import { shortened } from "../base/text/shortened";
import type { Range } from "../protocol/document";
import { type SymbolInfo, symbolInfo } from "../protocol/syntax";
import type { Around, Declaration, LanguageRules, Scope } from "./language-rules";
import { leadingLines, type Remark, withRemark } from "./leading-lines";
import type { LineTable } from "./line-table";

/**
 * What a document declares and brings in, in the order of the text, so that an outer declaration
 * comes before what it holds.
 */
export interface Declarations {
  readonly outline: readonly SymbolInfo[];
  readonly imports: readonly Range[];
}

/** A stretch of the text in UTF-16 offsets. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A declaration with the offsets that its symbol was made of. */
export interface Declared {
  /** What it is to that which it holds. */
  readonly around: Around;
  /** The type of the node that declares. */
  readonly type: string;
  /** The node that declares. */
  readonly node: Span;
  /** That node with its `export`, decorators and the like. */
  readonly outer: Span;
  readonly range: Span;
  readonly bodyStart: number;
  /** The documentation is inside and does not depend on what is in front. */
  readonly docstring: boolean;
  readonly hidden: boolean;
  readonly symbol: SymbolInfo;
}

export interface Import {
  readonly node: Span;
  readonly range: Range;
}

/** All that was read from a tree, which is enough to read a later tree only where it differs. */
export interface Reading extends Declarations {
  readonly declared: readonly Declared[];
  readonly imported: readonly Import[];
  /** The comments and attributes of the whole text, without those inside another. */
  readonly remarks: readonly Remark[];
}

/** A text, the tree of it, and where its lines are. */
export interface Source {
  readonly tree: Tree;
  readonly text: string;
  readonly lines: LineTable;
  readonly rules: LanguageRules;
}

const maxSignatureLength = 400;
const kindsWithMembers = ["class", "interface", "enum", "module"];

export function declarationsOf(source: Source): Reading {
  const nodes = source.tree.rootNode.descendantsOfType(wantedTypes(source.rules)).filter(isNode);
  const remarks = remarksAmong(nodes, source.rules);
  const { declared, imported } = declaredBy(nodes, remarks, source);
  return readingOf(declared, imported, remarks);
}

export function readingOf(
  declared: readonly Declared[],
  imported: readonly Import[],
  remarks: readonly Remark[],
): Reading {
  const outline = declared.filter((one) => !one.hidden).map((one) => one.symbol);
  return { declared, imported, remarks, outline, imports: imported.map((one) => one.range) };
}

export function isNode(node: Node | null): node is Node {
  return node !== null;
}

export function wantedTypes(rules: LanguageRules): string[] {
  const { declarations, imports, comments, attributes } = rules;
  return [...Object.keys(declarations), ...Object.keys(imports), ...comments, ...attributes];
}

function isRemark(type: string, rules: LanguageRules): boolean {
  return rules.comments.includes(type) || rules.attributes.includes(type);
}

/** @param nodes in the order of the text */
export function remarksAmong(nodes: readonly Node[], rules: LanguageRules): Remark[] {
  const remarks: Remark[] = [];
  for (const node of nodes) {
    const type = node.type;
    if (!isRemark(type, rules)) continue;
    const comment = rules.comments.includes(type);
    withRemark(remarks, { startOffset: node.startIndex, endOffset: node.endIndex, comment });
  }
  return remarks;
}

/**
 * @param nodes in the order of the text; a node comes with all nodes around it that may declare
 * something
 * @param remarks of the whole text
 */
export function declaredBy(
  nodes: readonly Node[],
  remarks: readonly Remark[],
  source: Source,
): Pick<Reading, "declared" | "imported"> {
  const { rules, text, lines } = source;
  const declared: Declared[] = [];
  const imported: Import[] = [];
  const scope: Around[] = [];
  const ends: number[] = [];
  for (const node of nodes) {
    const type = node.type;
    if (isRemark(type, rules)) continue;
    const start = node.startIndex;
    while ((ends.at(-1) ?? Number.POSITIVE_INFINITY) <= start) {
      ends.pop();
      scope.pop();
    }
    const declaration = rules.declarations[type]?.(node, scope);
    if (declaration !== undefined) {
      const one = declaredAt(node, declaration, scope, remarks, source);
      declared.push(one);
      scope.push(one.around);
      ends.push(one.node.end);
    } else if (!isInCode(scope) && rules.imports[type]?.(node)) {
      const end = node.endIndex;
      const written = text.slice(start, end).trimEnd();
      imported.push({ node: { start, end }, range: lines.rangeOf(start, start + written.length) });
    }
  }
  return { declared, imported };
}

function isInCode(scope: Scope): boolean {
  return scope.some(({ kind }) => kind === "function" || kind === "method" || kind === "class");
}

function declaredAt(
  node: Node,
  declaration: Declaration,
  scope: Scope,
  remarks: readonly Remark[],
  { text, lines, rules }: Source,
): Declared {
  const { name, kind, role, body } = declaration;
  const outer = outermost(node, rules);
  const outerStart = outer.startIndex;
  const bodyStart = startWithoutAttributes(outer, rules);
  const leading = leadingLines(outerStart, text, remarks);
  const container = declaration.container ?? scope.findLast((around) => around.holdsMembers)?.name;
  const docstring = rules.docstrings ? docstringOf(body, text) : undefined;
  const doc = docstring ?? leading.doc;
  const end = trimmedEnd(outer, text);
  const range = { start: Math.min(leading.startOffset, outerStart), end };
  const block = blockAround(outer, rules)?.startIndex;
  return {
    around: {
      name,
      kind,
      ...(role === undefined ? {} : { role }),
      holdsMembers: declaration.holdsMembers ?? kindsWithMembers.includes(kind),
    },
    type: node.type,
    node: { start: node.startIndex, end: node.endIndex },
    outer: { start: outerStart, end: outer.endIndex },
    range,
    bodyStart,
    docstring: docstring !== undefined,
    hidden: declaration.hidden === true,
    symbol: symbolInfo({
      name,
      kind,
      range: lines.rangeOf(range.start, end),
      bodyRange: lines.rangeOf(bodyStart, end),
      signature: signatureOf(bodyStart, body, end, text, rules),
      doc,
      container,
      role,
      block,
    }),
  };
}

/**
 * The node that a declaration stands in: a body, a branch, an object. Undefined for one of the
 * whole text.
 */
export function blockAround(declared: Node, rules: LanguageRules): Node | undefined {
  let block = declared.parent;
  while (block !== null && rules.wrappers.includes(block.type)) block = block.parent;
  return block?.parent ? block : undefined;
}

/** Some grammars count the line end as part of a node. */
function trimmedEnd(node: Node, text: string): number {
  let end = node.endIndex;
  while (end > node.startIndex && /\s/.test(text.charAt(end - 1))) end--;
  return end;
}

/**
 * Climbs through `export`, decorators and the like, as long as they hold this declaration alone.
 */
function outermost(node: Node, rules: LanguageRules): Node {
  let current = node;
  while (rules.wrappers.length > 0) {
    const parent = current.parent;
    if (parent === null || !rules.wrappers.includes(parent.type)) break;
    const type = current.type;
    // Asking for the number first spares the children's objects, which is most of the cost in a
    // long file.
    if (
      parent.namedChildCount > 1 &&
      parent.namedChildren.filter((child) => child?.type === type).length > 1
    )
      break;
    current = parent;
  }
  return current;
}

/** The offset of the first token that is no decorator, attribute or annotation. */
function startWithoutAttributes(node: Node, rules: LanguageRules): number {
  if (rules.attributes.length === 0) return node.startIndex;
  for (let child = node.firstChild; child !== null; child = child.nextSibling) {
    if (isRemark(child.type, rules)) continue;
    if (child.type === "modifiers") {
      const first = child.children.find(
        (modifier) => modifier !== null && !rules.attributes.includes(modifier.type),
      );
      if (!first) continue;
      return first.startIndex;
    }
    return child.startIndex;
  }
  return node.startIndex;
}

function signatureOf(
  start: number,
  body: Node | undefined,
  end: number,
  text: string,
  rules: LanguageRules,
): string {
  let stop = body === undefined ? end : body.startIndex;
  for (
    let before = body?.previousSibling ?? null;
    before !== null && rules.comments.includes(before.type);
  ) {
    stop = before.startIndex;
    before = before.previousSibling;
  }
  // A long table or type is its own body: what is cut off here is nothing that a signature needs.
  const line = text
    .slice(start, Math.min(stop, start + 4 * maxSignatureLength))
    .replace(/\s+/g, " ")
    .trim()
    .replace(/(?<!\s)\s*(\{|=>|[:;=])$/, "");
  return shortened(line, maxSignatureLength);
}

function docstringOf(body: Node | undefined, text: string): string | undefined {
  const first = body?.firstNamedChild;
  const string = first?.type === "expression_statement" ? first.firstNamedChild : first;
  return string?.type === "string" ? text.slice(string.startIndex, string.endIndex) : undefined;
}
