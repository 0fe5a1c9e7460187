import { escapeRegExp } from "../../../base/escape-reg-exp";

/** Finds a name as a word of its own. */
export function wholeWord(name: string, flags = ""): RegExp {
  return new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`, flags);
}

/** Whether any of the lines has the name as a word of its own. */
export function usesName(lines: readonly string[], name: string): boolean {
  const pattern = wholeWord(name);
  return lines.some((line) => pattern.test(line));
}
