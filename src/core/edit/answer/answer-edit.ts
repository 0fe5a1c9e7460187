/** A quoted place and what it becomes; several where the content itself holds a divider. */
export interface Reading {
  readonly search: readonly string[];
  readonly replace: readonly string[];
  /** One-based line at which the quotation says that it stands, by numbers copied with it. */
  readonly lineHint?: number;
  /** The model wrote a backslash before marks that are text: those that are left are meant. */
  readonly escaped?: true;
}

export interface CodeReading {
  readonly lines: readonly string[];
  /** What was done to the model's lines, a sentence each. */
  readonly notices: readonly string[];
}

export type EditForm =
  | "searchReplace"
  | "unifiedDiff"
  | "patch"
  | "json"
  | "tags"
  | "pair"
  | "prose"
  | "code";

export interface ReplaceEdit {
  readonly kind: "replace";
  readonly form: EditForm;
  /** As written, not resolved. */
  readonly path?: string | undefined;
  readonly readings: readonly Reading[];
  /** One-based: the model's guess, good for choosing between equal places. */
  readonly lineHint?: number | undefined;
  /** The prose above it says that the piece before was wrong: this one stands in its place. */
  readonly retracts?: true;
  /** What was odd about the form, in whole sentences. */
  readonly notices: readonly string[];
}

export interface CodeEdit {
  readonly kind: "code";
  readonly path?: string | undefined;
  /** What the fence calls its language; empty when it says nothing. */
  readonly language: string;
  /** Word for word. */
  readonly lines: readonly string[];
  /** Other readings, likeliest first, for what the file itself never writes: `&lt;` as `<`. */
  readonly alternatives?: readonly CodeReading[];
  /** The line of prose above it. */
  readonly label: string;
  /** The path is one beyond doubt, and not a comment that looks like one. */
  readonly pathIsSure: boolean;
  readonly retracts?: true;
  /** The model says that it is all of a file which is not there yet. */
  readonly adds?: true;
  /** The model marked it as an edit: it is no illustration. */
  readonly marked?: boolean;
  /** Imports alone, and the other code of the answer that may need them. */
  readonly neededBy?: readonly string[];
  /** As a stretch of the file it was read already, and did not pass: its names tell its place. */
  readonly byName?: true;
}

export interface BrokenEdit {
  readonly kind: "broken";
  readonly code: "malformed" | "truncated";
  readonly path?: string | undefined;
  readonly message: string;
  readonly lines: readonly string[];
}

/** An edit as the model wrote it, before anybody looked at the file. */
export type AnswerEdit = ReplaceEdit | CodeEdit | BrokenEdit;

/** A path is a path unless something else is said. */
export function codeEdit(
  lines: readonly string[],
  claims: Partial<Omit<CodeEdit, "kind" | "lines">> = {},
): CodeEdit {
  const pathIsSure = claims.path !== undefined;
  return { kind: "code", language: "", lines, label: "", pathIsSure, ...claims };
}

export function replaceEdit(form: EditForm, reading: Reading, path?: string): ReplaceEdit {
  return { kind: "replace", form, path, readings: [reading], notices: [] };
}

export function malformed(message: string, lines: readonly string[], path?: string): BrokenEdit {
  return { kind: "broken", code: "malformed", path, message, lines };
}

export function cutOff(lines: readonly string[], path?: string): BrokenEdit {
  const message = "The answer ends in the middle of an edit.";
  return { kind: "broken", code: "truncated", path, message, lines };
}

export function cutOffCode(lines: readonly string[]): BrokenEdit {
  return { ...cutOff(lines), message: "The answer ends in the middle of its code." };
}

/** All readings of a piece of code: first word for word, then the others. */
export function codeReadings(edit: CodeEdit): readonly CodeReading[] {
  return [{ lines: edit.lines, notices: [] }, ...(edit.alternatives ?? [])];
}
