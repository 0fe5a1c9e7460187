import type { LanguageFacts } from "../../../base/languages/language";
import type { Difference } from "../../../base/text/compare-lines";
import type { Declaration } from "../code/declarations";
import { limits } from "../limits";
import type { ScannedLine } from "../text/scan-line";
import type { OutcomeLines } from "./outcome-lines";

export type Change = Difference;

/** One text with what it declares; the two of a case by the same means, tree or text. */
export interface JudgedText {
  readonly lines: readonly string[];
  readonly declarations: readonly Declaration[];
}

export interface JudgedCase {
  readonly before: JudgedText;
  readonly after: JudgedText;
  /** As the answer wrote them, without its marks for left-out code. */
  readonly said: readonly string[];
  /** All that the answer gives as new in any of its readings, also what nobody placed. */
  readonly written: readonly string[];
  /** Between two marks for left-out code, or with a place of its own. */
  readonly parts: readonly (readonly string[])[];
  /** What is not repeated of these is meant to go. */
  readonly quoted: readonly string[];
  /** What the sentence above the code says that it takes out, sign by sign: `@cached`. */
  readonly toldGone: readonly string[];
  readonly facts: LanguageFacts;
}

/** With what several laws ask of it. */
export interface Judged extends JudgedCase {
  readonly changes: readonly Change[];
  readonly outcome: OutcomeLines;
  /** The lines of the file as they are read, and those of the outcome. */
  readonly own: readonly ScannedLine[];
  readonly now: readonly ScannedLine[];
}

export type Law =
  | "said is there"
  | "unsaid is kept"
  | "nothing vanishes"
  | "nothing doubles"
  | "the layout is the file's";

export interface Objection {
  /** A sentence for the person and the model. */
  readonly message: string;
  /** Zero-based line of the file. */
  readonly line: number;
}

/** What is put in may begin as the lines below it do: each way to see it. */
export function slides(change: Change, lines: readonly string[]): Change[] {
  const ways = [change];
  if (change.aStart < change.aEnd) return ways;
  for (
    let { bStart, bEnd } = change;
    bStart > 0 && ways.length < limits.places && lines[bStart - 1] === lines[bEnd - 1];
    bStart--, bEnd--
  )
    ways.push({ ...change, bStart: bStart - 1, bEnd: bEnd - 1 });
  return ways;
}
