import {
  double,
  type HeadRule,
  type LanguageFacts,
  single,
  slashes,
  template,
} from "./language-facts";

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
  statements: [
    (n) => `console.debug("step", ${n});`,
    (n) => `const mark${n} = Date.now();`,
    (n) => `checkState(${n});`,
  ],
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
  freshMethod: (name) => [
    `${name}(first, second) {`,
    "\tif (first === second) {",
    "\t\treturn 0;",
    "\t}",
    "\treturn first - second;",
    "}",
  ],
  call: (name) => `const result = ${name}(1, 2);\nconsole.log(result);`,
};

const javascript: LanguageFacts = {
  ...script,
  id: "javascript",
  endings: ["js", "mjs", "cjs"],
  fences: ["javascript", "js"],
  oddFences: ["typescript", "plaintext"],
  imports: jsImports("'"),
};
const typescript: LanguageFacts = {
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
};

/** JavaScript and its kin, and the markup that holds them. */
export const scriptLanguages: readonly LanguageFacts[] = [
  javascript,
  typescript,
  {
    ...typescript,
    id: "typescriptreact",
    endings: ["tsx"],
    fences: ["tsx", "typescript"],
    oddFences: ["jsx", "typescript", "javascript"],
  },
  {
    ...javascript,
    id: "javascriptreact",
    endings: ["jsx"],
    fences: ["jsx", "javascript"],
    oddFences: ["js", "tsx"],
  },
  {
    ...script,
    id: "vue",
    entry: /^\s*<([\w-]+)(?:\s[^<>]*)?>[^<>]+<\/\1>$|^\s*[\w.]+\(.*\);?$/,
    endings: ["vue"],
    fences: ["vue", "html"],
    oddFences: ["html", "javascript"],
    imports: jsImports("'"),
    script: typescript,
  },
  {
    ...script,
    id: "svelte",
    entry: /^\s*<([\w-]+)(?:\s[^<>]*)?>[^<>]+<\/\1>$|^\s*[\w.]+\(.*\);?$/,
    endings: ["svelte"],
    fences: ["svelte", "html"],
    oddFences: ["html", "javascript"],
    imports: jsImports("'"),
    script: typescript,
  },
];
