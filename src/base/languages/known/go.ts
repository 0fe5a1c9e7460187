import { escapeRegExp } from "../../escape-reg-exp";
import { plainImport, quotedImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

export const go: Language = {
  id: "go",
  aliases: "golang",
  endings: ".go",
  facts: {
    ...braced,
    longQuotes: ["`"],
    typeHead: /^\s*type\s+(\w+)\s+(?:struct|interface)\b/,
    imports: [quotedImport, plainImport],
    importList: true,
  },
  grammar: "go",
  methodsBesideTypes: true,
  testName: "*_test",
  tests: {
    names: "*_test",
    imports: (stem) => new RegExp(`\\b${escapeRegExp(stem)}\\b`),
    about: "folder",
  },
  testTool: "go",
  compiler: "goVet",
};
