import type { AnswerEdit } from "./answer-edit";
import type { LinesAbove } from "./lines-above";
import type { OwnText } from "./own-text";

/**
 * A way in which models write edits. An answer is read by the first dialect that opens at a line.
 */
export interface Dialect {
  /** A reader for what begins with the line, which is then pushed to it first. */
  opens(line: string, seen: Seen): Reader | undefined;
}

/** Reads one thing of its dialect, line by line. */
export interface Reader {
  push(line: string): Step;
  /** @param truncated the model ran into its length limit: what is open is not whole. */
  end(truncated: boolean): Step;
}

/** What came of a line. */
export type Step =
  | { readonly kind: "open"; readonly edits: readonly AnswerEdit[] }
  | {
      readonly kind: "closed";
      readonly edits: readonly AnswerEdit[];
      /** Lines that do not belong to it, for others to read. */
      readonly rest: readonly string[];
      /** The dialect has tried its hand at the rest and must not open on it again. */
      readonly isTried: boolean;
    };

/** What a reader may know of the answer so far, and of the files. */
export interface Seen {
  readonly own: OwnText;
  readonly above: LinesAbove;
  /** The path named last, for edits that name none. */
  lastPath: string | undefined;
  readonly hasEdits: boolean;
}

export const more: Step = { kind: "open", edits: [] };

export function closed(edits: readonly AnswerEdit[], rest: readonly string[] = []): Step {
  return { kind: "closed", edits, rest, isTried: false };
}

/** It was nothing of the dialect, or only its beginning was: the rest is for the others. */
export function givenBack(rest: readonly string[], edits: readonly AnswerEdit[] = []): Step {
  return { kind: "closed", edits, rest, isTried: true };
}
