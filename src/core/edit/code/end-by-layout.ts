import { depthOf } from "../text/indentation";
import type { ScannedLine } from "../text/scan-line";

/** What goes on with the head above it, though it stands no deeper. */
const goesOn =
  /^\s*(?:[)\]}.,:&|+*/?-]|(?:where|with|extends|implements|throws|else|catch|finally)\b)/;

/**
 * The line behind a declaration that braces do not end: its body is an expression behind `=`, or it
 * has none. Undefined where a body in braces follows.
 *
 *     def first: A = all.head
 *
 *     fun last(): A =
 *       all.last { true }
 *
 * @param mayAssign whether a `=` behind the head begins a body
 */
export function endByLayout(
  lines: readonly string[],
  scanned: readonly ScannedLine[],
  head: number,
  mayAssign: boolean,
): number | undefined {
  const columns = depthOf(lines[head]);
  let depth = 0;
  let isAssigned = false;
  let end = head + 1;
  for (let at = head; at < scanned.length; at++) {
    const line = scanned[at];
    if (line === undefined || line.kind === "blank" || line.kind === "comment") continue;
    const isFree = at > head && depth <= 0 && !line.inside;
    if (isFree && depthOf(lines[at]) <= columns) {
      if (!isAssigned && /^\s*\{/.test(line.mask)) return undefined;
      if (!goesOn.test(line.mask) || /^\s*\}/.test(line.mask)) return end;
    }
    for (let column = 0; column < line.mask.length; column++) {
      const sign = line.mask.charAt(column);
      if (depth === 0 && !isAssigned) {
        if (sign === "{" || sign === ";") return undefined;
        isAssigned =
          mayAssign &&
          sign === "=" &&
          !/[=<>!]=|=[=<>!]/.test(line.mask.slice(Math.max(0, column - 1), column + 2));
      }
      if ("([{".includes(sign)) depth++;
      else if (")]}".includes(sign)) depth--;
      if (depth < 0) return at > head ? at : undefined;
    }
    end = at + 1;
  }
  return isAssigned ? end : undefined;
}
