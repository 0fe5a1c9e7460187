import { escapeRegExp } from "../../escape-reg-exp";
import type { Language } from "../language";
import { scripted } from "../shared-facts";

/** What JavaScript and TypeScript have in common, with JSX and without. */
const script = {
  families: "script",
  linksWith: "script",
  facts: scripted,
  tests: {
    names: "*.test *.spec",
    folders: "test tests __tests__",
    holds: /\b(?:describe|it|test|suite)(?:\.\w+)*\s*\(/,
    imports: (stem) => new RegExp(`["'][^"'\\n]*/${escapeRegExp(stem)}(?:\\.[cm]?[jt]sx?)?["']`),
    about: "named",
  },
  testTool: "node",
} as const satisfies Partial<Language>;

export const javascript: Language = {
  ...script,
  id: "javascript",
  aliases: "js mjs cjs node nodejs ecmascript es6 javascript-node",
  endings: ".js .mjs .cjs",
  files: ".es6 .pac jakefile",
  program: /(?<!-)\bnode\b/,
  grammar: "javascript",
  examples: "script",
};

export const javascriptReact: Language = {
  ...script,
  id: "javascriptreact",
  aliases: "jsx react",
  fence: "jsx",
  endings: ".jsx",
  grammar: "javascript",
};

export const typescript: Language = {
  ...script,
  id: "typescript",
  aliases: "ts mts cts deno angular-ts",
  endings: ".ts .cts .mts",
  program: /\b(deno|bun|ts-node|tsx)\b/,
  grammar: "typescript",
  compiler: "tsc",
  examples: "typedScript",
};

export const typescriptReact: Language = {
  ...script,
  id: "typescriptreact",
  aliases: "tsx",
  fence: "tsx",
  endings: ".tsx",
  grammar: "tsx",
  compiler: "tsc",
};
