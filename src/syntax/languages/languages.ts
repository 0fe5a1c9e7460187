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

export interface Language {
  /** The grammar's file without its extension. */
  readonly grammar: string;
  readonly rules: LanguageRules;
}

const cpp: Language = { grammar: "cpp", rules: cppRules };
const shell: Language = { grammar: "bash", rules: bashRules };
const jsx: Language = { grammar: "javascript", rules: ecmaRules };
const tsx: Language = { grammar: "tsx", rules: ecmaRules };

/** VS Code's language ids, and the grammar that reads each. */
const languages: Readonly<Record<string, Language>> = {
  python: { grammar: "python", rules: pythonRules },
  javascript: jsx,
  javascriptreact: jsx,
  typescript: { grammar: "typescript", rules: ecmaRules },
  typescriptreact: tsx,
  go: { grammar: "go", rules: goRules },
  rust: { grammar: "rust", rules: rustRules },
  java: { grammar: "java", rules: javaRules },
  c: cpp,
  cpp,
  "cuda-cpp": cpp,
  csharp: { grammar: "c-sharp", rules: csharpRules },
  ruby: { grammar: "ruby", rules: rubyRules },
  php: { grammar: "php", rules: phpRules },
  shellscript: shell,
  css: { grammar: "css", rules: cssRules },
};

/** The language of a VS Code language id; undefined when no grammar of ours reads it. */
export function languageOf(languageId: string): Language | undefined {
  return Object.hasOwn(languages, languageId) ? languages[languageId] : undefined;
}
