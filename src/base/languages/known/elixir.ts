import { loadedFile, plainImport, useImport } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const elixir: Language = {
  id: "elixir",
  aliases: "ex exs iex eex heex",
  endings: ".ex .exs",
  facts: {
    ...hashed,
    longQuotes: ['"""'],
    blocks: "end",
    blockOpens: /\bdo\s*$/,
    imports: [plainImport, useImport, loadedFile],
  },
};
