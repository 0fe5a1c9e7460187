import type { Node } from "@vscode/tree-sitter-wasm";
import { shortened } from "../base/text/shortened";
import type { SymbolKind } from "../protocol/syntax";

/** What a node declares. */
export interface Declaration {
  readonly name: string;
  readonly kind: SymbolKind;
  /** What follows the signature; absent when the declaration has none. */
  readonly body?: Node;
  /** The class that the declaration names itself, as a Go receiver does. */
  readonly container?: string;
  readonly role?: string;
  /** What is declared inside belongs to it; by default so in a class and the like. */
  readonly holdsMembers?: boolean;
  /**
   * Only a name for what it holds, and no declaration of its own: the key of an object in an
   * object.
   */
  readonly hidden?: boolean;
}

/** A declaration around another. */
export interface Around {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly role?: string;
  readonly holdsMembers: boolean;
}

/** Where a node stands: the declarations around it, outermost first. */
export type Scope = readonly Around[];

/**
 * How one grammar says the things that every language has. A declaration is read again when its
 * node or a wrapper of it changed; so what is read of it may depend on these, on the scope, and on
 * the types of the nodes around it, but not on what else those hold.
 */
export interface LanguageRules {
  /**
   * Types of the nodes that may declare something, and how to read them; undefined when this one
   * does not.
   */
  readonly declarations: Readonly<
    Record<string, (node: Node, scope: Scope) => Declaration | undefined>
  >;
  /**
   * Types of the nodes that bring in other files, each with a test where the type alone does not
   * say it.
   */
  readonly imports: Readonly<Record<string, (node: Node) => boolean>>;
  /**
   * Types of parents that belong to a declaration when they hold nothing else: `export`,
   * decorators, `template <>`.
   */
  readonly wrappers: readonly string[];
  readonly comments: readonly string[];
  /** Types of decorators, attributes and annotations, in front of a declaration or inside it. */
  readonly attributes: readonly string[];
  /** The documentation is the first string of the body. */
  readonly docstrings?: boolean;
  /**
   * Types of statements that the grammar lets stand outside of all functions, and the language does
   * not, each with a test where the type alone does not say it: `return` at the end of a file.
   */
  readonly strays?: Readonly<Record<string, (node: Node) => boolean>>;
}

/** Reads a node that keeps its name and its body in the fields of these names, as most do. */
export function named(kind: SymbolKind): (node: Node, scope: Scope) => Declaration | undefined {
  return (node, scope) => {
    const name = node.childForFieldName("name");
    if (name === null) return undefined;
    const member = kind === "function" && isMember(scope) ? "method" : kind;
    return declaration(shortName(name.text), member, node.childForFieldName("body"));
  };
}

export function declaration(
  name: string,
  kind: SymbolKind,
  body: Node | null | undefined,
  more: Omit<Partial<Declaration>, "container" | "role"> & {
    readonly container?: string | undefined;
    readonly role?: string | undefined;
  } = {},
): Declaration {
  const { container, role, ...flags } = more;
  return {
    name,
    kind,
    ...(body ? { body } : {}),
    ...(container === undefined ? {} : { container }),
    ...(role === undefined ? {} : { role }),
    ...flags,
  };
}

/** The same, told apart by a role; without one it stays as it is. */
export function inRole(
  found: Declaration | undefined,
  role: string | undefined,
): Declaration | undefined {
  return found === undefined || role === undefined ? found : { ...found, role };
}

/** A function directly in a class or an interface is a method. */
export function isMember(scope: Scope): boolean {
  const parent = scope.at(-1)?.kind;
  return parent === "class" || parent === "interface" || parent === "enum";
}

export const always = (): boolean => true;

/** Types of statements that leave a function or a loop, as most grammars call them. */
export const jumps = ["return_statement", "break_statement", "continue_statement"] as const;

/** Types of nodes, of all of which a rule speaks. */
export function all(...types: readonly string[]): Readonly<Record<string, () => boolean>> {
  return Object.fromEntries(types.map((type) => [type, always]));
}

/** The text of a name on one line, short enough for a list. */
export function shortName(text: string): string {
  return shortened(text.replace(/\s+/g, " ").trim(), 80);
}
