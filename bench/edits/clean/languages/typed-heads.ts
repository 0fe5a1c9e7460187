import type { HeadRule } from "./language-facts";

/** No name of a function or a type. */
export const controlWords =
  "(?!(?:if|for|foreach|while|switch|catch|return|new|else|do|throw|case|default|using|lock|await|yield|synchronized|sizeof|typedef|try|assert|delete|goto|static_assert|package|import|namespace|enum|struct|class|interface|union)\\b)";
/** A type in front of a name. */
export const cTypeWords = `(?:${controlWords}[\\w.:@]+(?:<[^;{}()=\\n]*>)?(?:\\[\\])*[ \\t*&?]+)`;

/** Heads of languages that write the type before the name, in classes. */
export const javaHeads: readonly HeadRule[] = [
  {
    kind: "class",
    head: /(?<indent>[ \t]*)(?:(?:public|private|protected|static|final|abstract|sealed|strictfp|internal|partial|readonly)[ ]+)*(?:class|interface|enum|struct|record|trait)[ ]+(?<name>\w+)/y,
    tail: /[^{};=]*/y,
  },
  {
    kind: "function",
    head: new RegExp(
      `(?<indent>[ \\t]*)(?:<[^;{}()=\\n]*>[ ]+)?${cTypeWords}+(?:<[^;{}()=\\n]*>[ ]+)?${cTypeWords}*${controlWords}(?<name>\\w+)[ ]*(?=\\()`,
      "y",
    ),
    tail: /\s*(?:throws[\w.,\s]+)?(?:where[^{};]*)?/y,
    inside: true,
  },
];
