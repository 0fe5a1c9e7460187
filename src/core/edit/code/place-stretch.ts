import { isElision } from "../answer/elision";
import { alignAt } from "../locate/align-lines";
import { type Placement, tightOp } from "../locate/placement";
import { lineWeight } from "../text/line-similarity";
import { type ScannedLine, scanLines } from "../text/scan-lines";
import { keysOf } from "../text/snapshot";
import type { AnsweredCode } from "./answered-code";
import type { Declaration } from "./declarations";
import type { EditedFile } from "./edited-file";
import { fit } from "./fit/fit";
import { fittedNotices } from "./fitted-notices";

/** Lines of the file that may be gone from a stretch beyond those that the answer has anew. */
const mostGone = 3;
/** How much of the answer must stand in the file word for word; of code under a name that the file lacks, more. */
const leastSame = 0.5;
const leastSameOfRenamed = 0.7;
/** Another stretch with so many of the lines is as good. */
const rivalShare = 0.8;

/**
 * Code that gives one stretch of the file back with little changed: it begins and ends as the stretch does, and no other one resembles
 * it so much. That needs no name and no grammar, so that it is the surest reading of any code.
 */
export function placeStretch(code: AnsweredCode): Placement | undefined {
  const { file, lines, declarations } = code;
  const own = new Set(file.lines.map((line) => line.trim()));
  if (lines.some((line) => isElision(line) && !own.has(line.trim()))) return undefined;
  const found = alignAt(file.snapshot, lines, 3);
  if (found.kind === "none") return undefined;
  const range = stretchOf(code, found.match.map);
  if (range === undefined || hasRival(code, found.match.map, range) || !isEquallyOpen(code, range)) return undefined;
  const fitted = fit({
    file: file.lines.slice(range.start, range.end),
    answer: lines,
    facts: file.facts,
    fileStyle: file.snapshot.style,
    fileDeclarations: inside(file.declarations, range.start, range.end),
    answerDeclarations: declarations,
  });
  const op = tightOp(file.lines, { ...range, lines: fitted.lines });
  const isPart = code.tops.length === 0;
  const notices = isPart ? ["The answer shows only some lines; the place is the only one that resembles them."] : fittedNotices(fitted);
  return { kind: "placed", ops: op ? [op] : [], match: isPart ? "aligned" : "symbol", notices: op ? notices : [] };
}

/** The stretch that the answer gives back, if both begin and end alike and hardly anything is missing. */
function stretchOf(code: AnsweredCode, map: Int32Array): { start: number; end: number } | undefined {
  const { file, lines } = code;
  const first = map.findIndex((line) => line >= 0);
  const last = map.findLastIndex((line) => line >= 0);
  const says = (line: string): boolean => line.trim() !== "";
  if (first < 0 || lines.slice(last + 1).some(says)) return undefined;
  const lead = lines.slice(0, first).filter(says);
  if (!lead.every((line) => isComment(file, line))) return undefined;
  const start = lead.length > 0 ? withLead(file, map[first] ?? 0) : (map[first] ?? 0);
  const end = (map[last] ?? 0) + 1;
  let gone = -lines.filter((line, at) => says(line) && (map[at] ?? -1) < 0).length;
  const kept = new Set(map);
  for (let line = start; line < end; line++) if (says(file.lines[line] ?? "") && !kept.has(line)) gone++;
  if (gone > mostGone) return undefined;
  const isRenamed = code.tops.some((one) => file.named(one.name, one.kind).length === 0);
  return shareOfSame(file, lines, map) >= (isRenamed ? leastSameOfRenamed : leastSame) ? { start, end } : undefined;
}

const mostSpans = 200;

/** Whether another stretch begins and ends as this one does, and has as many of its lines. */
function hasRival({ file, lines, tops }: AnsweredCode, map: Int32Array, range: { start: number; end: number }): boolean {
  const heads = new Set(tops.map((one) => (lines[one.head] ?? "").trim()));
  if (heads.size > 0 && file.lines.filter((line) => heads.has(line.trim())).length > heads.size) return true;
  const index = file.snapshot.level(3);
  const keyAt = (line: number): string => keysOf([file.lines[line] ?? ""], 3, file.facts).keys[0] ?? "";
  const said = [...map].filter((line) => line >= 0).map(keyAt);
  const places = (key: string | undefined): readonly number[] => index.places.get(key ?? "") ?? [];
  const length = said.length + mostGone;
  let spans = 0;
  for (const from of places(said[0])) {
    for (const to of places(said[said.length - 1])) {
      if (to < from || to - from > length || ++spans > mostSpans) continue;
      const [start, end] = [index.at[from] ?? 0, (index.at[to] ?? 0) + 1];
      if (start < range.end && end > range.start) continue;
      const there = new Set(index.keys.slice(from, to + 1));
      if (said.filter((key) => there.has(key)).length >= said.length * rivalShare) return true;
    }
  }
  return false;
}

/** Whether as many brackets are left open by the stretch as by the answer: else one of them ends elsewhere than the other. */
function isEquallyOpen({ file, lines }: AnsweredCode, { start, end }: { start: number; end: number }): boolean {
  const open = (scan: readonly ScannedLine[]): number => {
    let depth = 0;
    for (const { mask } of scan) for (const char of mask) depth += "([{".includes(char) ? 1 : ")]}".includes(char) ? -1 : 0;
    return depth;
  };
  return open(scanLines(file.lines.slice(start, end), file.facts)) === open(scanLines(lines, file.facts));
}

function isComment(file: EditedFile, line: string): boolean {
  return keysOf([line], 4, file.facts).keys.length === 0;
}

/** Up over the comments and decorators right above a line. */
function withLead(file: EditedFile, line: number): number {
  let start = line;
  while (start > 0 && file.snapshot.scan[start - 1]?.kind === "comment") start--;
  return start;
}

/** Of what the answer says, how much the file says in the same words. */
function shareOfSame(file: EditedFile, lines: readonly string[], map: Int32Array): number {
  let all = 0;
  let same = 0;
  for (const [at, line] of lines.entries()) {
    if (line.trim() === "") continue;
    const weight = lineWeight(line);
    all += weight;
    const own = file.lines[map[at] ?? -1];
    if (own !== undefined && own.replace(/\s+/g, "") === line.replace(/\s+/g, "")) same += weight;
  }
  return all === 0 ? 0 : same / all;
}

/** Declarations that stand whole in lines `[start, end)`, by the lines of that part. */
function inside(all: readonly Declaration[], start: number, end: number): Declaration[] {
  return all
    .filter((one) => one.head >= start && one.end <= end)
    .map((one) => ({ ...one, start: Math.max(0, one.start - start), end: one.end - start, head: one.head - start }));
}
