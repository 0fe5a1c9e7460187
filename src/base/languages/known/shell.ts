import { loadedFile } from "../import-forms";
import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const shell: Language = {
  id: "shellscript",
  aliases: "sh bash zsh ksh fish shell csh tcsh dash ash command commands",
  fence: "bash",
  endings: ".sh",
  files: `
    .bash .bashrc .bash_aliases .bash_profile .bash_login .bash_logout .ebuild .eclass .profile
    .xprofile .xsession .xsessionrc .zsh .zshrc .zprofile .zlogin .zlogout .zshenv .zsh-theme .fish
    .ksh .csh .cshrc .tcshrc .yashrc .yash_profile apkbuild pkgbuild .envrc .hushlogin zshrc zshenv
    zlogin zprofile zlogout`,
  program: /\b(ba|z|fi|k|da|a|c|tc|ya)?sh\b/,
  commands: true,
  facts: { ...hashed, blocks: "brace", loneParentheses: true, imports: [loadedFile] },
  grammar: "bash",
};
