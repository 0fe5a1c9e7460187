import {
  assignedImport,
  loadedFile,
  moduleImport,
  passedOn,
  plainImport,
  styleImport,
} from "./import-forms";
import type { LanguageFacts } from "./language";

/** Blocks in braces, comments as C has them. */
export const braced: LanguageFacts = {
  lineComments: ["//"],
  blockComment: ["/*", "*/"],
  quotes: "\"'",
  longQuotes: [],
  blocks: "brace",
  equalQuotes: false,
  optionalSemicolons: false,
  regexLiterals: false,
};

/** JavaScript and what is written with it. */
export const scripted: LanguageFacts = {
  ...braced,
  longQuotes: ["`"],
  equalQuotes: true,
  optionalSemicolons: true,
  regexLiterals: true,
  imports: [moduleImport, plainImport, assignedImport, loadedFile, passedOn],
};

export const styled: LanguageFacts = {
  ...braced,
  equalQuotes: true,
  selectors: true,
  imports: [styleImport],
};

/** Comments behind `#`, and blocks that are not known. */
export const hashed: LanguageFacts = {
  lineComments: ["#"],
  quotes: "\"'",
  longQuotes: [],
  blocks: "none",
  equalQuotes: false,
  optionalSemicolons: false,
  regexLiterals: false,
};

/** Plain words: nothing is taken for a comment or a string. */
export const prose: LanguageFacts = { ...hashed, lineComments: [], quotes: "" };

export const markup: LanguageFacts = { ...prose, blockComment: ["<!--", "-->"] };
