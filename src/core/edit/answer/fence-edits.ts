import type { AnswerEdit } from "./answer-edit";
import { fenceInfo, pathInComment } from "./named-path";
import { isPatchEnd, isPatchStart, looksLikeDiff, readDiff, readPatch } from "./read-diff";
import { readJson } from "./read-json";
import { readTags, tagsIn } from "./read-tags";

/** A closed fence without SEARCH/REPLACE blocks in it. */
export interface FencedText {
  readonly info: string;
  readonly path: string | undefined;
  readonly label: string;
  readonly lines: readonly string[];
}

/** The edits in a fence: a patch, a diff, edits as JSON, invented tags, else code. */
export function editsInFence(fence: FencedText): AnswerEdit[] {
  const { language } = fenceInfo(fence.info);
  const first = fence.lines.find((line) => line.trim() !== "");
  if (first === undefined) return [];
  const patch = fence.lines.findIndex((line, at) => (at < 4 || /Begin Patch/.test(line)) && isPatchStart(line));
  if (patch >= 0) return readPatch(fence.lines.slice(patch, endOfPatch(fence.lines)));
  if (looksLikeDiff(language, fence.lines)) {
    const edits = readDiff(fence.lines, fence.path);
    if (edits.length > 0) return edits;
  }
  if (/^\s*[[{]/.test(first)) {
    const edits = readJson(fence.lines.join("\n"), fence.path);
    if (edits.length > 0) return edits;
  }
  if (/^\s*<\w/.test(first)) {
    const edits = readTags(tagsIn(fence.lines.join("\n")));
    if (edits.length > 0) return edits;
  }
  const commented = pathInComment(first);
  const lines = commented === undefined ? fence.lines : fence.lines.slice(fence.lines.indexOf(first) + 1);
  const path = fence.path ?? commented;
  return [
    { kind: "code", language, lines, label: fence.label, pathIsSure: fence.path !== undefined, ...(path === undefined ? {} : { path }) },
  ];
}

/** A patch may be wrapped in a shell command, whose own end is behind it. */
function endOfPatch(lines: readonly string[]): number {
  const end = lines.findLastIndex(isPatchEnd);
  return end < 0 ? lines.length : end;
}
