import { type Change, Changes } from "../../base/text/changes";
import { type LineRange, overlap, touch } from "../../base/text/line-range";
import { wholeLines, withLineFeeds } from "../../base/text/lines";
import type { BlockState } from "../../protocol/proposal";

/** A text as a review compares it: plain line feeds, in lines that keep theirs. */
export function reviewLines(text: string): readonly string[] {
  return wholeLines(withLineFeeds(text));
}

/** The base with these changes and no others. */
export function withOnly(base: readonly string[], changes: readonly Change[]): string {
  return Changes.of(base.length, changes).apply(base).join("");
}

/**
 * What the texts say about decisions that were made in the editor itself. A block that is gone from
 * the review was rejected, by Revert Block or by hand. One that came back, or whose acceptance was
 * undone in the file, is open again. Changes and blocks have at least one line between them, so
 * that touching is enough.
 */
export function observedState(
  recorded: BlockState,
  block: LineRange,
  review: Changes,
  current: Changes,
): BlockState {
  const proposed = review.list.some((change) => touch(change, block));
  const landed = current.list.some((change) => touch(change, block));
  if (recorded === "accepted" && landed) return "accepted";
  return proposed ? "open" : "rejected";
}

/** The change at a zero-based line of the review. */
export function changeInReview(changes: readonly Change[], line: number): Change | undefined {
  return changeAt(changes, { start: line, end: line + 1 }, ({ newStart, newEnd }) => ({
    start: newStart,
    end: newEnd,
  }));
}

/**
 * The change at a zero-based line of the file as it is now.
 * @param toBase what turns the file into the base.
 */
export function changeInFile(
  changes: readonly Change[],
  line: number,
  toBase: Changes,
): Change | undefined {
  const { start, end } = toBase.mapRange({ start: line, end: line + 1 });
  return changeAt(changes, { start, end: Math.max(end, start + 1) }, (change) => change);
}

/** One without lines on the side that is asked for stands between two lines, and is at both. */
function changeAt(
  changes: readonly Change[],
  lines: LineRange,
  placeOf: (change: Change) => LineRange,
): Change | undefined {
  const isBetween = (place: LineRange): boolean => place.start === place.end;
  return (
    changes.find((change) => overlap(placeOf(change), lines)) ??
    changes.find((change) => isBetween(placeOf(change)) && touch(placeOf(change), lines))
  );
}

/** The next change from a line of the review on, and from the top again after the last. */
export function nextChange(changes: readonly Change[], line: number): Change | undefined {
  return changes.find(({ newStart }) => newStart >= line) ?? changes[0];
}
