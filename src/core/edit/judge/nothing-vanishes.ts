import { escapeRegExp } from "../../../base/escape-reg-exp";
import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import type { Declaration } from "../code/declarations";
import { isLocal } from "../code/nested-declarations";
import { endOfBlock } from "../code/place-block";
import { canonicalLine } from "../text/canonical-line";
import { depthOf } from "../text/indentation";
import { excerpt, range, timesOf } from "../text/lines";
import { maskAt, type ScannedLine } from "../text/scan-line";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import type { Judged, JudgedText, Objection } from "./judged-case";
import { byScope } from "./scopes";

/** A name is gone only where the answer quotes it as old, or has another in its place. */
export function ifDeclarationIsGone(judged: Judged): Objection | undefined {
  const { before, after, quoted, facts, changes, outcome } = judged;
  const had = timesOf(before.declarations.map(({ name }) => name));
  const has = timesOf(after.declarations.map(({ name }) => name));
  const shown = new Set(quoted.map(canonicalLine));
  // A rule of a style sheet may become one more of a selector that there is.
  let renamed = [...has].filter(([name, times]) =>
    facts.selectors ? times > (had.get(name) ?? 0) : !had.has(name),
  ).length;
  for (const one of before.declarations) {
    if ((has.get(one.name) ?? 0) >= (had.get(one.name) ?? 0) || one.isValue) continue;
    if (!changes.some((change) => change.aStart < one.end && change.aEnd > one.head)) continue;
    const head = lineAt(before.lines, one.head);
    const text = head.trim();
    // Of several of one name those whose heads all stand there still are not the one that is gone.
    const isGone =
      !has.has(one.name) || outcome.texts.times(text) < outcome.texts.timesBefore(text);
    if (!isGone || (isLocal(before.declarations, one) && !isCalled(after, one.name))) continue;
    // Nor was a head that stands there still; one of a style sheet goes over several lines.
    const isRenamed = (facts.selectors || !after.lines.includes(head)) && renamed-- > 0;
    if (shown.has(canonicalLine(head)) || isRenamed) continue;
    return {
      message: `\`${one.name}\` would be gone, and the answer does not say so.`,
      line: one.head,
    };
  }
  return undefined;
}

/** Whether the new text still calls what it does not declare. */
function isCalled({ lines }: JudgedText, name: string): boolean {
  const call = new RegExp(`(?<![\\w$.])${escapeRegExp(name)}\\(`);
  return lines.some((line) => line.includes(name) && call.test(line));
}

/** A body, or a section, that said something does not become empty. */
export function ifBodyIsEmptied(judged: Judged): Objection | undefined {
  const { before, after, facts, changes, own } = judged;
  for (const { aStart, aEnd, bStart, bEnd } of facts.blocks === "none" ? changes : []) {
    const head = before.lines.slice(0, aStart).findLastIndex((line) => line.trim() !== "");
    const end = head < 0 ? undefined : endOfBlock(before.lines, own, head, facts);
    const isGone = end !== undefined && end > head + 1 && end <= aEnd && end > aStart;
    if (!isGone || after.lines.slice(bStart, bEnd).some((line) => /\w/.test(line))) continue;
    const message = `\`${excerpt(lineAt(before.lines, head))}\` would lose what is in it.`;
    return { message, line: head };
  }
  for (const [one, same] of versionsOf(before, after)) {
    if (one.end - one.head === same.end - same.head || same.end - same.head > 4) continue;
    const isEmptied =
      hasBody(before, one, facts) &&
      !hasBody(after, same, facts) &&
      !/[{:=>]\s*[^\s{:=>][^{:=>]*$/.test(lineAt(after.lines, same.head));
    if (isEmptied) return { message: `\`${one.name}\` would lose its body.`, line: one.head };
  }
  return undefined;
}

/** Each function with what it is now, where its scope has as many of its name. */
function versionsOf(before: JudgedText, after: JudgedText): [Declaration, Declaration][] {
  const has = byScope(after.declarations);
  return [...byScope(before.declarations)].flatMap(([scope, ones]) => {
    const now = has.get(scope) ?? [];
    return ones.flatMap((one, at): [Declaration, Declaration][] => {
      const same = now.length === ones.length ? now[at] : undefined;
      return one.kind === "callable" && same ? [[one, same]] : [];
    });
  });
}

/** Where indentation makes blocks, what opens one is followed by one. */
export function ifHeadIsLeftAlone(judged: Judged): Objection | undefined {
  const { after, facts, changes, now: scan } = judged;
  if (facts.blocks !== "indent") return undefined;
  for (const { aStart, bStart, bEnd } of changes)
    for (let at = bStart; at < bEnd; at++) {
      const line = scan[at];
      if (line?.kind !== "code" || !/:\s*$/.test(line.mask)) continue;
      let next = at + 1;
      while (next < scan.length && scan[next]?.kind !== "code" && !scan[next]?.docstring) next++;
      const below = scan[next];
      const isIn = below?.inside || (below?.depth ?? 0) > 0;
      if (
        !isIn &&
        (below === undefined || depthOf(after.lines[next]) <= depthOf(after.lines[at])) &&
        !opensList(scan, at)
      )
        return {
          message: `\`${excerpt(lineAt(after.lines, at))}\` would have no body.`,
          line: aStart,
        };
    }
  return undefined;
}

const branch = /^(?:else|elif|except|finally)\b/;
const mayBranch = /^(?:(?:async\s+)?for|if|elif|while|try|except|else)\b/;

/** Where indentation makes blocks, another branch stands below the one that it belongs to. */
export function ifBranchIsLeftAlone({ after, facts, changes, now }: Judged): Objection | undefined {
  if (facts.blocks !== "indent") return undefined;
  const isStatement = (at: number): boolean =>
    now[at]?.kind === "code" && !now[at]?.inside && now[at]?.depth === 0;
  for (const { aStart, bStart, bEnd } of changes) {
    let end = bEnd;
    while (end < now.length && !isStatement(end)) end++;
    const found = range(bStart, end + 1).find((at) => {
      if (!isStatement(at) || !branch.test(maskAt(now, at).trim())) return false;
      const depth = depthOf(after.lines[at]);
      let above = at - 1;
      while (above >= 0 && !(isStatement(above) && depthOf(after.lines[above]) <= depth)) above--;
      const isOf = mayBranch.test(maskAt(now, above).trim());
      return depthOf(after.lines[above]) < depth || !isOf;
    });
    if (found === undefined) continue;
    const message = `\`${excerpt(lineAt(after.lines, found))}\` would belong to nothing.`;
    return { message, line: aStart };
  }
  return undefined;
}

/** A colon at the end of a line in brackets is no head. */
function opensList(scan: readonly ScannedLine[], at: number): boolean {
  const mask = maskAt(scan, at);
  return (scan[at]?.depth ?? 0) > 0 && !/\)\s*(?:->|:\s*$)/.test(mask);
}

/** What `#if` begins ends with `#endif` as it did. */
export function ifDirectiveIsLeftOpen({ before, after }: Judged): Objection | undefined {
  const open = ({ lines }: JudgedText): number =>
    lines.filter((line) => /^\s*#\s*if/.test(line)).length -
    lines.filter((line) => /^\s*#\s*endif\b/.test(line)).length;
  if (open(before) !== 0 || open(after) === 0) return undefined;
  return { message: "An `#if` would be left without its `#endif`.", line: 0 };
}

/** A merge conflict in the file goes as a whole or stays as a whole. */
export function ifConflictIsBroken(judged: Judged): Objection | undefined {
  const { before, after, said, changes } = judged;
  if (!before.lines.some((line) => line.startsWith("<<<<<<< "))) return undefined;
  const marks = [/^<{7} /, /^={7}$/, /^>{7} /];
  const count = ({ lines }: JudgedText): number[] =>
    marks.map((mark) => lines.filter((line) => mark.test(line)).length);
  const had = count(before);
  const has = count(after);
  const line = before.lines.findIndex((one) => /^<{7} /.test(one));
  const end = before.lines.findIndex((one) => /^>{7} /.test(one));
  const isInside = changes.some(({ aStart, aEnd }) => aStart <= end && aEnd >= line);
  // Who gives the code that is to be does not leave the marks in it.
  const isLeft = said.length > 0 && isInside;
  if (had.every((number, at) => number === has[at]) ? !isLeft : new Set(has).size === 1)
    return undefined;
  return { message: "A part of a merge conflict in the file would be gone.", line };
}

function hasBody({ lines }: JudgedText, one: Declaration, facts: LanguageFacts): boolean {
  const scan = scanLines(lines.slice(one.head, one.end), facts);
  return scan
    .slice(1)
    .some(
      (line) =>
        line.kind === "code" && /\w/.test(line.mask) && !/^\s*(?:end|fi|done)\b/.test(line.mask),
    );
}

const gives = /^\s*return\b(?=\s*[^\s;])/;
const leaves = /\b(?:return|throw|raise|yield|panic|exit)\b|=>/;
/** The value stands on the head's own line: `=> a`, `fun size(): Int = a`. */
const givesAtOnce = /=>\s*[^\s{]|\)[^()={}]*=\s*[^\s={]/;

/** Who shows only its beginning, without a mark, says nothing of how it ends. */
export function ifValueIsGone(judged: Judged): Objection | undefined {
  const { before, after, changes, own: scan, now } = judged;
  const codeIn = (scanned: typeof scan, start: number, end: number): number =>
    range(start, end).filter((at) => scanned[at]?.kind === "code").length;
  for (const [one, same] of versionsOf(before, after)) {
    const touching = changes.filter(({ aStart, aEnd }) => aStart < one.end && aEnd > one.head);
    if (touching.length === 0) continue;
    const last = range(one.head + 1, one.end).findLast(
      (at) => scan[at]?.kind === "code" && /\w/.test(maskAt(scan, at).replace(/\bend\b/, "")),
    );
    if (last === undefined || !gives.test(maskAt(scan, last))) continue;
    const end = touching.find(({ aStart, aEnd }) => aStart <= last && aEnd > last);
    if (end === undefined) continue;
    const lost = codeIn(scan, end.aStart, end.aEnd) - codeIn(now, end.bStart, end.bEnd);
    const isLeft =
      givesAtOnce.test(maskAt(now, same.head)) ||
      range(same.head + 1, same.end).some((at) => leaves.test(maskAt(now, at)));
    if (lost < thresholds.pair || isLeft) continue;
    const message = `\`${excerpt(lineAt(before.lines, last))}\` would be gone from the end of \`${one.name}\`, of which the answer does not speak.`;
    return { message, line: last };
  }
  return undefined;
}
