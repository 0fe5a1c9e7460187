import type { Range } from "../../protocol/document";
import type { MatchLevel, SyntaxVerdict } from "../../protocol/proposal";
import type { SymbolInfo } from "../../protocol/syntax";
import type { EditForm } from "./answer/answer-edit";

/** A file that the model was shown and may edit. */
export interface EditableFile {
  /** Relative to the workspace, with `/` or `\`. */
  readonly path: string;
  /** Without it an absolute path in the answer is only matched by its end. */
  readonly absolutePath?: string;
  /** The editor's name of it (`python`); an unknown one is compared as plain lines. */
  readonly languageId: string;
  /** With any line ends, byte-order mark or final newline. */
  readonly text: string;
  /** Where the person asked, to decide between equal places. Zero-based. */
  readonly targetRange?: Range;
  /** Absent: all of it. An edit that names no file can mean nothing else. */
  readonly shown?: readonly Range[];
  /** The file's declarations, where a grammar knows them. */
  readonly outline?: readonly SymbolInfo[];
}

/** May reject: planning goes on without. Undefined where the language has no grammar. */
export interface EditSyntax {
  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined>;
  check(
    languageId: string,
    text: string,
  ): Promise<{ readonly errors: readonly Range[] } | undefined>;
}

export interface PlanRequest {
  /** The model's answer without its reasoning. */
  readonly answer: string;
  /** Edits that were read before, which go before the answer's: nothing in their text is a mark. */
  readonly given?: readonly GivenEdit[];
  /** True when the model hit its length limit: what is not complete must not be used. */
  readonly truncated: boolean;
  /** The files that the model was shown. No other file is ever changed. */
  readonly files: readonly EditableFile[];
  readonly syntax?: EditSyntax;
  /** Files that are not there yet are in the plan with `change: "create"`. Refused by default. */
  readonly mayCreate?: boolean;
}

export interface PlannedFile {
  readonly path: string;
  /** `create`: the file is not among those of the request, and `proposed` is all of it. */
  readonly change: "edit" | "create";
  /** The whole new text, byte for byte as the old one outside the changed lines. */
  readonly proposed: string;
  /** How the least sure of the file's edits was found. */
  readonly match: MatchLevel;
  /** The ways that found the places, by the names of their functions in this folder. */
  readonly by: readonly string[];
  readonly syntax: SyntaxVerdict;
  /** What the person should know before accepting, in whole sentences. */
  readonly notices: readonly string[];
}

/**
 * `noEdit`: the answer holds no edit at all; `noMatch`, `ambiguous`: the place is not there, or
 * there are several; `stale`: the lines to change differ from the file; `overlap`: two edits want
 * the same lines; `malformed`, `truncated`: the edit itself is not whole; `path`: it names a file
 * that may not be edited.
 */
export type RefusalCode =
  | "noEdit"
  | "noMatch"
  | "ambiguous"
  | "stale"
  | "overlap"
  | "malformed"
  | "truncated"
  | "path";

/** A place in a file: one-based lines, both ends included. */
export interface PlaceInFile {
  readonly path: string;
  readonly startLine: number;
  readonly endLine: number;
}

export interface WrittenEdit {
  /** 1 for the answer's first edit. */
  readonly number: number;
  readonly form: EditForm;
  /** The file it belongs to, or what the model called it where that is none of the request's. */
  readonly path?: string;
  /** Verbatim, lines joined by a newline. Absent where the model quoted none. */
  readonly search?: string;
  /** Verbatim. Empty for what only deletes, and where it could not be told apart. */
  readonly replace: string;
}

/** An edit that is understood already. Without `path` its file is found by what it quotes. */
export type GivenEdit = Pick<WrittenEdit, "path" | "search" | "replace">;

export interface EditRefusal {
  readonly kind: "refusal";
  readonly code: RefusalCode;
  /** One or two sentences for the person. */
  readonly message: string;
  /** The places in question: all equal ones when ambiguous, else the nearest, best first. */
  readonly candidates: readonly PlaceInFile[];
  /** The edit that has no place; absent when no single edit is to blame. */
  readonly failed?: WrittenEdit;
  /** Those that have a sure place, so that only the failed one need be asked for again. */
  readonly fine: readonly WrittenEdit[];
}

export type EditPlan =
  | { readonly kind: "plan"; readonly files: readonly PlannedFile[] }
  /** The edits are understood and change nothing. */
  | { readonly kind: "unchanged"; readonly notices: readonly string[] }
  | EditRefusal;
