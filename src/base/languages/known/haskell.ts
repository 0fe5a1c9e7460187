import { plainImport } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const haskell: Language = {
  id: "haskell",
  aliases: "hs lhs literate-haskell",
  endings: ".hs",
  files: ".lhs",
  facts: { ...hashed, lineComments: ["--"], quotes: '"', imports: [plainImport] },
};
