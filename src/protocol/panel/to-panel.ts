import type { ListedPiece } from "../context";
import type { FoundRuns } from "../history";
import type { RunEvent } from "../run-events";
import type { Setup } from "../setup";

/**
 * A batch of a run's events. `seq` numbers the first of them within the run, from 0, so that the
 * view can tell a gap (it then asks for a replay with `ready`) and drop what it already has.
 */
export interface EventBatch {
  readonly runId: string;
  readonly seq: number;
  readonly events: readonly RunEvent[];
}

/**
 * Host to view. `replay` replaces everything the view holds; with `more` set, the rest of it comes
 * in the next message; with `unread`, runs of earlier windows are still being read, and another
 * replay follows.
 */
export type ToPanel =
  | {
      readonly kind: "replay";
      readonly runs: readonly EventBatch[];
      readonly more?: true;
      readonly unread?: true;
    }
  | { readonly kind: "events"; readonly batch: EventBatch }
  | { readonly kind: "setup"; readonly setup: Setup }
  /** Whether a question about a run stands among the editor's notifications, seen or not. */
  | { readonly kind: "asking"; readonly isOpen: boolean }
  | { readonly kind: "focusAsk" }
  /** The file that a new question would be about; absent: none is in front. */
  | { readonly kind: "inFront"; readonly uri?: string }
  /** What would go along with a question now. */
  | { readonly kind: "context"; readonly path?: string; readonly pieces: readonly ListedPiece[] }
  /** What a word behind an `@` may become. */
  | { readonly kind: "completions"; readonly query: string; readonly found: readonly Completion[] }
  /** Words for the question box, such as a file that was dropped on it. */
  | { readonly kind: "insert"; readonly text: string }
  /** What a search over the history found. */
  | { readonly kind: "found"; readonly found: FoundRuns }
  /**
   * Of names in a run's texts that were asked about, those that lead to a place: `at` says where,
   * as people see it.
   */
  | {
      readonly kind: "places";
      readonly runId: string;
      readonly asked: readonly string[];
      readonly found: readonly { readonly name: string; readonly at: string }[];
    }
  /** Brings a run into view that a replay has just brought, or that was there. */
  | { readonly kind: "showRun"; readonly runId: string };

/** What can be named in a question. */
export interface Completion {
  /** As it is written: `@file:src/a.ts`. */
  readonly insert: string;
  readonly detail: string;
}
