import { loadedFile, modulesUsed } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const perl: Language = {
  id: "perl",
  aliases: "pl pm perl5 perl6 raku",
  endings: ".pl",
  files: ".pm .pod .t .psgi",
  program: /\bperl\b/,
  facts: { ...hashed, blocks: "brace", imports: [modulesUsed, loadedFile] },
};
