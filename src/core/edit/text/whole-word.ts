import { escapeRegExp } from "../../../base/escape-reg-exp";

export function wholeWord(name: string, flags = ""): RegExp {
  return new RegExp(`(?<![\\w$])${escapeRegExp(name)}(?![\\w$])`, flags);
}
