import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const powershell: Language = {
  id: "powershell",
  aliases: "ps ps1 pwsh posh psm1",
  endings: ".ps1",
  files: ".psm1 .psd1 .pssc .psrc",
  program: /\bpwsh\b/,
  commands: true,
  facts: { ...hashed, blockComment: ["<#", "#>"], blocks: "brace" },
};
