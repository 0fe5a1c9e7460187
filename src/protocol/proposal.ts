import type { Check } from "./checks";

/**
 * A contiguous change as the person sees it: a unified-diff hunk. Lines carry ' ', '-' or '+' in
 * front and no line end.
 */
export interface Hunk {
  /** One-based first line and number of lines, in the old and in the new text. */
  readonly oldStart: number;
  readonly oldLines: number;
  readonly newStart: number;
  readonly newLines: number;
  readonly lines: readonly string[];
}

/**
 * How the place of an edit was found, surest first: `exact` character for character; `spacing`
 * equal but for white space; `symbol` by the name of the function or class that was rewritten;
 * `aligned` by similarity with a clear margin.
 */
export type MatchLevel = "exact" | "spacing" | "symbol" | "aligned";

/**
 * What the syntax tree says of the result: `clean`, errors that `remain` from before, `broken` by
 * the edit, or not known.
 */
export type SyntaxVerdict = "clean" | "remain" | "broken" | "unknown";

/** In {@link FileProposal.by}: the edit was found by trying small changes, and no model wrote it. */
export const bySmallChanges = "trySmallChanges";

/** An edit of one file that is not applied yet. */
export interface FileProposal {
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  readonly change: "edit" | "create";
  /** The text the model was shown, and what it becomes. For `create` the base is empty. */
  readonly base: string;
  readonly proposed: string;
  readonly hunks: readonly Hunk[];
  readonly match: MatchLevel;
  /** The ways that found the places, by name, for reports; old logs have none. */
  readonly by?: readonly string[];
  readonly syntax: SyntaxVerdict;
  /** What the person should know before accepting, in whole sentences. */
  readonly notices: readonly string[];
}

export interface Proposal {
  readonly id: string;
  /** One or more, each at another place; they are reviewed as one and land together. */
  readonly files: readonly FileProposal[];
  /** What was run to see whether it is right; absent where nothing was. */
  readonly checks?: readonly Check[];
}

/**
 * What the edits that are whole in an unfinished answer come to, in every file that they change.
 */
export interface Draft {
  readonly files: readonly Pick<FileProposal, "path" | "hunks">[];
}

/**
 * `open` until decided; `conflict` when the file changed where the proposal does; `undone` when all
 * that was accepted is gone from the files again, as by the editor's undo.
 */
export type ProposalState = "open" | "accepted" | "rejected" | "conflict" | "undone";

/**
 * What was decided about one block of a proposal; `open` until then. `undone`: it was accepted, and
 * is gone from the file again.
 */
export type BlockState = "open" | "accepted" | "rejected" | "undone";

/**
 * An edit of the answer that has no sure place, also after it was asked for again: the person can
 * point at one.
 */
export interface UnplacedEdit {
  readonly id: string;
  readonly uri: string;
  readonly path: string;
  readonly languageId: string;
  /** Why it has no place, in one or two sentences. */
  readonly reason: string;
  /** The old text as the model quoted it; absent where it quoted none. */
  readonly search?: string;
  readonly replace: string;
  /**
   * Places that come into question, likeliest first: one-based lines of the text the model was
   * shown, both ends included.
   */
  readonly candidates: readonly { readonly startLine: number; readonly endLine: number }[];
  /** The answer's other edits of this file, which have a sure place and wait for this one. */
  readonly others: readonly { readonly search?: string; readonly replace: string }[];
  /**
   * What the answer makes of other files; they wait for this edit. Absent where it changes no
   * other.
   */
  readonly beside?: readonly FileProposal[];
}
