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
  /** Sticky at a line's start, over text whose comments and strings are blanked; its groups are `indent` and `name`. */
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
  readonly imports?: { readonly line: RegExp; readonly fresh: (n: number) => string; readonly use: (n: number) => string };
  /** A whole new function: lines without indentation, one step of indentation written as a tab. */
  readonly fresh?: (name: string) => readonly string[];
  readonly freshMethod?: (name: string) => readonly string[];
  readonly call?: (name: string) => string;
}

const double: StringRule = { open: '"', close: '"', escapes: true, manyLines: false };
const single: StringRule = { open: "'", close: "'", escapes: true, manyLines: false };
const triple: StringRule = { open: '"""', close: '"""', escapes: false, manyLines: true };
const template: StringRule = { open: "`", close: "`", escapes: true, manyLines: true, hole: "${" };
const slashes = { line: ["//"], block: [["/*", "*/"]] as const };

const jsNotNames =
  "(?!(?:if|for|while|switch|catch|function|return|with|super|await|new|typeof|else|do|import|require|describe|it|test|expect)\\b)";
const jsHeads: readonly HeadRule[] = [
  {
    kind: "class",
    head: /(?<indent>[ \t]*)(?:export[ ]+)?(?:default[ ]+)?(?:abstract[ ]+)?class[ ]+(?<name>[\w$]+)/y,
    tail: /[^{};]*/y,
  },
  {
    kind: "function",
    head: /(?<indent>[ \t]*)(?:export[ ]+)?(?:default[ ]+)?(?:async[ ]+)?function[ ]*\*?[ ]*(?<name>[\w$]+)[ ]*(?=[(<])/y,
    tail: /\s*(?::[^{};]*)?/y,
  },
  {
    kind: "function",
    head: /(?<indent>[ \t]*)(?:export[ ]+)?(?:const|let|var)[ ]+(?<name>[\w$]+)[ ]*=[ ]*(?:async[ ]*)?(?:function\b[ \w$*]*)?(?=\()/y,
    tail: /\s*(?::[^{};=]*)?(?:=>)?\s*/y,
  },
  {
    kind: "function",
    head: /(?<indent>[ \t]*)(?<name>(?:[\w$]+\.)+[\w$]+)[ ]*=[ ]*(?:async[ ]+)?function\b[ \w$*]*(?=\()/y,
    tail: /\s*/y,
  },
  {
    kind: "function",
    head: /(?<indent>[ \t]+)(?<name>[\w$]+)[ ]*:[ ]*(?:async[ ]+)?function\b[ \w$*]*(?=\()/y,
    tail: /\s*/y,
  },
  {
    kind: "function",
    head: new RegExp(
      `(?<indent>[ \\t]+)(?:(?:static|async|get|set|public|private|protected|override)[ ]+)*\\*?[ ]*${jsNotNames}(?<name>#?[\\w$]+)[ ]*(?=[(<])`,
      "y",
    ),
    tail: /\s*(?::[^{};]*)?/y,
    inside: true,
  },
];
const jsImports = (quote: string) => ({
  line: /^import\b.*from\b.*/,
  fresh: (n: number) => `import { trace${n} } from ${quote}./trace-${n}${quote};`,
  use: (n: number) => `trace${n}();`,
});

const script: Omit<LanguageFacts, "id" | "endings" | "fences" | "imports"> = {
  ...slashes,
  strings: [template, double, single],
  units: "brace",
  heads: jsHeads,
  semicolons: true,
  statements: [(n) => `console.debug("step", ${n});`, (n) => `const mark${n} = Date.now();`, (n) => `checkState(${n});`],
  wrap: ["if (isEnabled) {", "}"],
  guard: ["if (isDone()) {", "\treturn undefined;", "}"],
  documented: "block",
  param: (n) => `extra${n}`,
  fresh: (name) => [
    `function ${name}(first, second) {`,
    "\tif (first === second) {",
    "\t\treturn 0;",
    "\t}",
    "\treturn first - second;",
    "}",
  ],
  freshMethod: (name) => [`${name}(first, second) {`, "\tif (first === second) {", "\t\treturn 0;", "\t}", "\treturn first - second;", "}"],
  call: (name) => `const result = ${name}(1, 2);\nconsole.log(result);`,
};

const controlWords =
  "(?!(?:if|for|foreach|while|switch|catch|return|new|else|do|throw|case|default|using|lock|await|yield|synchronized|sizeof|typedef|try|assert|delete|goto|static_assert|package|import|namespace|enum|struct|class|interface|union)\\b)";
const cTypeWords = `(?:${controlWords}[\\w.:@]+(?:<[^;{}()=\\n]*>)?(?:\\[\\])*[ \\t*&?]+)`;

const javaHeads: readonly HeadRule[] = [
  {
    kind: "class",
    head: /(?<indent>[ \t]*)(?:(?:public|private|protected|static|final|abstract|sealed|strictfp|internal|partial|readonly)[ ]+)*(?:class|interface|enum|struct|record|trait)[ ]+(?<name>\w+)/y,
    tail: /[^{};=]*/y,
  },
  {
    kind: "function",
    head: new RegExp(
      `(?<indent>[ \\t]*)(?:<[^;{}()=\\n]*>[ ]+)?${cTypeWords}+(?:<[^;{}()=\\n]*>[ ]+)?${cTypeWords}*${controlWords}(?<name>\\w+)[ ]*(?=\\()`,
      "y",
    ),
    tail: /\s*(?:throws[\w.,\s]+)?(?:where[^{};]*)?/y,
    inside: true,
  },
];

const cStatements = [(n: number) => `check_state(${n});`, (n: number) => `counter += ${n};`];
const cCommon = {
  ...slashes,
  strings: [double, single],
  units: "brace" as const,
  semicolons: true,
  statements: cStatements,
  wrap: ["if (enabled) {", "}"] as const,
  guard: ["if (count == 0) {", "\treturn;", "}"],
  documented: "block" as const,
  param: (n: number) => `int extra${n}`,
  imports: { line: /^#\s*include\b.*/, fresh: (n: number) => `#include "trace${n}.h"`, use: (n: number) => `trace${n}();` },
  fresh: (name: string) => [
    `static int ${name}(int first, int second)`,
    "{",
    "\tif (first == second)",
    "\t\treturn 0;",
    "\treturn first - second;",
    "}",
  ],
  call: (name: string) => `int result = ${name}(1, 2);`,
};
const cHeads: readonly HeadRule[] = [
  { kind: "function", head: new RegExp(`(?<indent>)${cTypeWords}*\\*?${controlWords}(?<name>\\w+)[ ]*(?=\\()`, "y"), tail: /\s*/y },
];
const cppHeads: readonly HeadRule[] = [
  {
    kind: "class",
    head: /(?<indent>[ \t]*)(?:class|struct)[ ]+(?:[A-Z_]+[ ]+)?(?<name>\w+)/y,
    tail: /[^{};=()]*/y,
  },
  {
    kind: "function",
    head: new RegExp(`(?<indent>[ \\t]*)${cTypeWords}*\\*?${controlWords}(?<name>(?:\\w+::)*~?\\w+)[ ]*(?=\\()`, "y"),
    tail: /\s*(?:(?:const|noexcept|override|final)\s*)*(?:->[^{};]*)?(?::[^{};]*)?/y,
  },
];

export const languages: readonly LanguageFacts[] = [
  {
    id: "python",
    endings: ["py"],
    fences: ["python", "py"],
    oddFences: ["plaintext", "python3"],
    line: ["#"],
    strings: [triple, { ...triple, open: "'''", close: "'''" }, double, single],
    units: "indent",
    heads: [
      { kind: "class", head: /(?<indent>[ \t]*)class[ ]+(?<name>\w+)/y },
      { kind: "function", head: /(?<indent>[ \t]*)(?:async[ ]+)?def[ ]+(?<name>\w+)[ ]*(?=\()/y },
    ],
    statements: [(n) => `logger.debug("step %d", ${n})`, (n) => `mark_${n} = None`, (n) => `check_state(${n})`],
    wrap: ["if enabled:", ""],
    guard: ["if not enabled:", "\treturn None"],
    documented: "docstring",
    param: (n) => `extra_${n}=None`,
    imports: {
      line: /^(?:import\s+[\w.]+|from\s+[\w.]+\s+import\s+[\w., ]+)$/,
      fresh: (n) => `import trace${n}`,
      use: (n) => `trace${n}.start()`,
    },
    fresh: (name) => [
      `def ${name}(first, second):`,
      '\t"""The difference of two values."""',
      "\tif first == second:",
      "\t\treturn 0",
      "\treturn first - second",
    ],
    freshMethod: (name) => [
      `def ${name}(self, first, second):`,
      '\t"""The difference of two values."""',
      "\tif first == second:",
      "\t\treturn 0",
      "\treturn first - second",
    ],
    call: (name) => `result = ${name}(1, 2)\nprint(result)`,
  },
  {
    ...script,
    id: "javascript",
    endings: ["js", "mjs", "cjs"],
    fences: ["javascript", "js"],
    oddFences: ["typescript", "plaintext"],
    imports: jsImports("'"),
  },
  {
    ...script,
    id: "typescript",
    endings: ["ts", "mts"],
    fences: ["typescript", "ts"],
    oddFences: ["javascript", "tsx"],
    imports: jsImports("'"),
    param: (n) => `extra${n}?: number`,
    fresh: (name) => [
      `function ${name}(first: number, second: number): number {`,
      "\tif (first === second) {",
      "\t\treturn 0;",
      "\t}",
      "\treturn first - second;",
      "}",
    ],
    freshMethod: (name) => [
      `${name}(first: number, second: number): number {`,
      "\tif (first === second) {",
      "\t\treturn 0;",
      "\t}",
      "\treturn first - second;",
      "}",
    ],
  },
  {
    ...script,
    id: "typescriptreact",
    endings: ["tsx"],
    fences: ["tsx", "typescript"],
    oddFences: ["jsx", "typescript", "javascript"],
    imports: jsImports("'"),
    param: (n) => `extra${n}?: number`,
  },
  { ...script, id: "javascriptreact", endings: ["jsx"], fences: ["jsx", "javascript"], oddFences: ["js", "tsx"], imports: jsImports("'") },
  {
    id: "go",
    endings: ["go"],
    fences: ["go", "golang"],
    oddFences: ["plaintext"],
    ...slashes,
    strings: [{ ...template, escapes: false, hole: undefined } as unknown as StringRule, double, single],
    units: "brace",
    heads: [
      { kind: "class", head: /(?<indent>)type[ ]+(?<name>\w+)[ ]+(?:struct|interface)/y, tail: /[ ]*/y },
      { kind: "function", head: /(?<indent>)func[ ]+(?:\([^()\n]*\)[ ]*)?(?<name>\w+)[ ]*(?=[([])/y, tail: /[^{};\n]*/y },
    ],
    statements: [(n) => `log.Printf("step %d", ${n})`, (n) => `mark${n} := time.Now()`, (n) => `checkState(${n})`],
    wrap: ["if enabled {", "}"],
    guard: ["if !enabled {", "\treturn", "}"],
    documented: "lines",
    docPrefix: "//",
    param: (n) => `extra${n} int`,
    imports: { line: /^\t"[\w./-]+"$/, fresh: (n) => `\t"example.org/trace${n}"`, use: (n) => `trace${n}.Start()` },
    fresh: (name) => [
      `func ${name}(first, second int) int {`,
      "\tif first == second {",
      "\t\treturn 0",
      "\t}",
      "\treturn first - second",
      "}",
    ],
    call: (name) => `result := ${name}(1, 2)\nfmt.Println(result)`,
  },
  {
    id: "java",
    endings: ["java"],
    fences: ["java"],
    oddFences: ["plaintext"],
    ...slashes,
    strings: [triple, double, single],
    units: "brace",
    heads: javaHeads,
    semicolons: true,
    statements: [(n) => `checkState(${n});`, (n) => `int mark${n} = 0;`],
    wrap: ["if (enabled) {", "}"],
    guard: ["if (isDone()) {", "\tthrow new IllegalStateException();", "}"],
    documented: "block",
    param: (n) => `int extra${n}`,
    imports: { line: /^import\s+(?:static\s+)?[\w.*]+;$/, fresh: (n) => `import org.example.Trace${n};`, use: (n) => `Trace${n}.start();` },
    freshMethod: (name) => [
      `private static int ${name}(int first, int second) {`,
      "\tif (first == second) {",
      "\t\treturn 0;",
      "\t}",
      "\treturn first - second;",
      "}",
    ],
    call: (name) => `int result = ${name}(1, 2);\nSystem.out.println(result);`,
  },
  {
    id: "rust",
    endings: ["rs"],
    fences: ["rust", "rs"],
    oddFences: ["plaintext"],
    ...slashes,
    nestedBlocks: true,
    strings: [{ ...double, manyLines: true }, single],
    units: "brace",
    heads: [
      {
        kind: "class",
        head: /(?<indent>[ \t]*)(?:pub(?:\([^)\n]*\))?[ ]+)?(?:unsafe[ ]+)?(?:struct|enum|trait)[ ]+(?<name>\w+)/y,
        tail: /[^{};()]*/y,
      },
      { kind: "class", head: /(?<indent>[ \t]*)(?:unsafe[ ]+)?(?<name>impl\b[^{};()\n]*)/y, tail: /[^{};()]*/y },
      {
        kind: "function",
        head: /(?<indent>[ \t]*)(?:pub(?:\([^)\n]*\))?[ ]+)?(?:(?:default|const|async|unsafe)[ ]+)*fn[ ]+(?<name>\w+)(?=[(<])/y,
        tail: /[^{};]*/y,
      },
    ],
    semicolons: true,
    statements: [(n) => `check_state(${n});`, (n) => `let mark_${n} = 0;`],
    wrap: ["if enabled {", "}"],
    guard: ["if done {", "\treturn Default::default();", "}"],
    documented: "lines",
    docPrefix: "///",
    param: (n) => `extra_${n}: usize`,
    imports: { line: /^use\s+[\w:]+(?:::\{[\w, ]+\})?;$/, fresh: (n) => `use crate::trace${n}::start;`, use: () => "start();" },
    fresh: (name) => [
      `fn ${name}(first: i64, second: i64) -> i64 {`,
      "\tif first == second {",
      "\t\treturn 0;",
      "\t}",
      "\tfirst - second",
      "}",
    ],
    freshMethod: (name) => [
      `fn ${name}(&self, first: i64, second: i64) -> i64 {`,
      "\tif first == second {",
      "\t\treturn 0;",
      "\t}",
      "\tfirst - second",
      "}",
    ],
    call: (name) => `let result = ${name}(1, 2);\nprintln!("{}", result);`,
  },
  { ...cCommon, id: "c", endings: ["c"], fences: ["c"], oddFences: ["cpp", "plaintext"], heads: cHeads },
  {
    ...cCommon,
    id: "cpp",
    endings: ["cpp", "cc", "cxx", "hpp", "h"],
    fences: ["cpp", "c++"],
    oddFences: ["c", "plaintext"],
    heads: cppHeads,
  },
  {
    id: "csharp",
    endings: ["cs"],
    fences: ["csharp", "cs", "c#"],
    oddFences: ["java", "plaintext"],
    ...slashes,
    strings: [{ open: '@"', close: '"', escapes: false, manyLines: true }, double, single],
    units: "brace",
    heads: javaHeads,
    semicolons: true,
    statements: [(n) => `CheckState(${n});`, (n) => `var mark${n} = 0;`],
    wrap: ["if (enabled)\n{", "}"],
    guard: ["if (IsDone)", "{", "\tthrow new InvalidOperationException();", "}"],
    documented: "lines",
    docPrefix: "///",
    param: (n) => `int extra${n}`,
    imports: { line: /^using\s+[\w.]+;$/, fresh: (n) => `using Example.Trace${n};`, use: (n) => `Trace${n}.Start();` },
    freshMethod: (name) => [
      `private static int ${name}(int first, int second)`,
      "{",
      "\tif (first == second)",
      "\t{",
      "\t\treturn 0;",
      "\t}",
      "\treturn first - second;",
      "}",
    ],
    call: (name) => `var result = ${name}(1, 2);`,
  },
  {
    id: "php",
    endings: ["php"],
    fences: ["php"],
    oddFences: ["plaintext", "html"],
    line: ["//", "#"],
    block: [["/*", "*/"]],
    strings: [
      { ...double, manyLines: true },
      { ...single, manyLines: true },
    ],
    units: "brace",
    heads: [
      {
        kind: "class",
        head: /(?<indent>[ \t]*)(?:(?:final|abstract|readonly)[ ]+)*(?:class|interface|trait)[ ]+(?<name>\w+)/y,
        tail: /[^{};()]*/y,
      },
      {
        kind: "function",
        head: /(?<indent>[ \t]*)(?:(?:public|private|protected|static|final|abstract)[ ]+)*function[ ]+&?(?<name>\w+)[ ]*(?=\()/y,
        tail: /\s*(?::[^{};]*)?/y,
      },
    ],
    semicolons: true,
    statements: [(n) => `$this->check(${n});`, (n) => `$mark${n} = null;`],
    wrap: ["if ($enabled) {", "}"],
    guard: ["if ($done) {", "\tthrow new \\LogicException('done');", "}"],
    documented: "block",
    param: (n) => `$extra${n} = null`,
    imports: { line: /^use\s+[\w\\]+;$/, fresh: (n) => `use Example\\Trace${n};`, use: (n) => `Trace${n}::start();` },
    freshMethod: (name) => [
      `private function ${name}($first, $second)`,
      "{",
      "\tif ($first === $second) {",
      "\t\treturn 0;",
      "\t}",
      "",
      "\treturn $first - $second;",
      "}",
    ],
    call: (name) => `$result = $object->${name}(1, 2);`,
  },
  {
    id: "ruby",
    endings: ["rb", "rake"],
    names: [/^Rakefile$/, /^Gemfile$/],
    fences: ["ruby", "rb"],
    oddFences: ["plaintext"],
    line: ["#"],
    strings: [
      { ...double, manyLines: true },
      { ...single, manyLines: true },
    ],
    units: "end",
    heads: [
      { kind: "class", head: /(?<indent>[ \t]*)(?:class|module)[ ]+(?<name>[\w:]+)[^;\n]*$/my },
      { kind: "function", head: /(?<indent>[ \t]*)def[ ]+(?:self\.)?(?<name>\w+[?!=]?)(?=[ (\n])[^;\n]*$/my },
    ],
    statements: [(n) => `check_state(${n})`, (n) => `mark_${n} = nil`],
    wrap: ["if enabled?", "end"],
    guard: ["return nil unless enabled?"],
    documented: "lines",
    docPrefix: "#",
    param: (n) => `extra_${n} = nil`,
    imports: { line: /^require\s+['"][\w./-]+['"]$/, fresh: (n) => `require 'trace${n}'`, use: (n) => `Trace${n}.start` },
    freshMethod: (name) => [`def ${name}(first, second)`, "\treturn 0 if first == second", "", "\tfirst - second", "end"],
    fresh: (name) => [`def ${name}(first, second)`, "\treturn 0 if first == second", "", "\tfirst - second", "end"],
    call: (name) => `puts ${name}(1, 2)`,
  },
  {
    id: "shellscript",
    endings: ["sh", "bash"],
    fences: ["bash", "sh", "shell"],
    oddFences: ["plaintext", "zsh"],
    line: ["#"],
    strings: [
      { ...double, manyLines: true },
      { open: "'", close: "'", escapes: false, manyLines: true },
    ],
    units: "closing",
    heads: [{ kind: "function", head: /(?<indent>[ \t]*)(?:function[ ]+)?(?<name>[\w:-]+)[ ]*\(\)[ \t]*\n?[ \t]*\{[ \t]*$/my }],
    statements: [(n) => `echo "step ${n}" >&2`, (n) => `mark_${n}=""`],
    wrap: ['if [ -n "$enabled" ]; then', "fi"],
    guard: ['if [ -z "$1" ]; then', "\treturn 1", "fi"],
    documented: "lines",
    docPrefix: "#",
    fresh: (name) => [`${name}() {`, '\tif [ "$1" -eq "$2" ]; then', "\t\treturn 0", "\tfi", "\techo $(($1 - $2))", "}"],
    call: (name) => `${name} 1 2`,
  },
  {
    id: "css",
    endings: ["css"],
    fences: ["css"],
    oddFences: ["scss", "plaintext"],
    block: [["/*", "*/"]],
    strings: [double, single],
    units: "brace",
    heads: [{ kind: "function", head: /(?<indent>)(?<name>[^\s{}@;/][^{}@;\n]*?)[ ]*(?=\{)/y, tail: /[ ]*/y }],
    semicolons: true,
    statements: [(n) => `z-index: ${n};`, (n) => `margin-top: ${n}px;`],
    documented: "block",
  },
  {
    id: "scss",
    endings: ["scss"],
    fences: ["scss", "sass"],
    oddFences: ["css", "plaintext"],
    ...slashes,
    strings: [double, single],
    units: "brace",
    heads: [{ kind: "function", head: /(?<indent>)(?:@(?:mixin|function)[ ]+)?(?<name>[^\s{}@;/][^{}@;\n]*?)[ ]*(?=\{)/y, tail: /[ ]*/y }],
    semicolons: true,
    statements: [(n) => `z-index: ${n};`, (n) => `margin-top: ${n}px;`],
    documented: "lines",
    docPrefix: "//",
  },
  {
    id: "kotlin",
    endings: ["kt", "kts"],
    fences: ["kotlin", "kt"],
    oddFences: ["java", "plaintext"],
    ...slashes,
    nestedBlocks: true,
    strings: [{ ...triple, hole: "${" }, { ...double, hole: "${" }, single],
    units: "brace",
    heads: [
      {
        kind: "class",
        head: /(?<indent>[ \t]*)(?:(?:public|private|internal|protected|open|abstract|sealed|data|inner|enum|annotation|actual|expect|companion|fun|value)[ ]+)*(?:class|interface|object)[ ]+(?<name>\w+)/y,
        tail: /[^{};=]*/y,
      },
      {
        kind: "function",
        head: /(?<indent>[ \t]*)(?:(?:public|private|internal|protected|open|abstract|override|suspend|inline|operator|infix|tailrec|final|actual|expect|external)[ ]+)*fun[ ]+(?:<[^>{}()\n]*>[ ]*)?(?:[\w.<>?,* ]+\.)?(?<name>\w+)[ ]*(?=\()/y,
        tail: /[^{};=]*/y,
      },
    ],
    statements: [(n) => `checkState(${n})`, (n) => `val mark${n} = ${n}`],
    wrap: ["if (enabled) {", "}"],
    guard: ["if (done) {", "\tthrow IllegalStateException()", "}"],
    documented: "block",
    param: (n) => `extra${n}: Int = 0`,
    imports: { line: /^import\s+[\w.]+$/, fresh: (n) => `import org.example.trace${n}`, use: (n) => `trace${n}()` },
    fresh: (name) => [
      `private fun ${name}(first: Int, second: Int): Int {`,
      "\tif (first == second) {",
      "\t\treturn 0",
      "\t}",
      "\treturn first - second",
      "}",
    ],
    freshMethod: (name) => [
      `private fun ${name}(first: Int, second: Int): Int {`,
      "\tif (first == second) {",
      "\t\treturn 0",
      "\t}",
      "\treturn first - second",
      "}",
    ],
    call: (name) => `val result = ${name}(1, 2)\nprintln(result)`,
  },
  {
    id: "scala",
    endings: ["scala", "sc"],
    fences: ["scala"],
    oddFences: ["java", "plaintext"],
    ...slashes,
    nestedBlocks: true,
    strings: [triple, double],
    units: "brace",
    heads: [
      {
        kind: "class",
        head: /(?<indent>[ \t]*)(?:(?:private|protected|final|abstract|sealed|case|implicit|open)(?:\[\w+\])?[ ]+)*(?:class|trait|object)[ ]+(?<name>\w+)/y,
        tail: /[^{};=]*/y,
      },
      {
        kind: "function",
        head: /(?<indent>[ \t]*)(?:(?:override|private|protected|final|implicit|inline)(?:\[\w+\])?[ ]+)*def[ ]+(?<name>\w+)(?=[([:= ])/y,
        tail: /[^{};]*/y,
      },
    ],
    statements: [(n) => `checkState(${n})`, (n) => `val mark${n} = ${n}`],
    wrap: ["if (enabled) {", "}"],
    guard: ["if (done) {", "\tthrow new IllegalStateException()", "}"],
    documented: "block",
    param: (n) => `extra${n}: Int`,
    imports: { line: /^import\s+[\w.]+$/, fresh: (n) => `import org.example.trace${n}`, use: (n) => `trace${n}()` },
    freshMethod: (name) => [
      `private def ${name}(first: Int, second: Int): Int = {`,
      "\tif (first == second) {",
      "\t\t0",
      "\t} else {",
      "\t\tfirst - second",
      "\t}",
      "}",
    ],
    call: (name) => `val result = ${name}(1, 2)\nprintln(result)`,
  },
  {
    id: "groovy",
    endings: ["groovy", "gradle"],
    fences: ["groovy"],
    oddFences: ["java", "plaintext"],
    ...slashes,
    strings: [triple, { ...triple, open: "'''", close: "'''" }, { ...double, hole: "${" }, single],
    units: "brace",
    heads: javaHeads,
    statements: [(n) => `checkState(${n})`, (n) => `def mark${n} = ${n}`],
    wrap: ["if (enabled) {", "}"],
    guard: ["if (done) {", "\tthrow new IllegalStateException()", "}"],
    documented: "block",
    param: (n) => `int extra${n}`,
    imports: { line: /^import\s+(?:static\s+)?[\w.*]+;?$/, fresh: (n) => `import org.example.Trace${n}`, use: (n) => `Trace${n}.start()` },
    freshMethod: (name) => [
      `private static int ${name}(int first, int second) {`,
      "\tif (first == second) {",
      "\t\treturn 0",
      "\t}",
      "\treturn first - second",
      "}",
    ],
    call: (name) => `println ${name}(1, 2)`,
  },
  {
    id: "swift",
    endings: ["swift"],
    fences: ["swift"],
    oddFences: ["plaintext", "kotlin"],
    ...slashes,
    nestedBlocks: true,
    strings: [triple, { ...double, hole: "\\(" }],
    units: "brace",
    heads: [
      {
        kind: "class",
        head: /(?<indent>[ \t]*)(?:(?:public|private|internal|fileprivate|open|final|indirect)[ ]+)*(?:class|struct|enum|protocol|extension|actor)[ ]+(?!func\b|var\b)(?<name>\w+)/y,
        tail: /[^{};=]*/y,
      },
      {
        kind: "function",
        head: /(?<indent>[ \t]*)(?:@\w+[ ]+)*(?:(?:public|private|internal|fileprivate|open|final|static|class|override|mutating|convenience|required)[ ]+)*(?:func[ ]+)(?<name>\w+)[ ]*(?=[(<])/y,
        tail: /[^{};=]*/y,
      },
    ],
    statements: [(n) => `checkState(${n})`, (n) => `let mark${n} = ${n}`],
    wrap: ["if enabled {", "}"],
    guard: ["guard enabled else {", "\tfatalError()", "}"],
    documented: "lines",
    docPrefix: "///",
    param: (n) => `extra${n}: Int = 0`,
    imports: { line: /^import\s+\w+$/, fresh: (n) => `import Trace${n}`, use: (n) => `Trace${n}.start()` },
    freshMethod: (name) => [
      `private func ${name}(first: Int, second: Int) -> Int {`,
      "\tif first == second {",
      "\t\treturn 0",
      "\t}",
      "\treturn first - second",
      "}",
    ],
    call: (name) => `print(${name}(first: 1, second: 2))`,
  },
  {
    id: "lua",
    endings: ["lua"],
    fences: ["lua"],
    oddFences: ["plaintext"],
    line: ["--"],
    block: [["--[[", "]]"]],
    strings: [{ open: "[[", close: "]]", escapes: false, manyLines: true }, double, single],
    units: "end",
    heads: [
      { kind: "function", head: /(?<indent>[ \t]*)(?:local[ ]+)?function[ ]+(?<name>[\w.:]+)[ ]*\([^()\n]*\)[ \t]*$/my },
      { kind: "function", head: /(?<indent>[ \t]*)(?:local[ ]+)?(?<name>[\w.]+)[ ]*=[ ]*function[ ]*\([^()\n]*\)[ \t]*$/my },
    ],
    statements: [(n) => `check_state(${n})`, (n) => `local mark_${n} = ${n}`],
    wrap: ["if enabled then", "end"],
    guard: ["if not enabled then", "\treturn nil", "end"],
    documented: "lines",
    docPrefix: "--",
    param: (n) => `extra_${n}`,
    imports: {
      line: /^local\s+\w+\s*=\s*require\s*\(?["'][\w.]+["']\)?$/,
      fresh: (n) => `local trace${n} = require("trace${n}")`,
      use: (n) => `trace${n}.start()`,
    },
    fresh: (name) => [
      `local function ${name}(first, second)`,
      "\tif first == second then",
      "\t\treturn 0",
      "\tend",
      "\treturn first - second",
      "end",
    ],
    call: (name) => `print(${name}(1, 2))`,
  },
  {
    id: "perl",
    endings: ["pl", "pm", "t"],
    fences: ["perl"],
    oddFences: ["plaintext"],
    line: ["#"],
    strings: [
      { ...double, manyLines: true },
      { ...single, manyLines: true },
    ],
    units: "closing",
    heads: [{ kind: "function", head: /(?<indent>[ \t]*)sub[ ]+(?<name>\w+)[ ]*(?:\([^)\n]*\)[ ]*)?\n?[ \t]*\{[ \t]*$/my }],
    semicolons: true,
    statements: [(n) => `check_state(${n});`, (n) => `my $mark_${n} = undef;`],
    wrap: ["if ($enabled) {", "}"],
    guard: ["if (!$enabled) {", "\treturn;", "}"],
    documented: "lines",
    docPrefix: "#",
    imports: { line: /^use\s+[A-Z][\w:]+;$/, fresh: (n) => `use Trace${n};`, use: (n) => `Trace${n}->start;` },
    fresh: (name) => [
      `sub ${name} {`,
      "\tmy ($first, $second) = @_;",
      "\tif ($first == $second) {",
      "\t\treturn 0;",
      "\t}",
      "\treturn $first - $second;",
      "}",
    ],
    call: (name) => `print ${name}(1, 2), "\\n";`,
  },
  { id: "html", endings: ["html", "htm"], fences: ["html"], oddFences: ["plaintext", "xml"], block: [["<!--", "-->"]], units: "none" },
  {
    id: "xml",
    endings: ["xml", "xsl", "xsd", "pom"],
    fences: ["xml"],
    oddFences: ["plaintext", "html"],
    block: [["<!--", "-->"]],
    units: "none",
  },
  { id: "vue", endings: ["vue"], fences: ["vue", "html"], oddFences: ["html", "javascript"], block: [["<!--", "-->"]], units: "none" },
  {
    id: "svelte",
    endings: ["svelte"],
    fences: ["svelte", "html"],
    oddFences: ["html", "javascript"],
    block: [["<!--", "-->"]],
    units: "none",
  },
  { id: "json", endings: ["json"], fences: ["json"], oddFences: ["plaintext", "javascript"], units: "none", strings: [double] },
  {
    id: "jsonc",
    endings: ["jsonc"],
    names: [/^tsconfig.*\.json$/, /^\.eslintrc$/, /^jsconfig.*\.json$/],
    fences: ["json", "jsonc"],
    oddFences: ["json5", "plaintext"],
    ...slashes,
    units: "none",
    strings: [double],
  },
  { id: "yaml", endings: ["yaml", "yml"], fences: ["yaml", "yml"], oddFences: ["plaintext"], line: ["#"], units: "none", strings: [] },
  {
    id: "toml",
    endings: ["toml"],
    fences: ["toml"],
    oddFences: ["ini", "plaintext"],
    line: ["#"],
    units: "none",
    strings: [double, single],
  },
  { id: "markdown", endings: ["md", "markdown"], fences: ["markdown", "md"], oddFences: ["plaintext"], units: "none" },
  {
    id: "sql",
    endings: ["sql"],
    fences: ["sql"],
    oddFences: ["plaintext", "pgsql"],
    line: ["--"],
    block: [["/*", "*/"]],
    units: "none",
    strings: [single],
  },
  {
    id: "haskell",
    endings: ["hs"],
    fences: ["haskell"],
    oddFences: ["plaintext"],
    line: ["--"],
    block: [["{-", "-}"]],
    nestedBlocks: true,
    units: "none",
    strings: [double],
  },
  {
    id: "makefile",
    endings: ["mk"],
    names: [/^(?:GNU)?[Mm]akefile(?:\.(?:am|in))?$/],
    fences: ["makefile", "make"],
    oddFences: ["plaintext", "bash"],
    line: ["#"],
    units: "none",
  },
  {
    id: "dockerfile",
    endings: ["dockerfile"],
    names: [/^Dockerfile/],
    fences: ["dockerfile", "docker"],
    oddFences: ["plaintext", "bash"],
    line: ["#"],
    units: "none",
  },
];
