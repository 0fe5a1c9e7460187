import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const toml: Language = {
  id: "toml",
  aliases: "cargo pyproject",
  endings: ".toml",
  files: "cargo.lock poetry.lock pipfile",
  families: "settings",
  facts: { ...hashed, longQuotes: ['"""', "'''"] },
  quietAs: "plaintext",
};
