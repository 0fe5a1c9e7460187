import type { LanguageFacts } from "../../../base/languages/language";
import { scanLines } from "./scan-lines";

/** How many brackets of each kind, `()`, `[]` and `{}`, some lines leave open: `1,0,-2`. */
export function openBrackets(lines: readonly string[], facts: LanguageFacts): string {
  const open = new Map([..."([{"].map((sign) => [sign, 0]));
  for (const { mask } of scanLines(lines, facts))
    for (const sign of mask.match(/[()[\]{}]/g) ?? []) {
      const opening = "([{"[")]}".indexOf(sign)] ?? sign;
      open.set(opening, (open.get(opening) ?? 0) + (opening === sign ? 1 : -1));
    }
  return [...open.values()].join();
}

export const allClosed = "0,0,0";
