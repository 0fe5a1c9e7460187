import { plainImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

export const dart: Language = {
  id: "dart",
  aliases: "flutter",
  endings: ".dart",
  facts: {
    ...braced,
    longQuotes: ['"""', "'''"],
    equalQuotes: true,
    imports: [plainImport],
  },
};
