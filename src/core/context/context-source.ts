import type { ContextPiece, DroppedPiece } from "../../protocol/context";
import type { Target } from "../../protocol/document";
import type { Action } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import type { Mention } from "./mentions";

/** What context is looked for. */
export interface ContextQuery {
  readonly action: Action;
  readonly target: Target;
  readonly syntax: SyntaxContext | undefined;
  /** What the person named in their question. */
  readonly mentions: readonly Mention[];
}

/** What was found, and what was found and must not be sent. */
export interface ContextFindings {
  readonly pieces: readonly ContextPiece[];
  readonly dropped: readonly DroppedPiece[];
}

export const nothingFound: ContextFindings = { pieces: [], dropped: [] };

/**
 * Somebody who knows a part of what belongs to a place: the editor's providers, a search over the
 * project, the person. May be slow, and may reject: the run goes on without it.
 */
export interface ContextSource {
  /** In a word for the log. */
  readonly name: string;
  /**
   * What the person named is waited for longer than what nobody asked for. Absent: as all others.
   */
  readonly limitMs?: number;
  /** @param tell hears of each piece as it is found: what was told counts when the rest is late. */
  find(query: ContextQuery, signal: AbortSignal, tell: TellPiece): Promise<ContextFindings>;
}

export type TellPiece = (piece: ContextPiece) => void;
