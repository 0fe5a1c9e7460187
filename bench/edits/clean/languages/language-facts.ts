/** How text between quotes is written. */
export interface StringRule {
  readonly open: string;
  readonly close: string;
  /** A backslash takes the next character with it. */
  readonly escapes: boolean;
  readonly manyLines: boolean;
  /** Code inside the string: "${" or "\\(" opens it. */
  readonly hole?: string;
}

/** How a declaration's end is found. */
export type UnitStyle = "brace" | "indent" | "end" | "closing" | "none";

export interface HeadRule {
  readonly kind: "function" | "class";
  /**
   * Sticky at a line's start, over text whose comments and strings are blanked; its groups are
   * `indent` and `name`.
   */
  readonly head: RegExp;
  /** What may stand between the parameters and the body's brace. */
  readonly tail?: RegExp;
  /** Only inside a class, or the like. */
  readonly inside?: boolean;
}

/** What is known of a language to make cases of its files: nothing here comes from the engine. */
export interface LanguageFacts {
  /** The editor's name of it. */
  readonly id: string;
  readonly endings: readonly string[];
  /** Whole file names, where the ending says nothing. */
  readonly names?: readonly RegExp[];
  /** What models write behind the fence, the most usual first. */
  readonly fences: readonly string[];
  /** Tags that come often and are not quite right. */
  readonly oddFences?: readonly string[];
  readonly line?: readonly string[];
  readonly block?: readonly (readonly [string, string])[];
  readonly nestedBlocks?: boolean;
  readonly strings?: readonly StringRule[];
  readonly units: UnitStyle;
  readonly heads?: readonly HeadRule[];
  /** Simple statements end with a semicolon. */
  readonly semicolons?: boolean;
  /** One more statement, without its indentation. */
  readonly statements?: readonly ((n: number) => string)[];
  /** The line that opens a condition and the one that closes it. */
  readonly wrap?: readonly [open: string, close: string];
  readonly guard?: readonly string[];
  readonly documented?: "block" | "lines" | "docstring";
  readonly docPrefix?: string;
  readonly param?: (n: number) => string;
  readonly imports?: {
    readonly line: RegExp;
    readonly fresh: (n: number) => string;
    readonly use: (n: number) => string;
  };
  /** A line of data that may come twice, with another name, and may go. */
  readonly entry?: RegExp;
  /** What the script inside markup is written in. */
  readonly script?: LanguageFacts;
  /** A whole new function: lines without indentation, one step of indentation written as a tab. */
  readonly fresh?: (name: string) => readonly string[];
  readonly freshMethod?: (name: string) => readonly string[];
  readonly call?: (name: string) => string;
}

/** Ways of writing strings and comments that several languages share. */
export const double: StringRule = { open: '"', close: '"', escapes: true, manyLines: false };
export const single: StringRule = { open: "'", close: "'", escapes: true, manyLines: false };
export const triple: StringRule = { open: '"""', close: '"""', escapes: false, manyLines: true };
export const template: StringRule = {
  open: "`",
  close: "`",
  escapes: true,
  manyLines: true,
  hole: "${",
};
export const slashes = { line: ["//"], block: [["/*", "*/"]] as const };
