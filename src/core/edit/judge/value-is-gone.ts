import { excerpt } from "../text/excerpt";
import { range } from "../text/range";
import { scanOf } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import { type Change, type JudgedCase, type Objection, objection } from "./judged-case";
import { byScope } from "./scopes";

const gives = /^\s*return\b(?=\s*[^\s;])/;
const leaves = /\b(?:return|throw|raise|yield|panic|exit)\b|=>/;
/** The value stands on the head's own line. */
const givesAtOnce = /=>\s*[^\s{]/;

/** Who shows only its beginning, without a mark, says nothing of how it ends. */
export function ifValueIsGone(
  { before, after, quoted, facts }: JudgedCase,
  changes: readonly Change[],
): Objection | undefined {
  if (quoted.length > 0) return undefined;
  const scan = scanOf(before.lines, facts);
  const now = scanOf(after.lines, facts);
  const codeIn = (scanned: typeof scan, start: number, end: number): number =>
    range(start, end).filter((at) => scanned[at]?.kind === "code").length;
  const has = byScope(after.declarations);
  for (const [scope, ones] of byScope(before.declarations)) {
    const others = has.get(scope) ?? [];
    if (others.length !== ones.length) continue;
    for (const [index, one] of ones.entries()) {
      const same = others[index];
      if (one.kind !== "callable" || same === undefined) continue;
      const touching = changes.filter(({ aStart, aEnd }) => aStart < one.end && aEnd > one.head);
      if (touching.length === 0) continue;
      const last = range(one.head + 1, one.end).findLast(
        (at) => scan[at]?.kind === "code" && /\w/.test(scan[at]?.mask.replace(/\bend\b/, "") ?? ""),
      );
      if (last === undefined || !gives.test(scan[last]?.mask ?? "")) continue;
      const end = touching.find(({ aStart, aEnd }) => aStart <= last && aEnd > last);
      if (end === undefined) continue;
      const lost = codeIn(scan, end.aStart, end.aEnd) - codeIn(now, end.bStart, end.bEnd);
      const isLeft =
        givesAtOnce.test(now[same.head]?.mask ?? "") ||
        range(same.head + 1, same.end).some((at) => leaves.test(now[at]?.mask ?? ""));
      if (lost >= thresholds.endOfValue && !isLeft)
        return objection(
          "nothing vanishes",
          `\`${excerpt(before.lines[last] ?? "")}\` would be gone from the end of \`${one.name}\`, of which the answer does not speak.`,
          last,
        );
    }
  }
  return undefined;
}
