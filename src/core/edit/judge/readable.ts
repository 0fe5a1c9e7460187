import type { LanguageFacts } from "../../../base/languages/language";
import { says } from "../text/lines";
import { scanLines, scanOf } from "../text/scan-lines";

/**
 * Whether code of which every bracket was closed, or was by an answer that closes each of its own,
 * has one too many or too few now: a weak syntax check, for languages without a grammar. What
 * begins with `#` there may be anything, so that those languages are left out.
 *
 * @param near the lines around the change, which are counted first: only where they differ is all
 * of a text worth reading
 */
export function losesBalance(
  near: { readonly before: readonly string[]; readonly after: readonly string[] },
  before: readonly string[],
  after: readonly string[],
  said: readonly string[],
  facts: LanguageFacts,
): boolean {
  if (facts.blocks !== "brace" || facts.lineComments.includes("#")) return false;
  const isClosed = (lines: readonly string[]): boolean => openBrackets(lines, facts) === allClosed;
  if (openBrackets(near.before, facts) === openBrackets(near.after, facts)) return false;
  if (isClosed(after)) return false;
  return isClosed(before) || (said.length > 0 && isClosed(said));
}

/** How many brackets of each kind, `()`, `[]` and `{}`, some lines leave open: `1,0,-2`. */
function openBrackets(lines: readonly string[], facts: LanguageFacts): string {
  const open = new Map([..."([{"].map((sign) => [sign, 0]));
  for (const { mask } of scanLines(lines, facts))
    for (const sign of mask.match(/[()[\]{}]/g) ?? []) {
      const opening = "([{"[")]}".indexOf(sign)] ?? sign;
      open.set(opening, (open.get(opening) ?? 0) + (opening === sign ? 1 : -1));
    }
  return [...open.values()].join();
}

const allClosed = "0,0,0";

/** Comments and last commas apart; for languages without a grammar. */
export function breaksData(
  before: readonly string[],
  after: readonly string[],
  facts: LanguageFacts,
): boolean {
  return !isData(after, facts) && isData(before, facts);
}

function isData(lines: readonly string[], facts: LanguageFacts): boolean {
  const first = lines.find((line) => says(line) && !line.trim().startsWith("/"));
  if (first === undefined || !/^\s*[[{]/.test(first)) return false;
  const scan = scanOf(lines, facts);
  const code = lines.flatMap((line, at) =>
    scan[at]?.kind === "code" ? [line.slice(0, scan[at]?.commentAt)] : [],
  );
  try {
    JSON.parse(code.join("\n").replace(/,(?=\s*[\]}])/g, ""));
    return true;
  } catch {
    return false;
  }
}
