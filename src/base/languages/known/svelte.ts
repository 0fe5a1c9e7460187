import type { Language } from "../language";
import { scripted } from "../shared-facts";

export const svelte: Language = {
  id: "svelte",
  endings: ".svelte",
  holds: "html xml javascript typescript css scss sass less stylus",
  scripts: true,
  linksWith: "script",
  facts: scripted,
};
