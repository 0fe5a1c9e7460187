import { limits } from "../limits";
import { type Placement, refused } from "../locate/placement";
import { scanLines } from "../text/scan-lines";
import { thresholds } from "../thresholds";
import type { Declaration } from "./declarations";
import type { EditedFile } from "./edited-file";
import { modelLines } from "./model-lines";
import type { DeclarationPair } from "./pair-declarations";

/** One in the answer, and exactly one in the file whose text it is. */
export function findRenamed(
  file: EditedFile,
  lines: readonly string[],
  strangers: readonly Declaration[],
): DeclarationPair | Placement | undefined {
  const callables = strangers.filter((one) => one.kind === "callable");
  const [theirs] = callables;
  if (!theirs || callables.length > 1) return undefined;
  const scored = file.declarations
    .filter(
      (one) =>
        one.kind === "callable" &&
        one.isValue === theirs.isValue &&
        one.end - one.start <= limits.reach,
    )
    .slice(0, limits.reach)
    .map((ours) => ({ ours, score: likeness(file, modelLines(lines, theirs, ours), ours) }))
    .filter((one) => one.score >= thresholds.same)
    .sort((a, b) => b.score - a.score);
  const [best, second] = scored;
  if (!best) return undefined;
  if (second && best.score - second.score < thresholds.margin) {
    return refused(
      "ambiguous",
      `\`${theirs.name}\` is not in the file, and more than one function resembles it.`,
      [best.ours, second.ours],
    );
  }
  return { theirs, ours: best.ours };
}

/** How much of a declaration's code the lines have, weighed by both lengths. */
export function likeness(file: EditedFile, model: readonly string[], ours: Declaration): number {
  const keys = (lines: readonly string[]): string[] =>
    scanLines(lines, file.facts).flatMap((line) =>
      line.kind === "code" && /\w/.test(line.key) ? [line.key] : [],
    );
  const own = keys(file.lines.slice(ours.head, ours.end));
  const theirs = new Set(keys(model));
  const shared = own.filter((key) => theirs.has(key)).length;
  return own.length === 0 ? 0 : (2 * shared) / (own.length + theirs.size);
}
