import type { LanguageFacts } from "../../../base/languages/language";
import { scanLines } from "../text/scan-lines";

const pairs = ["()", "[]", "{}"] as const;

/**
 * Whether code of which every bracket was closed, or was by an answer that closes each of its own, has one too many or too few now: a weak
 * syntax check, for languages without a grammar.
 * What begins with `#` there may be anything, so that those languages are left out.
 *
 * @param near the lines around the change, which are counted first: only where they differ is all of a text worth reading
 */
export function losesBalance(
  near: { readonly before: readonly string[]; readonly after: readonly string[] },
  before: readonly string[],
  after: readonly string[],
  said: readonly string[],
  facts: LanguageFacts,
): boolean {
  if (facts.blocks !== "brace" || facts.lineComments.includes("#")) return false;
  const isSame = (a: readonly number[], b: readonly number[]): boolean =>
    a.every((open, at) => open === b[at]);
  if (isSame(openIn(near.before, facts), openIn(near.after, facts))) return false;
  const isEven = (open: readonly number[]): boolean => open.every((count) => count === 0);
  if (isEven(openIn(after, facts))) return false;
  return isEven(openIn(before, facts)) || (said.length > 0 && isEven(openIn(said, facts)));
}

/** How many brackets of each kind are left open. */
function openIn(lines: readonly string[], facts: LanguageFacts): number[] {
  const text = scanLines(lines, facts)
    .map((line) => line.mask)
    .join("\n");
  return pairs.map((pair) => countOf(text, pair[0] ?? "") - countOf(text, pair[1] ?? ""));
}

function countOf(text: string, sign: string): number {
  let count = 0;
  for (let at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) count++;
  return count;
}
