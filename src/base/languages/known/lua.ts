import { assignedImport, loadedFile } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const lua: Language = {
  id: "lua",
  aliases: "luau luajit",
  endings: ".lua",
  facts: {
    ...hashed,
    lineComments: ["--"],
    blocks: "end",
    imports: [assignedImport, loadedFile],
  },
};
