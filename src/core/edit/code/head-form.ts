import type { LanguageFacts } from "../../../base/languages/language";

const functionHead =
  /^(\s*)(?:export\s+)?(?:default\s+)?(async\s+)?function(\s*\*)?\s+([\w$]+)\s*(?=[<(])/;
const methodHead =
  /^(\s*)(?:(?:public|private|protected|static|override)\s+)*(async\s+)?(\*\s*)?([\w$]+)\s*(?=[<(])/;

type Form = "function" | "method" | "other";

function formOf(head: string): Form {
  return functionHead.test(head) ? "function" : methodHead.test(head) ? "method" : "other";
}

/** A method of a script has no `function`. Undefined where the model's would be no sentence. */
export function inFormOf(
  own: string,
  theirs: string,
  facts: LanguageFacts,
  isInClass: boolean,
): string | undefined {
  const forms = `${formOf(theirs)} for ${formOf(own)}`;
  if (!facts.regexLiterals) return theirs;
  switch (forms) {
    case "function for method":
      return theirs.replace(
        functionHead,
        (_, indent: string, isAsync = "", star = "", name = "") => {
          const modifiers =
            /^\s*((?:(?:public|private|protected|static|override)\s+)*)/.exec(own)?.[1] ?? "";
          return `${indent}${modifiers}${isAsync}${star.trim()}${name}`;
        },
      );
    case "method for function":
      return theirs.replace(methodHead, (_, indent: string, isAsync = "", star = "", name = "") => {
        const exported = /^\s*((?:export\s+)?(?:default\s+)?)/.exec(own)?.[1] ?? "";
        return `${indent}${exported}${isAsync}function${star.trim()} ${name}`;
      });
    case "function for other":
      return isInClass ? undefined : theirs;
    case "method for other":
      return isInClass ? theirs : undefined;
    default:
      return theirs;
  }
}
