import type { LanguageFacts } from "../../../base/languages/language";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { entryKey } from "../text/entry";
import { depthOf } from "../text/indentation";
import { hasVersionOf } from "../text/line-similarity";
import { excerpt, range, says, textsOf, timesOf } from "../text/lines";
import { maskAt, type ScannedLine } from "../text/scan-line";
import { scanOf } from "../text/scan-lines";
import type { Change, Judged, JudgedText, Objection } from "./judged-case";
import { linesOfFunctions } from "./scopes";

/**
 * Who does not repeat more entries of a block than would go does not say that they go.
 *
 *     file: [project]           answer: [project]
 *           name = "tide"               dependencies = ["rich"]
 *           dependencies = []
 */
export function ifAsMuchIsGoneAsRepeated(judged: Judged): Objection | undefined {
  const { before, after, parts, facts, changes } = judged;
  const { gone } = judged.outcome;
  const lost = parts.some((part) => part.some(says))
    ? lostEntries(before, after, changes, facts)
    : [];
  const [first] = lost;
  if (first === undefined) return undefined;
  const depth = Math.max(...lost.map((line) => depthOf(before.lines[line])));
  const own = textsOf(before.lines);
  const isRepeated = (line: string): boolean =>
    entryKey(line) !== undefined &&
    (own.get(line.trim()) ?? []).some((at) => !gone.has(at) && depthOf(before.lines[at]) <= depth);
  const repeated = parts.flatMap((part) => withoutOpener(part).filter(isRepeated)).length;
  if (lost.length < repeated) return undefined;
  const text = excerpt(lineAt(before.lines, first));
  return { message: `\`${text}\` would be gone, of which the answer does not speak.`, line: first };
}

/** Entries whose names are given no value any more, but for those that have another name now. */
function lostEntries(
  before: JudgedText,
  after: JudgedText,
  changes: readonly Change[],
  facts: LanguageFacts,
): number[] {
  const scan = scanOf(before.lines, facts);
  const inFunctions = linesOfFunctions(before);
  const keysIn = (lines: readonly string[]): string[] =>
    lines.flatMap((line) => entryKey(line) ?? []);
  const left = timesOf(
    changes.flatMap(({ bStart, bEnd }) => keysIn(after.lines.slice(bStart, bEnd))),
  );
  return changes.flatMap(({ aStart, aEnd, bStart, bEnd }) => {
    const keys = new Set(keysIn(before.lines.slice(aStart, aEnd)));
    const renamed = after.lines.slice(bStart, bEnd).filter((line) => {
      const key = entryKey(line);
      return key !== undefined && !keys.has(key);
    });
    const isFew = (aEnd - aStart) * renamed.length <= limits.alikeCells;
    return range(aStart, aEnd).filter((at) => {
      const line = lineAt(before.lines, at);
      const key = scan[at]?.kind === "code" && inFunctions[at] === 0 ? entryKey(line) : undefined;
      if (key === undefined) return false;
      const times = left.get(key) ?? 0;
      left.set(key, times - 1);
      return times <= 0 && isFew && !hasVersionOf(line, renamed);
    });
  });
}

/** The line that opens a block stands there to say where the others belong. */
function withoutOpener(part: readonly string[]): readonly string[] {
  const said = part.filter(says);
  const opens = depthOf(said[1]) > depthOf(said[0]) || /^\[.*\]$/.test(lineAt(said, 0).trim());
  return opens ? said.slice(1) : said;
}

/**
 * No block of a file of settings, and no type, gives one name two values, unless the answer itself
 * does.
 *
 *     file: interface Row {     answer: interface Row {     outcome: interface Row {
 *             id: string;                 count: bigint;               count: bigint;
 *             count: number;            }                              count: number;
 *           }                                                        }
 */
export function ifEntryIsTwice(judged: Judged): Objection | undefined {
  const { before, after, said, facts, changes, now: scan } = judged;
  const isSettings = hasEntries(facts);
  const inFunctions = linesOfFunctions(after);
  /** Statements give one name a value again and again. */
  const mayBeEntry = (at: number): boolean =>
    isSettings || (inFunctions[at] === 0 && depthOf(after.lines[at]) > 0);
  const given = timesOf(said.flatMap((line) => entryKey(line) ?? []));
  for (const { aStart, bStart, bEnd } of changes)
    for (const at of range(bStart, bEnd)) {
      const line = lineAt(after.lines, at);
      const isEntry = scan[at]?.kind === "code" && !scan[at]?.inside && mayBeEntry(at);
      const key = isEntry ? entryKey(line) : undefined;
      if (key === undefined || (given.get(key) ?? 0) > 1) continue;
      const isIt = (other: number): boolean =>
        (other < bStart || other >= bEnd) && entryKey(lineAt(after.lines, other)) === key;
      if (!besideIn(after, scan, at).some(isIt) || timesIn(before, key, depthOf(line)) > 1)
        continue;
      return {
        message: `\`${excerpt(line)}\` would give \`${key}\` a second value.`,
        line: aStart,
      };
    }
  return undefined;
}

function hasEntries(facts: LanguageFacts): boolean {
  return facts.selectors === true || (facts.blocks === "none" && facts.lineComments.length > 0);
}

function timesIn({ lines }: JudgedText, key: string, depth: number): number {
  return lines.filter((line) => depthOf(line) === depth && entryKey(line) === key).length;
}

/** The lines as deep as one in the same block. */
function besideIn({ lines }: JudgedText, scan: readonly ScannedLine[], at: number): number[] {
  const depth = depthOf(lines[at]);
  const ends = (line: number): boolean =>
    scan[line]?.kind === "code" &&
    (depthOf(lines[line]) < depth || /^\s*(?:\[.*\]|---)\s*$/.test(lineAt(lines, line)));
  let start = at;
  while (start > 0 && !ends(start - 1)) start--;
  let end = at + 1;
  while (end < lines.length && !ends(end)) end++;
  return range(start, end).filter(
    (line) => scan[line]?.kind === "code" && depthOf(lines[line]) === depth,
  );
}

/**
 * Lines that stand side by side in one block take no end of a block out.
 *
 *     file: it("adds", () => {       answer: expect(add(1)).toBe(2);
 *             expect(add(1)).toBe(2);        expect(add(2)).toBe(3);
 *           });
 *           it("subtracts", () => {
 *             expect(sub(1)).toBe(0);
 *           });
 */
export function ifBlockIsLeft(judged: Judged): Objection | undefined {
  const { before, parts, changes, own: scan } = judged;
  const { gone } = judged.outcome;
  const [part, ...others] = parts;
  if (part === undefined || others.length > 0) return undefined;
  const said = part.filter(says);
  if (said.length < 2 || new Set(said.map(depthOf)).size > 1) return undefined;
  const own = textsOf(before.lines);
  const kept = said.flatMap((line) => {
    const [only, ...rest] = (own.get(line.trim()) ?? []).filter((at) => !gone.has(at));
    return only === undefined || rest.length > 0 ? [] : depthOf(before.lines[only]);
  });
  const [depth] = kept;
  if (depth === undefined || new Set(kept).size > 1) return undefined;
  for (const { aStart, aEnd } of changes) {
    const line = range(aStart, aEnd).find(
      (at) => scan[at]?.kind === "code" && !scan[at]?.inside && depthOf(before.lines[at]) < depth,
    );
    if (line === undefined) continue;
    const message = `The block that ends with \`${excerpt(lineAt(before.lines, line))}\` would go on.`;
    return { message, line };
  }
  return undefined;
}

/**
 * In a list whose entries end with commas the one that was the last does so when another follows.
 *
 *     file: name TEXT,     outcome: name TEXT,
 *           mail TEXT               mail TEXT
 *         );                        since DATE
 */
export function ifCommaIsMissing({ before, after, changes, now }: Judged): Objection | undefined {
  const nextOf = (at: number, step: 1 | -1): number => {
    let next = at + step;
    while (now[next] !== undefined && now[next]?.kind !== "code") next += step;
    return next;
  };
  const isEntry = (at: number): boolean =>
    now[at]?.kind === "code" && now[at]?.inList === true && !now[at]?.inside;
  const endsIn = (at: number): string => maskAt(now, at).trimEnd().slice(-1);
  const isBeside = (one: number, other: number): boolean =>
    isEntry(one) &&
    isEntry(other) &&
    now[one]?.depth === now[other]?.depth &&
    depthOf(after.lines[one]) === depthOf(after.lines[other]);
  for (const { aStart, bStart, bEnd } of changes)
    for (const at of new Set([nextOf(bStart, -1), ...range(bStart, bEnd)])) {
      const [above, below] = [nextOf(at, -1), nextOf(at, 1)];
      const isList = isBeside(above, at) && endsIn(above) === ",";
      if (!isList || !isBeside(at, below) || !/[\w"')\]]/.test(endsIn(at))) continue;
      if (!/^\s*[\w"'`[({]/.test(maskAt(now, below))) continue;
      // A list may go without commas where the file's does, or from line to line within an entry.
      if (
        before.lines.includes(lineAt(after.lines, at)) &&
        before.lines.includes(lineAt(after.lines, below))
      )
        continue;
      const text = excerpt(lineAt(after.lines, at));
      return { message: `\`${text}\` would stand in a list without a comma.`, line: aStart };
    }
  return undefined;
}
