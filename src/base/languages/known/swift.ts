import { plainImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

export const swift: Language = {
  id: "swift",
  aliases: "swiftui",
  endings: ".swift",
  facts: { ...braced, longQuotes: ['"""'], nestedComments: true, imports: [plainImport] },
};
