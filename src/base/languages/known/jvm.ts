import { escapeRegExp } from "../../escape-reg-exp";
import { plainImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

const jvm = {
  linksWith: "jvm",
  facts: { ...braced, longQuotes: ['"""'], imports: [plainImport] },
} as const satisfies Partial<Language>;

const tested = {
  tests: {
    names: "*Test *Tests *IT",
    imports: (stem) => new RegExp(`\\b${escapeRegExp(stem)}\\b`),
    about: "named",
  },
  testTool: "jvm",
} as const satisfies Partial<Language>;

export const java: Language = {
  ...jvm,
  ...tested,
  id: "java",
  aliases: "jav",
  endings: ".java",
  files: ".jav",
  families: "java",
  grammar: "java",
  functionsInClasses: true,
  testName: "*Test",
  compiler: "javac",
};

export const kotlin: Language = {
  ...jvm,
  ...tested,
  id: "kotlin",
  aliases: "kt kts",
  endings: ".kt .kts",
  facts: { ...jvm.facts, nestedComments: true },
};

export const scala: Language = {
  ...jvm,
  id: "scala",
  aliases: "sc sbt",
  endings: ".scala .sbt",
  files: ".sc",
  facts: { ...jvm.facts, nestedComments: true },
};

export const groovy: Language = {
  ...jvm,
  id: "groovy",
  aliases: "gradle gvy jenkinsfile",
  endings: ".groovy .gradle",
  files: ".gvy .jenkinsfile .nf jenkinsfile*",
  program: /\bgroovy\b/,
  families: "java",
  facts: { ...jvm.facts, longQuotes: ['"""', "'''"], equalQuotes: true },
  functionsInClasses: true,
};
