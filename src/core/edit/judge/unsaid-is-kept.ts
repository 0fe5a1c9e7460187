import { lineAt } from "../../../base/text/lines";
import { type Declaration, keyOf } from "../code/declarations";
import { limits } from "../limits";
import { canonicalLine } from "../text/canonical-line";
import { shareColumn } from "../text/columns";
import { depthOf } from "../text/indentation";
import type { Judged, JudgedText, Objection } from "./judged-case";

/** A member stays in its class, unless the answer gives it elsewhere. */
export function ifClassIsLeft({ before, after, said }: Judged): Objection | undefined {
  if (said.length === 0) return undefined;
  const placeOf = (one: Declaration): string => `${keyOf(one)} in ${one.container ?? ""}`;
  const has = new Set(after.declarations.map(placeOf));
  const names = new Set(after.declarations.map(keyOf));
  const saidHeads = new Set(said.map(canonicalLine));
  for (const one of before.declarations) {
    if (one.container === undefined || has.has(placeOf(one)) || !names.has(keyOf(one))) continue;
    // Where the class has another name now, its members have it too.
    if (!after.declarations.some((other) => other.name === one.container)) continue;
    if (saidHeads.has(canonicalLine(lineAt(before.lines, one.head)))) continue;
    // Without one more of the name elsewhere it was given another name, and did not move.
    if (countElsewhere(after, one) <= countElsewhere(before, one)) continue;
    return {
      message: `\`${one.name}\` would no longer be in \`${one.container}\`.`,
      line: one.head,
    };
  }
  return undefined;
}

/** How many of one name stand elsewhere than in its class. */
function countElsewhere({ declarations }: JudgedText, one: Declaration): number {
  return declarations.filter(
    (other) => keyOf(other) === keyOf(one) && other.container !== one.container,
  ).length;
}

/** Beside a real change, the spaces of a line that the answer repeats are the file's. */
export function ifSpacesChange({ before, after, changes }: Judged): Objection | undefined {
  if (changes.length === 1) return undefined;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    if (aEnd - aStart !== bEnd - bStart) continue;
    // Columns that a new line needs are those of its table.
    const besides = changes.flatMap((one) =>
      Math.abs(one.bStart - bStart) <= limits.piece ? after.lines.slice(one.bStart, one.bEnd) : [],
    );
    for (let at = aStart; at < aEnd; at++) {
      const own = lineAt(before.lines, at);
      const fresh = lineAt(after.lines, bStart + at - aStart);
      const isMoved = depthOf(own) !== depthOf(fresh);
      const saysTheSame = own.replace(/\s+/g, "") === fresh.replace(/\s+/g, "");
      const isTable = besides.some((line) => line !== fresh && shareColumn(line, fresh));
      if (isTable || own.trim() === "" || isMoved || own.trim() === fresh.trim() || !saysTheSame)
        continue;
      return {
        message: `The spaces of line ${at + 1} would change, of which the answer does not speak.`,
        line: at,
      };
    }
  }
  return undefined;
}
