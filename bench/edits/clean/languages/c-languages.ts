import { double, type HeadRule, type LanguageFacts, single, slashes } from "./language-facts";
import { controlWords, cTypeWords, javaHeads } from "./typed-heads";

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
  imports: {
    line: /^#\s*include\b.*/,
    fresh: (n: number) => `#include "trace${n}.h"`,
    use: (n: number) => `trace${n}();`,
  },
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
  {
    kind: "function",
    head: new RegExp(`(?<indent>)${cTypeWords}*\\*?${controlWords}(?<name>\\w+)[ ]*(?=\\()`, "y"),
    tail: /\s*/y,
  },
];
const cppHeads: readonly HeadRule[] = [
  {
    kind: "class",
    head: /(?<indent>[ \t]*)(?:class|struct)[ ]+(?:[A-Z_]+[ ]+)?(?<name>\w+)/y,
    tail: /[^{};=()]*/y,
  },
  {
    kind: "function",
    head: new RegExp(
      `(?<indent>[ \\t]*)${cTypeWords}*\\*?${controlWords}(?<name>(?:\\w+::)*~?\\w+)[ ]*(?=\\()`,
      "y",
    ),
    tail: /\s*(?:(?:const|noexcept|override|final)\s*)*(?:->[^{};]*)?(?::[^{};]*)?/y,
  },
];

/** C, C++ and C#. */
export const cLanguages: readonly LanguageFacts[] = [
  {
    ...cCommon,
    id: "c",
    endings: ["c"],
    fences: ["c"],
    oddFences: ["cpp", "plaintext"],
    heads: cHeads,
  },
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
    imports: {
      line: /^using\s+[\w.]+;$/,
      fresh: (n) => `using Example.Trace${n};`,
      use: (n) => `Trace${n}.Start();`,
    },
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
];
