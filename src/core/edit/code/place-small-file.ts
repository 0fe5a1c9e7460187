import { isElision } from "../answer/elision";
import { type Placed, placed, takenAsFile } from "../locate/placement";
import { lineSimilarity } from "../text/line-similarity";
import { bestPairs } from "../text/match-lines";
import { thresholds } from "../thresholds";
import type { EditedFile } from "./edited-file";

/** For code that names it and leaves nothing out. */
export function placeSmallFile(file: EditedFile, lines: readonly string[]): Placed | undefined {
  if (file.declarations.length > 0) return undefined;
  const says = (line: string): boolean => line.trim() !== "";
  const own = file.lines.filter(says);
  const theirs = lines.filter(says);
  if (own.length === 0 || own.length > thresholds.smallFile || theirs.length < own.length)
    return undefined;
  if (theirs.some((line) => isElision(line) && !own.includes(line))) return undefined;
  if (own.length > thresholds.tinyFile) {
    const alike = bestPairs(own.length, theirs.length, (i, j) => {
      const score = lineSimilarity(own[i] ?? "", theirs[j] ?? "");
      return score >= thresholds.smallFileLine ? score : 0;
    });
    if (alike.length < own.length * thresholds.smallFileShare) return undefined;
  }
  const op = { start: 0, end: file.lines.length, lines };
  const notices = [takenAsFile];
  return placed(file.lines, op, { match: "aligned", notices });
}
