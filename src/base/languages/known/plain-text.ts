import type { Language } from "../language";
import { prose } from "../shared-facts";

/** Also what a file that was never saved is taken for: it may be of any language. */
export const plainText: Language = {
  id: "plaintext",
  aliases: "text txt plain none raw nohighlight",
  fence: "text",
  endings: ".txt",
  holds: "*",
  facts: prose,
};
