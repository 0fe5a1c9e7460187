import type { LanguageFacts } from "../../../base/languages/language";
import { says } from "../text/lines";
import { scanOf } from "../text/scan-lines";

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
