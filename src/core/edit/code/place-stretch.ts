import { type LineRange, overlap } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { isElision } from "../answer/elision";
import { alikePlaces } from "../locate/align-lines";
import { choosePlace } from "../locate/choose-place";
import { findLines } from "../locate/find-lines";
import { onlySomeLines, type Placement, placed, takenAsFile } from "../locate/placement";
import { columnsOf, depthOf, indentOf } from "../text/indentation";
import { hasVersionOf, lineSimilarity, lineWeight, weightOf } from "../text/line-similarity";
import { firstSaid, range, says, textsOf } from "../text/lines";
import { keysOf } from "../text/snapshot";
import { thresholds } from "../thresholds";
import { type AnsweredCode, isRenaming } from "./answered-code";
import { type EditedFile, withLead } from "./edited-file";
import { sideOf } from "./fit/side";
import { fitPlace, fittedNotices } from "./fit-place";
import { isMention } from "./mention";
import { wholeIn } from "./nested-declarations";
import { isAnotherBlock } from "./place-block";

/** What opens a block of a function's body, of which there may be many. */
const statement =
  /^\s*(?:if|else|elif|for|foreach|while|until|try|do|switch|match|with|unless|begin)\b/;

/** A stretch of the file that the code may give back, and how much the two differ. */
interface Stretch extends LineRange {
  readonly cost: number;
}

/** It begins and ends as the stretch does, and no other differs as little: it needs no name. */
export function placeStretch(code: AnsweredCode): Placement | undefined {
  const { file, lines, declarations } = code;
  const own = textsOf(file.lines);
  if (lines.some((line) => isElision(line) && !own.has(line.trim()))) return undefined;
  // A head whose body is not shown is told by its name.
  const [top] = code.tops;
  const isAlone = code.tops.length === 1 && !hasCodeAbove(code);
  const ours = top && isAlone ? file.named(top.name, top.kind)[0] : undefined;
  if (top && ours && isMention(file, lines, top, ours)) return undefined;
  const place = chosenStretch(code);
  if (place === undefined) return undefined;
  const fitted = fitPlace(file, place, lines, {
    fileDeclarations: wholeIn(file.declarations, place),
    answerDeclarations: declarations,
  });
  const isPart = code.tops.length === 0;
  const beside = [...file.lines.slice(0, place.start), ...file.lines.slice(place.end)];
  const isAll = !beside.some(says);
  const isAsked = file.target !== undefined && overlap(place, file.target);
  if (isPart && !isAsked && isAnotherBlock(file, place, lines)) return undefined;
  return placed(
    file.lines,
    { ...place, lines: fitted.lines },
    {
      match: isPart ? "aligned" : "symbol",
      notices: isPart ? [isAll ? takenAsFile : onlySomeLines] : fittedNotices(fitted),
      said: [lines],
    },
  );
}

/** Whether the answer begins with code that is in none of its declarations. */
function hasCodeAbove({ file, lines, tops }: AnsweredCode): boolean {
  return lines.slice(0, tops[0]?.start ?? 0).some((line) => !isComment(file, line));
}

function chosenStretch(code: AnsweredCode): Stretch | undefined {
  const { file, lines } = code;
  const all = alikePlaces(file.snapshot, lines, "style")
    .flatMap(({ map }) => {
      return stretchOf(code, map) ?? [];
    })
    .sort((a, b) => a.cost - b.cost);
  const [best] = all;
  if (!best) return undefined;
  const others = all.filter((one) => !overlap(one, best));
  const rivals = [
    best,
    ...others.filter(
      (one) => one.cost <= best.cost * thresholds.rivalFactor + thresholds.rivalWeight,
    ),
  ];
  return choosePlace(rivals, { target: file.target })?.place;
}

/** Both begin and end alike, and hardly anything is missing. */
function stretchOf(code: AnsweredCode, map: Int32Array): Stretch | undefined {
  const { file, lines } = code;
  const first = map.findIndex((line) => line >= 0);
  const last = map.findLastIndex((line) => line >= 0);
  if (first < 0 || lines.slice(last + 1).some(says)) return undefined;
  const lead = lines.slice(0, first).filter(says);
  if (!lead.every((line) => isComment(file, line))) return undefined;
  const start = lead.length > 0 ? withLead(file, map[first] ?? 0) : (map[first] ?? 0);
  const end = (map[last] ?? 0) + 1;
  if (endsOutside(file.lines.slice(map[first], end), lines.slice(first, last + 1)))
    return undefined;
  let gone = 0;
  let isInsertion = true;
  let cost = 0;
  let weight = 0;
  let changed = 0;
  let same = 0;
  // Of lines set apart together: the file's, all others, and those of the file that changed.
  let apart = { same: 0, other: 0, changed: 0 };
  const { roles } = sideOf(lines, file.facts, []);
  // Comments alone are what the answer gives; beside code they say little of the place.
  const hasCode = lines.some((line, at) => says(line) && roles[at] !== "comment");
  const mapped = new Set(map);
  const standsElsewhere = (line: string): boolean =>
    findLines(file.snapshot, [line], "style", "style").some(({ start }) => !mapped.has(start));
  // A block beside the first that the file has elsewhere has a place of its own.
  const margin = indentOf(firstSaid(lines));
  const isBlockFromElsewhere = (line: string): boolean =>
    /[{(]$/.test(line.trimEnd()) &&
    indentOf(line) === margin &&
    /^\w/.test(line.trimStart()) &&
    !statement.test(line) &&
    standsElsewhere(line);
  for (const [at, line] of lines.entries()) {
    if (!says(line)) {
      if (isOther(apart)) return undefined;
      apart = { same: 0, other: 0, changed: 0 };
      continue;
    }
    const own = file.lines[map[at] ?? -1];
    const alike = own === undefined ? 0 : isSame(own, line) ? 1 : lineSimilarity(own, line);
    const isRemark = hasCode && roles[at] === "comment";
    // An import is extended, not replaced: the file may need what the answer does not name.
    if (alike < 1 && roles[at] === "import") return undefined;
    const isMine = alike === 1 || isRemark || lineWeight(line) < thresholds.telling;
    // Else it is no change of the line that stands here.
    if (own !== undefined && !isMine && standsElsewhere(line)) return undefined;
    if (own === undefined && at > 0 && isBlockFromElsewhere(line)) return undefined;
    // New documentation says nothing of the place.
    if (!isRemark || alike === 1) weight += lineWeight(line);
    if (alike === 1) same += lineWeight(line);
    if (lineWeight(line) >= thresholds.says) apart[alike === 1 ? "same" : "other"]++;
    if (own !== undefined && alike < 1) apart.changed++;
    if (alike < 1 && !isRemark) changed++;
    isInsertion &&= own === undefined || alike === 1;
    cost += lineWeight(line) * (1 - alike) * (own === undefined ? 1 : 2);
  }
  if (isOther(apart)) return undefined;
  // Lines that are gone stand against those that are new in the same gap, and in no other.
  let fresh = 0;
  let line = start;
  const ownMargin = indentOf(lineAt(file.lines, start));
  const depthBelow = (at: number): number => depthOf(file.lines[at]) - columnsOf(ownMargin);
  const endsBlock = (at: number): boolean =>
    depthBelow(at) > 0 || /^\s*(?:[)\]}]|end\b)/.test(lineAt(file.lines, at));
  const isBlockOrLine = (at: number): boolean => {
    const text = lineAt(file.lines, at);
    return (
      /\w/.test(text) && depthBelow(at) === 0 && !isComment(file, text) && !statement.test(text)
    );
  };
  // A block that is set apart goes for a version of it, and for no other block.
  const isOtherBlock = (one: number, from: number, to: number): boolean => {
    const text = lineAt(file.lines, one);
    return (
      to > from &&
      one > start &&
      lineAt(file.lines, one - 1).trim() === "" &&
      isBlockOrLine(one) &&
      /[{(]$/.test(text.trimEnd()) &&
      !hasVersionOf(text, lines.slice(from, to))
    );
  };
  for (const [at, own] of map.entries()) {
    if (own < 0) {
      if (says(lineAt(lines, at))) fresh++;
      continue;
    }
    const lost = file.lines.slice(line, own).filter(says);
    // Set apart beside a block, at its depth, it goes only for something else.
    const isApart = at > 0 && lines[at - 1]?.trim() === "";
    const isBeside = fresh === 0 && isApart && line > start && endsBlock(line - 1);
    if (isBeside && range(line, own).some(isBlockOrLine)) return undefined;
    if (range(line, own).some((one) => isOtherBlock(one, at - fresh, at))) return undefined;
    gone += Math.max(0, lost.length - fresh);
    cost += weightOf(lost);
    line = Math.max(line, own + 1);
    fresh = 0;
  }
  // Code under a name that the file lacks is new, unless all but its head stands there.
  const isRenamed = code.tops.some(
    ({ name, kind, head }) =>
      file.named(name, kind).length === 0 &&
      !isSame(lineAt(file.lines, map[head] ?? -1), lineAt(lines, head)),
  );
  // A function is no version of a condition.
  if (code.tops.some(({ head }) => statement.test(lineAt(file.lines, map[head] ?? -1))))
    return undefined;
  const isAsked = !file.target || overlap({ start, end }, file.target);
  // They change none of those.
  isInsertion &&= gone === 0 && [first, last].every((at) => lineWeight(lineAt(lines, at)) >= 1);
  const isSure = code.tops.length > 0 || isAsked || isInsertion;
  const least = isSure ? thresholds.half : thresholds.nearly;
  if (
    weight === 0 ||
    gone > thresholds.few ||
    same < weight * least ||
    (isRenamed && (changed > 1 || gone > 0 || isRenaming(code)))
  )
    return undefined;
  return { start, end, cost };
}

/** A block that shares nothing but closing lines with that of the file is no version of it. */
function isOther(apart: Readonly<Record<"same" | "other" | "changed", number>>): boolean {
  return apart.same === 0 && apart.changed > 0 && apart.other > thresholds.pair;
}

/** Another `end` was meant. */
function endsOutside(own: readonly string[], lines: readonly string[]): boolean {
  const deeper = (all: readonly string[]): number => depthOf(all.at(-1)) - depthOf(all[0]);
  const isFlat = new Set(lines.filter(says).map(indentOf)).size === 1;
  return !isFlat && deeper(own) < 0 && deeper(lines) >= 0;
}

function isSame(own: string, line: string): boolean {
  return own.replace(/\s+/g, "") === line.replace(/\s+/g, "");
}

function isComment(file: EditedFile, line: string): boolean {
  return keysOf([line], "code", file.facts).keys.length === 0;
}
