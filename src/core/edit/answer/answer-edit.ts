/** One reading of a quoted place and what it becomes. Several readings exist where the content itself holds a divider. */
export interface Reading {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** One-based line at which the quotation says that it stands, by numbers copied with it. */
  readonly lineHint?: number;
  /** The model wrote a backslash before marks that are text: those that are left are meant. */
  readonly escaped?: true;
}

/** Which dialect an edit was written in. */
export type EditForm = "searchReplace" | "unifiedDiff" | "patch" | "json" | "tags" | "pair" | "prose" | "code";

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
      /** What was odd about the form, in whole sentences. */
      readonly notices: readonly string[];
    }
  | {
      readonly kind: "code";
      readonly path?: string;
      /** What the fence calls its language; empty when it says nothing. */
      readonly language: string;
      readonly lines: readonly string[];
      /** The line of prose above it. */
      readonly label: string;
      /** The model named a path for it that is a path beyond doubt, not a comment that looks like one. */
      readonly pathIsSure: boolean;
      /** The model says that it is all of a file which is not there yet. */
      readonly adds?: true;
      /** The model marked it as an edit: it is no illustration. */
      readonly marked?: boolean;
    }
  | {
      readonly kind: "broken";
      readonly code: "malformed" | "truncated";
      readonly path?: string;
      readonly message: string;
      /** What the model wrote of it. */
      readonly lines: readonly string[];
    };
