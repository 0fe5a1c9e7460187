import type { MatchLevel } from "../../../protocol/proposal";
import type { AnswerEdit } from "../answer/answer-edit";
import type { RefusalCode } from "../edit-plan";
import type { LineOp } from "../text/source-lines";

/** Lines `[start, end)` of the file, zero-based. */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/** Whether two stretches have a line in common. */
export function touches(a: LineRange, b: LineRange): boolean {
  return a.start < b.end && a.end > b.start;
}

export interface Placed {
  readonly kind: "placed";
  readonly ops: readonly LineOp[];
  readonly match: MatchLevel;
  readonly notices: readonly string[];
  /** The lines that it takes as new code; what has a place of its own by itself. */
  readonly said?: readonly (readonly string[])[];
  readonly by?: string;
}

export interface Refused {
  readonly kind: "refused";
  readonly code: RefusalCode;
  readonly message: string;
  readonly candidates: readonly LineRange[];
  readonly edit?: AnswerEdit;
  /** The place is sure, and the judge objects to what would stand there. */
  readonly isObjection?: true;
}

export type Placement = Placed | Refused;

export const alreadyThere = "A part of the answer was already in the file.";

// What several ways say, each sentence once.
export const elidedStays = "The answer left code out (`...`); that code stays as it is.";
export const notInFile = "The quoted code is not in the file.";
export const onlySomeLines =
  "The answer shows only some lines; the place is the only one that resembles them.";
export const takenAsFile = "The answer's code was taken as the whole file.";
export const notReadable = "The file could not be read any more.";

export function refused(
  code: RefusalCode,
  message: string,
  candidates: readonly LineRange[] = [],
): Refused {
  return { kind: "refused", code, message, candidates };
}

/** For all of an answer, since applying the rest would say that it was all. */
export const partWithoutPlace = refused(
  "noMatch",
  "A part of the answer's code has no place in the file.",
);

const order: readonly MatchLevel[] = ["exact", "spacing", "symbol", "aligned"];

/** The less sure of two. */
export function looser(a: MatchLevel, b: MatchLevel): MatchLevel {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** "line 3", "lines 3 and 9", for a person. */
export function linesInWords(ranges: readonly LineRange[]): string {
  const numbers = ranges.map((range) => String(range.start + 1));
  if (numbers.length <= 1) return `line ${numbers[0] ?? "?"}`;
  return `lines ${numbers.slice(0, -1).join(", ")} and ${numbers[numbers.length - 1]}`;
}

export function tightOp(lines: readonly string[], op: LineOp): LineOp | undefined {
  let { start, end } = op;
  let from = 0;
  let to = op.lines.length;
  while (start < end && from < to && lines[start] === op.lines[from]) {
    start++;
    from++;
  }
  while (end > start && to > from && lines[end - 1] === op.lines[to - 1]) {
    end--;
    to--;
  }
  return start === end && from === to ? undefined : { start, end, lines: op.lines.slice(from, to) };
}

/** Nothing is placed, and nothing told, where they are the same. */
export function placed(
  own: readonly string[],
  op: LineOp,
  how: Pick<Placed, "match" | "notices" | "said">,
): Placed {
  const tight = tightOp(own, op);
  return tight
    ? { kind: "placed", ops: [tight], ...how }
    : { kind: "placed", ops: [], ...how, notices: [] };
}

export function noChange(notice: string): Placed {
  return { kind: "placed", ops: [], match: "exact", notices: [notice] };
}
