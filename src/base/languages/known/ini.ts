import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const ini: Language = {
  id: "ini",
  aliases: "cfg conf properties editorconfig desktop systemd inf toml-ini",
  files: ".ini",
  families: "settings",
  facts: { ...hashed, lineComments: [";", "#"], quotes: "" },
};

export const properties: Language = {
  id: "properties",
  dialectOf: "ini",
  files: `
    .conf .properties .cfg .directory .gitattributes .gitconfig .gitmodules .editorconfig .repo
    .npmrc gitconfig`,
};
