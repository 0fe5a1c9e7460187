import type { Hunk } from "../../protocol/proposal";
import { type Change, changesBetween } from "./text/line-changes";
import { type SourceLines, splitSource } from "./text/source-lines";

/** What a unified diff writes below a last line that has no line end. */
const noFinalNewline = "\\ No newline at end of file";

/**
 * The changes from `base` to `proposed` as unified-diff hunks with `contextLines` unchanged lines around each. A change of line ends
 * alone shows as `␍`, a missing final newline as in any unified diff. Two texts that differ hugely give one coarse hunk, not a wait.
 */
export function hunksOf(base: string, proposed: string, contextLines = 3): Hunk[] {
  if (base === proposed) return [];
  const before = splitSource(base);
  const after = splitSource(proposed);
  const changes = changesBetween(withEnds(before), withEnds(after));
  const hunks: Hunk[] = [];
  let group: Change[] = [];
  for (const change of changes) {
    const last = group[group.length - 1];
    if (last && change.aStart - last.aEnd > 2 * contextLines) {
      hunks.push(hunkOf(before, after, group, contextLines));
      group = [];
    }
    group.push(change);
  }
  if (group.length > 0) hunks.push(hunkOf(before, after, group, contextLines));
  return hunks;
}

function withEnds(source: SourceLines): string[] {
  return source.lines.map((line, index) => (index === 0 ? source.bom : "") + line + (source.ends[index] ?? ""));
}

function hunkOf(before: SourceLines, after: SourceLines, changes: readonly Change[], contextLines: number): Hunk {
  const first = changes[0] ?? { aStart: 0, aEnd: 0, bStart: 0, bEnd: 0 };
  const last = changes[changes.length - 1] ?? first;
  const lead = Math.min(contextLines, first.aStart);
  const trail = Math.min(contextLines, before.lines.length - last.aEnd);
  const oldStart = first.aStart - lead;
  const newStart = first.bStart - lead;
  const lines: string[] = [];
  const context = (start: number, end: number): void => {
    for (let at = start; at < end; at++) push(lines, " ", before, at, false);
  };
  let at = oldStart;
  for (const change of changes) {
    context(at, change.aStart);
    const endsOnly = sameButForEnds(before, after, change);
    for (let old = change.aStart; old < change.aEnd; old++) push(lines, "-", before, old, endsOnly);
    for (let fresh = change.bStart; fresh < change.bEnd; fresh++) push(lines, "+", after, fresh, endsOnly);
    at = change.aEnd;
  }
  context(at, last.aEnd + trail);
  const oldLines = last.aEnd + trail - oldStart;
  const newLines = last.bEnd + trail - newStart;
  // An empty side is numbered by the line before it, as `diff` does.
  return {
    oldStart: oldLines === 0 ? oldStart : oldStart + 1,
    oldLines,
    newStart: newLines === 0 ? newStart : newStart + 1,
    newLines,
    lines,
  };
}

function push(lines: string[], sign: string, source: SourceLines, at: number, showEnds: boolean): void {
  const end = source.ends[at] ?? "";
  lines.push(sign + (source.lines[at] ?? "") + (showEnds && end.startsWith("\r") ? "␍" : ""));
  if (end === "" && at === source.lines.length - 1) lines.push(noFinalNewline);
}

function sameButForEnds(before: SourceLines, after: SourceLines, change: Change): boolean {
  if (change.aEnd - change.aStart !== change.bEnd - change.bStart) return false;
  for (let offset = 0; offset < change.aEnd - change.aStart; offset++) {
    if (before.lines[change.aStart + offset] !== after.lines[change.bStart + offset]) return false;
  }
  return true;
}
