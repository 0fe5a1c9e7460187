import { loadedFile } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const r: Language = {
  id: "r",
  aliases: "rlang rscript",
  endings: ".r",
  files: ".rhistory .rprofile .rt",
  facts: { ...hashed, blocks: "brace", imports: [loadedFile] },
};
