/**
 * The text as a regular expression that matches exactly this text, with the flag `u` and in a class
 * as well: `empty?` becomes `empty\?`.
 */
export function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&").replaceAll("-", "\\x2d");
}
