/** Finds a name as a word of its own. */
export function wholeWord(name: string, flags = ""): RegExp {
  return new RegExp(`(?<![\\w$])${name.replace(/[$]/g, "\\$&")}(?![\\w$])`, flags);
}
