import { lineAt } from "../../../base/text/lines";
import { sharedWords } from "../code/choose-declaration";
import { depthOf } from "../text/indentation";
import { excerpt, range, says } from "../text/lines";
import type { ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import type { Judged, Objection } from "./judged-case";

/** Set apart, or above a line that stays, it belongs to none that the answer gives: it stays. */
export function ifSetApartIsGone(judged: Judged): Objection | undefined {
  const { before, after, said, facts, changes, own: scan } = judged;
  const { gone } = judged.outcome;
  if (gone.size === 0) return undefined;
  const apart = apartIn(scan);
  const apartNow = apartIn(scanOf(after.lines, facts));
  const given = new Set(said.map((line) => line.trim()));
  /** Whether a line stands below the comment, and stays, of which the answer says nothing. */
  const isOfUnsaid = (at: number): boolean => {
    let below = at;
    while (scan[below]?.kind === "comment") below++;
    const line = lineAt(before.lines, below).trim();
    return scan[below]?.kind === "code" && /\w/.test(line) && !gone.has(below) && !given.has(line);
  };
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const fresh = after.lines.slice(bStart, bEnd);
    const isSetApart = fresh.some((_, at) => apartNow[bStart + at] === true);
    for (let at = aStart; at < aEnd; at++) {
      const line = lineAt(before.lines, at);
      if (scan[at]?.kind !== "comment" || !/\w/.test(line) || scan[at]?.docstring) continue;
      const isOther = isOfUnsaid(at);
      if (apart[at] !== true && !isOther) continue;
      const isInside =
        !isOther &&
        before.declarations.some(
          (one) => one.kind === "callable" && at >= one.start && at < one.end,
        );
      if (
        isInside ||
        (isSetApart && !isOther) ||
        fresh.some((one) => sharedWords(one, line, true) >= thresholds.alike)
      )
        continue;
      return { message: goneUnsaid(line), line: at };
    }
  }
  return undefined;
}

export function goneUnsaid(line = ""): string {
  return `\`${excerpt(line)}\` would be gone, of which the answer does not speak.`;
}

/** Per line whether an empty line follows on the comment that it is a part of. */
function apartIn(scan: readonly ScannedLine[]): readonly boolean[] {
  const apart = scan.map(() => false);
  for (let at = scan.length - 1; at >= 0; at--) {
    if (scan[at]?.kind !== "comment") continue;
    const isSetApart = scan[at + 1]?.kind === "blank" && scan[at]?.docstring === false;
    apart[at] = scan[at + 1]?.kind === "comment" ? apart[at + 1] === true : isSetApart;
  }
  return apart;
}

/** A comment over several lines is one text: not half the answer's and half the file's. */
export function ifCommentIsMixed(judged: Judged): Objection | undefined {
  const { after, parts, changes, outcome, now: scan } = judged;
  const isIn = (at: number): boolean =>
    scan[at]?.kind === "comment" && (scan[at]?.inside === true || scan[at]?.docstring === true);
  const textAt = (at = -1): string => lineAt(after.lines, at).trim();
  const given = new Set(parts.flat().map((line) => line.trim()));
  // An answer that begins or ends in a comment says nothing of the rest of it.
  const saying = parts.map((part) => part.map((line) => line.trim()).filter((text) => text !== ""));
  const firsts = new Set(saying.map((part) => part[0]));
  const lasts = new Set(saying.map((part) => part.at(-1)));
  const isGiven = (at: number): boolean => given.has(textAt(at));
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart; at < bEnd; at++) {
      if (!isIn(at)) continue;
      let start = at;
      while (scan[start]?.inside && isIn(start - 1)) start--;
      let end = at + 1;
      while (isIn(end) && scan[end]?.inside) end++;
      const told = range(start, end).filter((line) => /\w/.test(textAt(line)));
      const [first, last] = [told.find(isGiven), told.findLast(isGiven)];
      const unsaid = told.find(
        (line) =>
          outcome.origin(line) !== undefined &&
          !isGiven(line) &&
          !(line < (first ?? 0) && firsts.has(textAt(first))) &&
          !(line > (last ?? 0) && lasts.has(textAt(last))),
      );
      if (
        unsaid !== undefined &&
        told.some((line) => isGiven(line) && outcome.origin(line) === undefined)
      )
        return {
          message: `\`${excerpt(textAt(unsaid))}\` would stand among new words for its comment.`,
          line: aStart,
        };
      at = end;
    }
  return undefined;
}

/**
 * No comment ends a block, or stands alone, where code stood: it is a mark in words of its own.
 *
 *     file: check(user);     answer: if (!user) return;
 *           start(user);             // der Rest bleibt gleich
 */
export function ifCommentIsLeftOfCode(judged: Judged): Objection | undefined {
  const { before, after, changes, own, now } = judged;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    const lost = range(aStart, aEnd).filter((at) => own[at]?.kind !== "blank");
    const fresh = range(bStart, bEnd).filter((at) => now[at]?.kind !== "blank");
    const last = fresh.at(-1);
    const text = lineAt(after.lines, last ?? 0);
    const isAlone = fresh.every((at) => now[at]?.kind === "comment");
    const isEnd = isAlone || depthOf(after.lines.slice(bEnd).find(says)) < depthOf(text);
    const isCode = lost.every((at) => own[at]?.kind === "code");
    if (last === undefined || now[last]?.kind !== "comment" || now[last]?.docstring) continue;
    if (!isEnd || !isCode || lost.length < fresh.length) continue;
    // Code that is commented out says the same.
    const lettersOf = (line = ""): string => line.replace(/[^\p{L}\p{N}]+/gu, "");
    const gone = new Set(lost.map((at) => lettersOf(before.lines[at])));
    if (fresh.some((at) => gone.has(lettersOf(after.lines[at])))) continue;
    return { message: `\`${excerpt(text)}\` would stand in the place of code.`, line: aStart };
  }
  return undefined;
}
