import { lineAt } from "../../../base/text/lines";
import { depthOf } from "../text/indentation";
import { excerpt } from "../text/lines";
import { maskAt } from "../text/scan-line";
import type { Judged, Objection } from "./judged-case";

const begins = /^\s*[+-](?![+-])/;

/** No line begins with the sign of a diff, where it can be none of an expression that goes on. */
export function ifSignIsLeft(judged: Judged): Objection | undefined {
  const { before, after, facts, changes, now: scan } = judged;
  if (facts.blocks === "none" || facts.selectors) return undefined;
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart; at < bEnd; at++) {
      const line = lineAt(after.lines, at);
      const own = scan[at];
      if (own?.kind !== "code" || own.inside || own.inList || !begins.test(line)) continue;
      let above = at - 1;
      while (above >= 0 && scan[above]?.kind !== "code") above--;
      const mask = maskAt(scan, above);
      const isApart =
        /[;{}]\s*$/.test(mask) ||
        (depthOf(line) === depthOf(after.lines[above]) &&
          !/^\s*[+\-?:.&|*/]|[\\+*/%=<>&|(,-]\s*$/.test(mask));
      // A minus may well begin an expression, but not one that is a line of the file.
      const text = line.trim().slice(1).trim();
      const isSign =
        line.trimStart().startsWith("+") || before.lines.some((one) => one.trim() === text);
      if (isApart && isSign && !before.lines.some((one) => begins.test(one)))
        return { message: `\`${excerpt(line)}\` begins with the sign of a diff.`, line: aStart };
    }
  return undefined;
}

/** A comment that begins with dots. */
const mark = /^\s*(?:#+|\/\/+|\/\*+|--+|<!--+|;+|%+|\{\/\*)\s*(?:\.{3}|…)/;

/** A body or a condition of dots is none: it stands for one that the answer leaves out. */
export function ifDotsAreLeft({ before, after, changes }: Judged): Objection | undefined {
  const dots =
    /\{ *(?:\.{3}|…) *\}|^\s*(?:\} *)?(?:else +)?(?:if|while|for|foreach|switch) *\( *(?:\.{3}|…) *\)/;
  for (const { aStart, bStart, bEnd } of changes) {
    const isLeft = (line: string): boolean =>
      (dots.test(line) && !before.lines.some((one) => dots.test(one))) ||
      (mark.test(line) && !before.lines.some((one) => mark.test(one)));
    const line = after.lines.slice(bStart, bEnd).find(isLeft);
    if (line !== undefined)
      return { message: `\`${excerpt(line)}\` leaves a part of itself out.`, line: aStart };
  }
  return undefined;
}
