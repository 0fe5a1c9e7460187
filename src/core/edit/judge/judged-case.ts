import type { LanguageFacts } from "../../../base/languages/language";
import type { Difference } from "../../../base/text/compare-lines";
import type { Declaration } from "../code/declarations";

export type Change = Difference;

/** One text with what it declares; the two of a case by the same means, tree or text. */
export interface JudgedText {
  readonly lines: readonly string[];
  readonly declarations: readonly Declaration[];
}

/** A file, what an answer says about it, and what we made of it. */
export interface JudgedCase {
  readonly before: JudgedText;
  readonly after: JudgedText;
  /**
   * The lines that the answer gives as the new code, as it wrote them; its marks for left-out code
   * are not among them.
   */
  readonly said: readonly string[];
  /**
   * The same, part by part: what stands between two of its marks for left-out code, or has a place
   * of its own.
   */
  readonly parts: readonly (readonly string[])[];
  /**
   * The lines that the answer quotes as the old code: what it does not repeat of them is meant to
   * go.
   */
  readonly quoted: readonly string[];
  readonly facts: LanguageFacts;
}

export type Law =
  | "said is there"
  | "unsaid is kept"
  | "nothing vanishes"
  | "nothing doubles"
  | "the layout is the file's";

/** What is wrong with an outcome. */
export interface Objection {
  readonly law: Law;
  /** A sentence for the person and the model. */
  readonly message: string;
  /** Zero-based line of the file. */
  readonly line: number;
}

export function objection(law: Law, message: string, line: number): Objection {
  return { law, message, line };
}
