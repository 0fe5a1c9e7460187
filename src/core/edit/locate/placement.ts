import { Changes, type Replacement } from "../../../base/text/changes";
import type { LineRange } from "../../../base/text/line-range";
import type { MatchLevel } from "../../../protocol/proposal";
import type { AnswerEdit } from "../answer/answer-edit";
import type { RefusalCode } from "../edit-plan";

export interface Placed {
  readonly kind: "placed";
  readonly ops: readonly Replacement[];
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

export function twoVersions(places: readonly LineRange[]): Refused {
  const line = (places[0]?.start ?? 0) + 1;
  const why = `The answer gives two different versions of the code at line ${line}.`;
  return refused("overlap", why, places);
}

const order: readonly MatchLevel[] = ["exact", "spacing", "symbol", "aligned"];

/** The less sure of two. */
export function looser(a: MatchLevel, b: MatchLevel): MatchLevel {
  return order.indexOf(a) >= order.indexOf(b) ? a : b;
}

/** "line 3", "lines 3 and 9", for a person. */
export function linesInWords(ranges: readonly LineRange[]): string {
  const numbers = ranges.map((range) => String(range.start + 1));
  if (numbers.length <= 1) return `line ${numbers[0] ?? "?"}`;
  return `lines ${numbers.slice(0, -1).join(", ")} and ${numbers.at(-1)}`;
}

/** A replacement without the lines that it leaves as they are; none where it changes nothing. */
export function tight(lines: readonly string[], op: Replacement): readonly Replacement[] {
  return Changes.of(lines.length, [op]).tight(lines).list;
}

/** Nothing is placed, and nothing told, where they are the same. */
export function placed(
  own: readonly string[],
  op: Replacement,
  how: Pick<Placed, "match" | "notices" | "said">,
): Placed {
  const ops = tight(own, op);
  return { kind: "placed", ops, ...how, ...(ops.length > 0 ? {} : { notices: [] }) };
}

export function noChange(notice: string): Placed {
  return { kind: "placed", ops: [], match: "exact", notices: [notice] };
}
