import type { LanguageFacts } from "../../../base/languages/language";

const functionHead =
  /^\s*(?:export\s+)?(?:default\s+)?(?:async\s+)?function(?:\s*\*)?\s+[\w$]+\s*[<(]/;
const methodHead =
  /^\s*(?:(?:public|private|protected|static|override)\s+)*(?:async\s+)?(?:\*\s*)?[\w$]+\s*[<(]/;

function formOf(head: string): "function" | "method" | "other" {
  return functionHead.test(head) ? "function" : methodHead.test(head) ? "method" : "other";
}

/** A method of a script has no `function`, and a function has: neither could stand for the other. */
export function isInFormOf(
  own: string,
  theirs: string,
  facts: LanguageFacts,
  isInClass: boolean,
): boolean {
  const [ours, given] = [formOf(own), formOf(theirs)];
  if (!facts.regexLiterals || given === "other" || given === ours) return true;
  return ours === "other" && (given === "method") === isInClass;
}
