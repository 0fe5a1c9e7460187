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
 * What the texts of a file differ in from the base. Absent: nobody has the review before them;
 * nothing is known of the file.
 */
export interface ObservedTexts {
  readonly review?: Changes | undefined;
  readonly file?: Changes | undefined;
  /** What was put into the file when blocks of it were accepted. */
  readonly taken: Changes;
}

/**
 * What the texts say about decisions that were made in the editor itself. A block that is gone from
 * the review was rejected, by Revert Block or by hand; one that came back is open again. An
 * accepted one is undone when the file has the base there again and the text that was taken stands
 * nowhere else, and accepted once more when that very text is back, be it elsewhere (a line is
 * moved by cutting it out first): what the person writes there themselves is neither. Changes and
 * blocks have at least one line between them, so that touching is enough.
 */
export function observedState(
  recorded: BlockState,
  block: LineRange,
  { review, file, taken }: ObservedTexts,
): BlockState {
  const at = (changes: Changes): readonly Change[] =>
    changes.list.filter((change) => touch(change, block));
  const wasTaken = recorded === "accepted" || recorded === "undone";
  if (wasTaken) {
    if (file === undefined) return recorded;
    const here = at(file);
    const isThere = recorded === "accepted" ? here.length > 0 : sameChanges(here, at(taken));
    if (isThere || standsElsewhere(at(taken), file, taken)) return "accepted";
  }
  if (review !== undefined && at(review).length === 0) return "rejected";
  if (wasTaken) return "undone";
  return review === undefined ? recorded : "open";
}

/**
 * Whether the person moved what was taken: its lines stand together in what they changed, however
 * far they are indented there.
 */
function standsElsewhere(own: readonly Change[], file: Changes, taken: Changes): boolean {
  const text = own.map(({ lines }) => plainText(lines)).join("");
  // A bracket or an empty line is the same everywhere.
  if (!/[\p{L}\p{N}]/u.test(text)) return false;
  return file.list.some(
    (change) =>
      plainText(change.lines).includes(text) &&
      // Another block may have put the same lines into the file.
      !taken.list.some((each) => !own.includes(each) && sameChanges([change], [each])),
  );
}

function plainText(lines: readonly string[]): string {
  const trimmed = lines.map((line) => line.trim()).filter((line) => line !== "");
  return trimmed.map((line) => `\n${line}\n`).join("");
}

function sameChanges(some: readonly Change[], others: readonly Change[]): boolean {
  const plain = (changes: readonly Change[]): string =>
    JSON.stringify(changes.map(({ start, end, lines }) => [start, end, lines]));
  return plain(some) === plain(others);
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
