import { isElision } from "../answer/elision";
import { type Placed, placed } from "../locate/placement";
import { lineSimilarity } from "../text/line-similarity";
import { bestPairs } from "../text/match-lines";
import type { EditedFile } from "./edited-file";

/** A file of so few lines is rewritten as a whole more often than in parts. */
const fewLines = 3;
/** In one of so many lines, the answer's have to resemble them. */
const mostLines = 12;
const alikeAtLeast = 0.6;
const shareAtLeast = 0.6;

/**
 * The whole of a small file without declarations, for code that names it and leaves nothing out.
 */
export function placeSmallFile(file: EditedFile, lines: readonly string[]): Placed | undefined {
  if (file.declarations.length > 0) return undefined;
  const says = (line: string): boolean => line.trim() !== "";
  const own = file.lines.filter(says);
  const theirs = lines.filter(says);
  if (own.length === 0 || own.length > mostLines || theirs.length < own.length) return undefined;
  if (theirs.some((line) => isElision(line) && !own.includes(line))) return undefined;
  if (own.length > fewLines) {
    const alike = bestPairs(own.length, theirs.length, (i, j) => {
      const score = lineSimilarity(own[i] ?? "", theirs[j] ?? "");
      return score >= alikeAtLeast ? score : 0;
    });
    if (alike.length < own.length * shareAtLeast) return undefined;
  }
  const op = { start: 0, end: file.lines.length, lines };
  const notices = ["The answer's code was taken as the whole file."];
  return placed(file.lines, op, { match: "aligned", notices });
}
