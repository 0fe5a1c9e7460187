import { languageById } from "../../base/languages/languages";
import type { LanguageRules } from "../language-rules";
import { bashRules } from "./bash";
import { cppRules } from "./cpp";
import { csharpRules } from "./csharp";
import { cssRules } from "./css";
import { ecmaRules } from "./ecma";
import { goRules } from "./go";
import { javaRules } from "./java";
import { phpRules } from "./php";
import { pythonRules } from "./python";
import { rubyRules } from "./ruby";
import { rustRules } from "./rust";

export interface ParsedLanguage {
  /** The grammar's file without its extension. */
  readonly grammar: string;
  readonly rules: LanguageRules;
}

/** How declarations and the like are found in the trees of each grammar. */
const rulesOf: ReadonlyMap<string, LanguageRules> = new Map([
  ["bash", bashRules],
  ["c-sharp", csharpRules],
  ["cpp", cppRules],
  ["css", cssRules],
  ["go", goRules],
  ["java", javaRules],
  ["javascript", ecmaRules],
  ["php", phpRules],
  ["python", pythonRules],
  ["ruby", rubyRules],
  ["rust", rustRules],
  ["tsx", ecmaRules],
  ["typescript", ecmaRules],
]);

/** How a language of the editor's is parsed; undefined when no grammar of ours reads it. */
export function parsedLanguage(languageId: string): ParsedLanguage | undefined {
  const grammar = languageById(languageId)?.grammar;
  const rules = grammar === undefined ? undefined : rulesOf.get(grammar);
  return grammar === undefined || rules === undefined ? undefined : { grammar, rules };
}
