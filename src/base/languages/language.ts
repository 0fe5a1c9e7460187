import type { ImportForm } from "./import-forms";

/**
 * What must be known of a language to compare two pieces of its code by what they say, not by how
 * they are laid out.
 */
export interface LanguageFacts {
  readonly lineComments: readonly string[];
  /** Begins as a comment does, and is code: an attribute. */
  readonly noComment?: string;
  readonly blockComment?: readonly [open: string, close: string];
  /** A block comment may hold another. */
  readonly nestedComments?: true;
  /** Characters that open a string which ends on its own line. */
  readonly quotes: string;
  /** Strings over several lines: what opens and closes them. */
  readonly longQuotes: readonly string[];
  /** A string that stands alone as a statement says something to the reader, and nothing more. */
  readonly docstrings?: true;
  /**
   * How a declaration ends: by indentation, by its brace, by a line with `end`, or the language has
   * none that we know.
   */
  readonly blocks: "indent" | "brace" | "end" | "none";
  /**
   * What ends the head of a declaration that has such a block; without it the head is all:
   * `def add(cart, 0), do: cart`.
   */
  readonly blockOpens?: RegExp;
  /** 'a' and "a" mean the same. */
  readonly equalQuotes: boolean;
  /** A semicolon at a line's end may be left out. */
  readonly optionalSemicolons: boolean;
  /** A slash may open a regular expression. */
  readonly regexLiterals: boolean;
  /** A `)` that closes nothing ends a label: `start)` in a `case`. */
  readonly loneParentheses?: true;
  /** What stands before a brace is a selector: a style sheet. */
  readonly selectors?: true;
  /** A line that declares a type in words of this language only; the first group is its name. */
  readonly typeHead?: RegExp;
  /** How names are brought in. Absent: any way that is known may be one of its own. */
  readonly imports?: readonly ImportForm[];
  /** One import that is not used is an error, and several stand in one list of paths. */
  readonly importList?: true;
}

/** Which files of a project are tests, and what they call what they test. */
export interface TestFiles {
  /** Their names without the ending, with `*` for that of what they test: `test_* *_test`. */
  readonly names?: string;
  /** Whatever stands in a folder of one of these names is one, too. */
  readonly folders?: string;
  /** What the text of a test file holds, where its name alone does not tell. */
  readonly holds?: RegExp;
  /** Whether a test's text speaks of a module of this name. */
  readonly imports: (stem: string) => RegExp;
  /**
   * The tests that are about a file: those of its name or else those that import it, those of its
   * folder, or whichever the language's own tool finds.
   */
  readonly about: "named" | "folder" | "any";
}

/** What is known of a language. Lists of words have blanks between them. */
export interface Language {
  /** The editor's id. */
  readonly id: string;
  /**
   * The id of the language that it is a form of: its fences are the same, and what is not said here
   * is as there.
   */
  readonly dialectOf?: string;
  /** The other names that models and people give it in fences. */
  readonly aliases?: string;
  /** The name that models know it by; absent: its id. */
  readonly fence?: string;
  /**
   * How its files are called as a rule: a word alone that ends so is a path, as `order.total` is
   * not.
   */
  readonly endings?: string;
  /**
   * What else the editor takes for it: an ending with its dot, a whole name, or a pattern with `*`.
   */
  readonly files?: string;
  /** The program that the first line of a script names. */
  readonly program?: RegExp;
  /** Its code is often given under the names of all languages that share one of these words. */
  readonly families?: string;
  /** Its files may hold pieces of these languages; `*`: of any. */
  readonly holds?: string;
  /** Its files are markup, and what is parsed of them are the scripts in it. */
  readonly scripts?: true;
  /** Its text are commands to run. */
  readonly commands?: true;
  /** Files of languages with one word here import from one another. */
  readonly linksWith?: string;
  readonly facts?: LanguageFacts;
  /**
   * The file of the tree-sitter grammar that reads it, without its ending; its rules are in
   * `src/syntax/languages`.
   */
  readonly grammar?: string;
  /** A function has to be in a class. */
  readonly functionsInClasses?: true;
  /** A method stands beside its type, not in it. */
  readonly methodsBesideTypes?: true;
  /** A call by the name alone never is one of a method. */
  readonly callsByReceiver?: true;
  /** A method names its own object first: `self`. */
  readonly namesSelf?: true;
  /** The name of a new file with tests, by that of the file: `test_*`. */
  readonly testName?: string;
  readonly tests?: TestFiles;
  /** What runs its tests. */
  readonly testTool?: "python" | "node" | "go" | "cargo" | "jvm" | "dotnet";
  /** What tells whether it compiles, where no test that runs has told so. */
  readonly compiler?: "goVet" | "cargoCheck" | "javac" | "tsc";
  /** How the examples in its comments are written, and what runs them. */
  readonly examples?: "doctest" | "script" | "typedScript";
  /**
   * What a proposal in it is shown as, where a service of the editor fetches what a document names,
   * its schema above all, as soon as it is open. The colours are the same, and no service knows the
   * names.
   */
  readonly quietAs?: "thinkaloud-json" | "thinkaloud-yaml" | "thinkaloud-xml" | "plaintext";
}
