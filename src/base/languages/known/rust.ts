import { escapeRegExp } from "../../escape-reg-exp";
import { useImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

export const rust: Language = {
  id: "rust",
  aliases: "rs rustlang",
  endings: ".rs",
  facts: { ...braced, nestedComments: true, imports: [useImport] },
  grammar: "rust",
  callsByReceiver: true,
  namesSelf: true,
  testName: "*_test",
  tests: {
    folders: "tests",
    imports: (stem) => new RegExp(`\\b${escapeRegExp(stem)}\\b`),
    about: "any",
  },
  testTool: "cargo",
  compiler: "cargoCheck",
};
