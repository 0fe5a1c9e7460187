import { type Change, changesBetween } from "../core/edit/text/line-changes";
import type { HunkBlock } from "../protocol/hunk-blocks";
import type { BlockState } from "../protocol/proposal";

/** A text as a review compares it: plain line feeds, in lines that keep theirs. */
export function reviewLines(text: string): readonly string[] {
  return plainText(text).match(/[^\n]*\n|[^\n]+$/g) ?? [];
}

function plainText(text: string): string {
  return text.replace(/\r\n?/g, "\n");
}

/** What a text changes in the base, block by block. */
export function reviewChanges(base: readonly string[], text: readonly string[]): readonly Change[] {
  return changesBetween(base, text);
}

/** The base with these changes of the text and no others. */
export function withOnly(base: readonly string[], text: readonly string[], changes: readonly Change[]): string {
  const lines: string[] = [];
  let at = 0;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    lines.push(...base.slice(at, aStart), ...text.slice(bStart, bEnd));
    at = aEnd;
  }
  return lines.concat(base.slice(at)).join("");
}

/** The text with these changes taken back to the base. */
export function without(base: readonly string[], text: readonly string[], changes: readonly Change[]): string {
  const lines: string[] = [];
  let at = 0;
  for (const { aStart, aEnd, bStart, bEnd } of changes) {
    lines.push(...text.slice(at, bStart), ...base.slice(aStart, aEnd));
    at = bEnd;
  }
  return lines.concat(text.slice(at)).join("");
}

/** Whether a change is about a block. Blocks have at least one line between them, so that touching is enough. */
export function touches(change: Change, block: HunkBlock): boolean {
  return change.aStart <= block.oldEnd && change.aEnd >= block.oldStart;
}

/**
 * What the texts say about decisions that were made in the editor itself: a block that is gone from the review was rejected, by Revert
 * Block or by hand; one that came back, or whose acceptance was undone in the file, is open again.
 */
export function observedState(recorded: BlockState, block: HunkBlock, review: readonly Change[], current: readonly Change[]): BlockState {
  const proposed = review.some((change) => touches(change, block));
  const landed = current.some((change) => touches(change, block));
  if (recorded === "accepted" && landed) return "accepted";
  return proposed ? "open" : "rejected";
}

/** Which text of the diff a line belongs to: the review's own on the right, the file as it is now on the left. */
export type ReviewSide = { readonly kind: "review" } | { readonly kind: "file"; readonly current: readonly Change[] };

/** The change at a zero-based line; one that only removes stands between two lines of the review, and is at both. */
export function changeAt(changes: readonly Change[], line: number, side: ReviewSide): Change | undefined {
  if (side.kind === "review") {
    return (
      changes.find(({ bStart, bEnd }) => line >= bStart && line < bEnd) ??
      changes.find(({ bStart, bEnd }) => bStart === bEnd && (line === bStart || line === bStart - 1))
    );
  }
  const { from, to } = baseLines(side.current, line);
  return (
    changes.find(({ aStart, aEnd }) => aStart < to && aEnd > from) ??
    changes.find(({ aStart, aEnd }) => aStart === aEnd && aStart >= from && aStart <= to)
  );
}

/** The lines of the base that a line of the file stands for. */
function baseLines(current: readonly Change[], line: number): { readonly from: number; readonly to: number } {
  let shift = 0;
  for (const { aStart, aEnd, bStart, bEnd } of current) {
    if (line < bStart) break;
    if (line < bEnd) return { from: aStart, to: Math.max(aEnd, aStart + 1) };
    shift = aEnd - bEnd;
  }
  return { from: line + shift, to: line + shift + 1 };
}

/** The next change from a line of the review on, and from the top again after the last. */
export function nextChange(changes: readonly Change[], line: number): Change | undefined {
  return changes.find(({ bStart }) => bStart >= line) ?? changes[0];
}
