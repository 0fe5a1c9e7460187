import type { Language } from "../language";
import { hashed } from "../shared-facts";

export const makefile: Language = {
  id: "makefile",
  aliases: "make mk mak gnumake gmake",
  files: ".mak .mk makefile gnumakefile ocamlmakefile",
  program: /\bmake\b/,
  facts: hashed,
};
