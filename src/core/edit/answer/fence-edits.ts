import { says } from "../text/lines";
import { type AnswerEdit, codeEdit } from "./answer-edit";
import { labelledPair } from "./labelled-pair";
import { fenceInfo, pathInComment } from "./named-path";
import { otherReadings } from "./other-readings";
import { fileGivenWhole } from "./own-content";
import type { OwnText } from "./own-text";
import { isPatchEnd, isPatchStart, looksLikeDiff, readDiff } from "./read-diff";
import { readJson } from "./read-json";
import { withSignsInFront } from "./signs-behind";

/** A closed fence without SEARCH/REPLACE blocks in it. */
export interface FencedText {
  readonly info: string;
  readonly path: string | undefined;
  readonly label: string;
  readonly lines: readonly string[];
}

/** What the file itself is comes first: data given anew, else an edit in any dialect, else code. */
export function editsInFence(fence: FencedText, own: OwnText): AnswerEdit[] {
  const { language } = fenceInfo(fence.info);
  const first = fence.lines.find(says);
  if (first === undefined) return [];
  const whole = fileGivenWhole(fence.lines, language, fence.path, own);
  if (!whole) {
    const edits = editsInDialect(fence, language, first, own);
    if (edits.length > 0) return edits;
  }
  const commented = pathInComment(first);
  const isPath = commented !== undefined && !own.has(first);
  const lines = isPath ? fence.lines.slice(fence.lines.indexOf(first) + 1) : fence.lines;
  const path = fence.path ?? whole?.path ?? (isPath ? commented : undefined);
  return [
    codeEdit(lines, {
      language,
      label: fence.label,
      path,
      pathIsSure: fence.path !== undefined || whole !== undefined,
      alternatives: otherReadings(lines, own),
    }),
  ];
}

function editsInDialect(
  { lines, path }: FencedText,
  language: string,
  first: string,
  own: OwnText,
): AnswerEdit[] {
  const patch = lines.findIndex(
    (line, at) => isPatchStart(line) && (at < 4 || /Begin Patch/.test(line)) && !own.has(line),
  );
  if (patch >= 0) return readDiff(lines.slice(patch, endOfPatch(lines)), undefined);
  const isDiff = looksLikeDiff(language, lines) && !isOwnDiff(lines, own);
  const inFront = withSignsInFront(lines, isDiff, own);
  if (isDiff || inFront) {
    const edits = readDiff(inFront ?? lines, path);
    if (edits.length > 0) return edits;
  }
  if (/^\s*[[{]/.test(first)) return readJson(lines.join("\n"), path, own);
  return labelledPair(lines, path, own);
}

/** A file may have signs in front of its own lines, such as a list. */
function isOwnDiff(lines: readonly string[], own: OwnText): boolean {
  const signed = lines.filter((line) => /^[+-]/.test(line) && !/^(?:---|\+\+\+) /.test(line));
  const known = signed.filter((line) => own.has(line)).length;
  return known > 0 && known * 2 >= signed.length;
}

/** A patch may be wrapped in a shell command, whose own end is behind it. */
function endOfPatch(lines: readonly string[]): number {
  const end = lines.findLastIndex(isPatchEnd);
  return end < 0 ? lines.length : end;
}
