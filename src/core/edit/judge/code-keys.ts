import type { LanguageFacts } from "../../../base/languages/language";
import { withoutBinding } from "../code/fit/binding";
import { canonicalLine } from "../text/canonical-line";
import { scanOf } from "../text/scan-lines";

/** Per line its code, whatever its style, binding and comment; empty where it has none. */
export function codeKeys(lines: readonly string[], facts: LanguageFacts): string[] {
  const scan = scanOf(lines, facts);
  return lines.map((line, at) =>
    scan[at]?.kind === "code" ? codeKey(line, scan[at]?.commentAt) : "",
  );
}

/** @param end the column of the comment behind it */
export function codeKey(line: string, end?: number): string {
  return canonicalLine(withoutBinding(line.slice(0, end).trim())).replace(/\{$/, "");
}
