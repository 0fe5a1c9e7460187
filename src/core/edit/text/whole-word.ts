import { escapeRegExp } from "../../../base/escape-reg-exp";
import { limits } from "../limits";

/** Finds a name as a word of its own. */
export function wholeWord(name: string, flags = ""): RegExp {
  // A pattern of 100,000 characters is an error of its own.
  if (name.length > limits.mark) return new RegExp("(?!)", flags);
  return new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`, flags);
}

/** Whether any of the lines has the name as a word of its own. */
export function usesName(lines: readonly string[], name: string): boolean {
  const pattern = wholeWord(name);
  return lines.some((line) => pattern.test(line));
}
