import type { Language } from "../language";
import { plainTextId } from "../plain-text-id";
import { prose } from "../shared-facts";

/** Also what a file that was never saved is taken for: it may be of any language. */
export const plainText: Language = {
  id: plainTextId,
  aliases: "text txt plain none raw nohighlight",
  fence: "text",
  endings: ".txt",
  holds: "*",
  facts: prose,
};
