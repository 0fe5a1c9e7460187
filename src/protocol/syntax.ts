import type { Range } from "./document";

export type SymbolKind =
  | "function"
  | "method"
  | "class"
  | "interface"
  | "type"
  | "enum"
  | "module"
  | "variable"
  | "other";

/**
 * A named declaration. `range` covers all of it with its decorators and leading doc comment;
 * `bodyRange` the declaration alone.
 */
export interface SymbolInfo {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  readonly bodyRange: Range;
  /** The declaration without its body, on one line. */
  readonly signature: string;
  /** The doc comment or docstring as written. */
  readonly doc?: string;
  /** Name of the enclosing class or module, or of the object that it is a member of. */
  readonly container?: string;
  /**
   * What tells it from others of its name and container: `get`, `set`, `static`, `impl Display`;
   * `signature` for one without a body beside one that has it.
   */
  readonly role?: string;
  /**
   * A number of the block that it is declared in, the same for all of that block in one outline;
   * absent at the top level.
   */
  readonly block?: number;
}

type OptionalPart = "doc" | "container" | "role" | "block";
type SymbolParts = Omit<SymbolInfo, OptionalPart> & {
  readonly [Part in OptionalPart]: SymbolInfo[Part] | undefined;
};

/**
 * What is undefined is left out. One by one, as spreading takes five times as long, and a long file
 * has thousands of symbols.
 */
export function symbolInfo(parts: SymbolParts): SymbolInfo {
  const { name, kind, range, bodyRange, signature, doc, container, role, block } = parts;
  const symbol: { -readonly [Part in keyof SymbolInfo]: SymbolInfo[Part] } = {
    name,
    kind,
    range,
    bodyRange,
    signature,
  };
  if (doc !== undefined) symbol.doc = doc;
  if (container !== undefined) symbol.container = container;
  if (role !== undefined) symbol.role = role;
  if (block !== undefined) symbol.block = block;
  return symbol;
}

/** The same declaration in another place. */
export function placedAnew(
  { name, kind, signature, doc, container, role }: SymbolInfo,
  { range, bodyRange, block }: Pick<SymbolParts, "range" | "bodyRange" | "block">,
): SymbolInfo {
  return symbolInfo({ name, kind, range, bodyRange, signature, doc, container, role, block });
}

export function movedDown({ start, end }: Range, lines: number): Range {
  return {
    start: { line: start.line + lines, character: start.character },
    end: { line: end.line + lines, character: end.character },
  };
}

/** What the syntax tree knows about a place in a document. */
export interface SyntaxContext {
  /** The innermost function, method or class around the place. */
  readonly enclosing?: SymbolInfo;
  /** The class around `enclosing`, where there is one. */
  readonly container?: SymbolInfo;
  readonly outline: readonly SymbolInfo[];
  readonly imports: readonly Range[];
}

/** Places where the tree holds an error or misses something; at most the first hundred. */
export interface SyntaxCheck {
  readonly errors: readonly Range[];
}
