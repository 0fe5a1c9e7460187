import { cLanguages } from "./c-languages";
import { dataLanguages } from "./data-languages";
import { dynamicLanguages } from "./dynamic-languages";
import { jvmLanguages } from "./jvm-languages";
import type { LanguageFacts } from "./language-facts";
import { scriptLanguages } from "./script-languages";
import { systemLanguages } from "./system-languages";

/** All languages of the corpus. */
export const languages: readonly LanguageFacts[] = [
  ...dynamicLanguages,
  ...scriptLanguages,
  ...systemLanguages,
  ...jvmLanguages,
  ...cLanguages,
  ...dataLanguages,
];
