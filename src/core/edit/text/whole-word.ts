import { escapeRegExp } from "../../../base/escape-reg-exp";

/** Finds a name as a word of its own. */
export function wholeWord(name: string, flags = ""): RegExp {
  return new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`, flags);
}
