/** What must be known of a language to compare two pieces of its code by what they say, not by how they are laid out. */
export interface LanguageFacts {
  readonly lineComments: readonly string[];
  readonly blockComment?: readonly [open: string, close: string];
  /** Characters that open a string which ends on its own line. */
  readonly quotes: string;
  /** Strings over several lines: what opens and closes them. */
  readonly longQuotes: readonly string[];
  /** How a declaration ends: by indentation, by its brace, by a line with `end`, or the language has none that we know. */
  readonly blocks: "indent" | "brace" | "end" | "none";
  /** 'a' and "a" mean the same. */
  readonly equalQuotes: boolean;
  /** A semicolon at a line's end may be left out. */
  readonly optionalSemicolons: boolean;
  /** A slash may open a regular expression. */
  readonly regexLiterals: boolean;
  /** What stands before a brace is a selector: a style sheet. */
  readonly selectors?: true;
}

const braced: LanguageFacts = {
  lineComments: ["//"],
  blockComment: ["/*", "*/"],
  quotes: "\"'",
  longQuotes: [],
  blocks: "brace",
  equalQuotes: false,
  optionalSemicolons: false,
  regexLiterals: false,
};
const script: LanguageFacts = {
  ...braced,
  longQuotes: ["`"],
  equalQuotes: true,
  optionalSemicolons: true,
  regexLiterals: true,
};
const hashed: LanguageFacts = {
  lineComments: ["#"],
  quotes: "\"'",
  longQuotes: [],
  blocks: "none",
  equalQuotes: false,
  optionalSemicolons: false,
  regexLiterals: false,
};
const prose: LanguageFacts = { ...hashed, lineComments: [], quotes: "" };

const known: Readonly<Record<string, LanguageFacts>> = {
  python: { ...hashed, longQuotes: ['"""', "'''"], blocks: "indent", equalQuotes: true },
  javascript: script,
  javascriptreact: script,
  typescript: script,
  typescriptreact: script,
  vue: script,
  svelte: script,
  java: { ...braced, longQuotes: ['"""'] },
  kotlin: { ...braced, longQuotes: ['"""'] },
  scala: { ...braced, longQuotes: ['"""'] },
  swift: { ...braced, longQuotes: ['"""'] },
  dart: { ...braced, longQuotes: ['"""', "'''"], equalQuotes: true },
  go: { ...braced, longQuotes: ["`"] },
  rust: braced,
  c: braced,
  cpp: braced,
  csharp: { ...braced, longQuotes: ['"""'] },
  "objective-c": braced,
  groovy: { ...braced, longQuotes: ['"""', "'''"], equalQuotes: true },
  php: { ...braced, lineComments: ["//", "#"] },
  css: { ...braced, lineComments: [], equalQuotes: true, selectors: true },
  scss: { ...braced, equalQuotes: true, selectors: true },
  less: { ...braced, equalQuotes: true, selectors: true },
  ruby: { ...hashed, blocks: "end" },
  elixir: { ...hashed, longQuotes: ['"""'], blocks: "end" },
  julia: { ...hashed, longQuotes: ['"""'], blocks: "end" },
  lua: { ...hashed, lineComments: ["--"], blocks: "end" },
  shellscript: { ...hashed, blocks: "brace" },
  perl: { ...hashed, blocks: "brace" },
  powershell: { ...hashed, blocks: "brace" },
  r: { ...hashed, blocks: "brace" },
  yaml: hashed,
  toml: { ...hashed, longQuotes: ['"""', "'''"] },
  dockerfile: hashed,
  makefile: hashed,
  sql: { ...hashed, lineComments: ["--"], blockComment: ["/*", "*/"] },
  haskell: { ...hashed, lineComments: ["--"], quotes: '"' },
  html: { ...prose, blockComment: ["<!--", "-->"] },
  xml: { ...prose, blockComment: ["<!--", "-->"] },
  markdown: prose,
  plaintext: prose,
  json: { ...braced, lineComments: [], quotes: '"' },
  jsonc: { ...braced, quotes: '"' },
};

/** An unknown language is compared as plain words: nothing in it is taken for a comment or a string. */
export function languageFacts(languageId: string): LanguageFacts {
  return known[languageId] ?? prose;
}
