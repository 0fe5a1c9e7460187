import type { Range } from "../../protocol/document";
import type { MatchLevel, SyntaxVerdict } from "../../protocol/proposal";
import type { SymbolInfo } from "../../protocol/syntax";

/** A file that the model was shown and may edit. */
export interface EditableFile {
  readonly path: string;
  readonly languageId: string;
  /** As on disk or in the editor: any line ends, with or without a byte-order mark or a final newline. */
  readonly text: string;
  /** Where the person asked, to decide between equal places. */
  readonly targetRange?: Range;
  /** The file's declarations, where a grammar knows them. */
  readonly outline?: readonly SymbolInfo[];
}

/** The syntax tree as far as planning needs it; undefined when the language has no grammar. */
export interface EditSyntax {
  outline(languageId: string, text: string): Promise<readonly SymbolInfo[] | undefined>;
  check(languageId: string, text: string): Promise<{ readonly errors: readonly Range[] } | undefined>;
}

export interface PlanRequest {
  /** The model's answer without its reasoning. */
  readonly answer: string;
  /** True when the model hit its length limit: what is not complete must not be used. */
  readonly truncated: boolean;
  readonly files: readonly EditableFile[];
  readonly syntax?: EditSyntax;
}

export interface PlannedFile {
  readonly path: string;
  readonly proposed: string;
  readonly match: MatchLevel;
  readonly syntax: SyntaxVerdict;
  readonly notices: readonly string[];
}

/**
 * `noEdit`: the answer holds no edit at all; `noMatch`, `ambiguous`: the place is not there, or there are several; `stale`: the
 * lines to change differ from the file; `overlap`: two edits want the same lines; `malformed`, `truncated`: the edit itself is not
 * whole; `path`: it names a file that may not be edited.
 */
export type RefusalCode = "noEdit" | "noMatch" | "ambiguous" | "stale" | "overlap" | "malformed" | "truncated" | "path";

export type EditPlan =
  | { readonly kind: "plan"; readonly files: readonly PlannedFile[] }
  /** The edits are understood and change nothing. */
  | { readonly kind: "unchanged" }
  | {
      readonly kind: "refusal";
      readonly code: RefusalCode;
      /** One or two sentences for the person. */
      readonly message: string;
      /** One-based lines of the places in question. */
      readonly candidates: readonly { readonly path: string; readonly startLine: number; readonly endLine: number }[];
    };
