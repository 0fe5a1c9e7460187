import type { Node } from "@vscode/tree-sitter-wasm";
import type { SymbolKind } from "../protocol/syntax";

/** What a node declares. */
export interface Declaration {
  readonly name: string;
  readonly kind: SymbolKind;
  /** What follows the signature; absent when the declaration has none. */
  readonly body?: Node;
  /** The class that the declaration names itself, as a Go receiver does. */
  readonly container?: string;
}

/** Where a node stands: the kinds of the declarations around it, outermost first. */
export type Scope = readonly SymbolKind[];

/** How one grammar says the things that every language has. */
export interface LanguageRules {
  /** Types of the nodes that may declare something, and how to read them; undefined when this one does not. */
  readonly declarations: Readonly<Record<string, (node: Node, scope: Scope) => Declaration | undefined>>;
  /** Types of the nodes that bring in other files, each with a test where the type alone does not say it. */
  readonly imports: Readonly<Record<string, (node: Node) => boolean>>;
  /** Types of parents that belong to a declaration when they hold nothing else: `export`, decorators, `template <>`. */
  readonly wrappers: readonly string[];
  readonly comments: readonly string[];
  /** Types of decorators, attributes and annotations, in front of a declaration or inside it. */
  readonly attributes: readonly string[];
  /** The documentation is the first string of the body. */
  readonly docstrings?: boolean;
}

/** Reads a node that keeps its name and its body in the fields of these names, as most do. */
export function named(kind: SymbolKind): (node: Node, scope: Scope) => Declaration | undefined {
  return (node, scope) => {
    const name = node.childForFieldName("name");
    if (name === null) return undefined;
    return declaration(name.text, kind === "function" && isMember(scope) ? "method" : kind, node.childForFieldName("body"));
  };
}

export function declaration(name: string, kind: SymbolKind, body: Node | null | undefined, container?: string): Declaration {
  return { name, kind, ...(body ? { body } : {}), ...(container === undefined ? {} : { container }) };
}

/** A function directly in a class or an interface is a method. */
export function isMember(scope: Scope): boolean {
  const parent = scope.at(-1);
  return parent === "class" || parent === "interface" || parent === "enum";
}

export const always = (): boolean => true;

/** The text of a name on one line, short enough for a list. */
export function shortName(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 80 ? `${line.slice(0, 79)}…` : line;
}
