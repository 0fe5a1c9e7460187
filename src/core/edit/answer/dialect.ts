import type { AnswerEdit } from "./answer-edit";
import type { LinesAbove } from "./lines-above";
import type { OwnText } from "./own-text";

/** An answer is read by the first dialect that opens at a line. */
export interface Dialect {
  opens(line: string, seen: Seen): Reader | undefined;
}

export interface Reader {
  push(line: string): Step;
  /** @param truncated the model ran into its length limit: what is open is not whole. */
  end(truncated: boolean): Step;
}

export type Step =
  | { readonly kind: "open"; readonly edits: readonly AnswerEdit[] }
  | {
      readonly kind: "closed";
      readonly edits: readonly AnswerEdit[];
      /** Lines that do not belong to it, for others to read. */
      readonly rest: readonly string[];
      readonly isTried: boolean;
    };

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
