import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const dockerfile: Language = {
  id: "dockerfile",
  aliases: "docker containerfile",
  files: ".dockerfile .containerfile dockerfile containerfile dockerfile.* containerfile.*",
  facts: hashed,
};
