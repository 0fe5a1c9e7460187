import type { Language } from "../language";
import { scripted } from "../shared-facts";

export const vue: Language = {
  id: "vue",
  aliases: "vue-html vue3 sfc",
  endings: ".vue",
  holds: `html xml pug javascript javascriptreact typescript typescriptreact css scss sass less
    stylus json yaml`,
  scripts: true,
  linksWith: "script",
  facts: scripted,
};
