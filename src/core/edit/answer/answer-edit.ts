/** One reading of a quoted place and what it becomes. Several readings exist where the content itself holds a divider. */
export interface Reading {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** One-based line at which the quotation says that it stands, by numbers copied with it. */
  readonly lineHint?: number;
  /** The model wrote a backslash before marks that are text: those that are left are meant. */
  readonly escaped?: true;
}

/** One way to read the lines of a piece of code. */
export interface CodeReading {
  readonly lines: readonly string[];
  /** What was done to the model's lines, as the end of a sentence: "HTML entities were decoded". Empty for none. */
  readonly why: string;
}

/** Which dialect an edit was written in. */
export type EditForm =
  | "searchReplace"
  | "unifiedDiff"
  | "patch"
  | "json"
  | "tags"
  | "pair"
  | "prose"
  | "code";

/** An edit as the model wrote it, before anybody looked at the file. */
export type AnswerEdit =
  | {
      readonly kind: "replace";
      readonly form: EditForm;
      /** As written, not resolved. */
      readonly path?: string;
      /** What a diff calls the file before the change, when that is another name. */
      readonly oldPath?: string;
      readonly readings: readonly Reading[];
      /** Lines that stand somewhere above the place (a patch's `@@` line). */
      readonly below?: readonly string[];
      /** One-based line at which the model says that the quotation stands: a guess, good for choosing between equal places. */
      readonly lineHint?: number;
      /** The prose above it says that the piece before was wrong: this one stands in its place. */
      readonly retracts?: true;
      /** What was odd about the form, in whole sentences. */
      readonly notices: readonly string[];
    }
  | {
      readonly kind: "code";
      readonly path?: string;
      /** What the fence calls its language; empty when it says nothing. */
      readonly language: string;
      /** Word for word. */
      readonly lines: readonly string[];
      /** Other readings of the lines, likeliest first, for what the file itself never writes: `&lt;` as `<`. */
      readonly alternatives?: readonly CodeReading[];
      /** The line of prose above it. */
      readonly label: string;
      /** The model named a path for it that is a path beyond doubt, not a comment that looks like one. */
      readonly pathIsSure: boolean;
      /** The prose above it says that the piece before was wrong: this one stands in its place. */
      readonly retracts?: true;
      /** It is all of the file: the file is empty, or is data with the same root or keys. Nothing in it is a mark of an edit. */
      readonly whole?: true;
      /** The model says that it is all of a file which is not there yet. */
      readonly adds?: true;
      /** The model marked it as an edit: it is no illustration. */
      readonly marked?: boolean;
      /** Imports alone, and the other code of the answer that may need them. */
      readonly neededBy?: readonly string[];
      /** Its place is to be found by names: as a stretch of the file it was read already, and did not pass. */
      readonly byName?: true;
    }
  | {
      readonly kind: "broken";
      readonly code: "malformed" | "truncated";
      readonly path?: string;
      readonly message: string;
      /** What the model wrote of it. */
      readonly lines: readonly string[];
    };

type CodeEdit = Extract<AnswerEdit, { kind: "code" }>;

/** All readings of a piece of code: first word for word, then the others. */
export function codeReadings(edit: CodeEdit): readonly CodeReading[] {
  return [{ lines: edit.lines, why: "" }, ...(edit.alternatives ?? [])];
}
