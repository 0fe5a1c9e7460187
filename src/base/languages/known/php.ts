import { loadedFile, useImport } from "../import-forms";
import type { Language } from "../language";
import { braced } from "../shared-facts";

export const php: Language = {
  id: "php",
  aliases: "php3 php7 php8 phtml",
  endings: ".php",
  files: ".php4 .php5 .phtml .ctp",
  program: /\bphp\b/,
  holds: "html javascript css sql xml",
  facts: {
    ...braced,
    lineComments: ["//", "#"],
    noComment: "#[",
    imports: [useImport, loadedFile],
  },
  grammar: "php",
  callsByReceiver: true,
  testName: "*Test",
};
