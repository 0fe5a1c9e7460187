import { wholeWord } from "../../text/whole-word";

export function usesName(lines: readonly string[], name: string): boolean {
  const pattern = wholeWord(name);
  return lines.some((line) => pattern.test(line));
}
