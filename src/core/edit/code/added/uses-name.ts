import { wholeWord } from "../../text/whole-word";

/** Whether any of the lines has the name as a word of its own. */
export function usesName(lines: readonly string[], name: string): boolean {
  const pattern = wholeWord(name);
  return lines.some((line) => pattern.test(line));
}
