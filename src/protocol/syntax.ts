import type { Range } from "./document";

export type SymbolKind = "function" | "method" | "class" | "interface" | "type" | "enum" | "module" | "variable" | "other";

/** A named declaration. `range` covers all of it with its decorators and leading doc comment; `bodyRange` the declaration alone. */
export interface SymbolInfo {
  readonly name: string;
  readonly kind: SymbolKind;
  readonly range: Range;
  readonly bodyRange: Range;
  /** The declaration without its body, on one line. */
  readonly signature: string;
  /** The doc comment or docstring as written. */
  readonly doc?: string;
  /** Name of the enclosing class or module. */
  readonly container?: string;
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
