import type { ProposalState } from "./proposal";
import type { Action, Outcome } from "./run-events";

/** What a run came to. `brokenOff`: it was stopped, and by no person. */
export type Ending = Outcome | "brokenOff";

/** What a list of earlier runs shows of one. */
export interface RunSummary {
  readonly runId: string;
  /** When it was asked for, in milliseconds since the epoch. */
  readonly at: number;
  readonly action: Action;
  readonly path: string;
  /** The person's question, or what the run was about in one line, or what its answer says. */
  readonly subject: string;
  readonly model?: string;
  /** Absent while it goes on. */
  readonly outcome?: Ending | "failed";
  /** What became of its last proposal. */
  readonly decision?: ProposalState;
}

/** A run that a search found. */
export interface FoundRun extends RunSummary {
  readonly pinned: boolean;
  /**
   * The first line of the run that holds a word of the search, where that is not the subject or the
   * path.
   */
  readonly excerpt?: string;
}

/** So many runs a list shows at first: a better word leads further than scrolling. */
export const runsAtFirst = 50;

/** What a search came to: the newest runs that hold every word, pinned ones first. */
export interface FoundRuns {
  readonly query: string;
  readonly runs: readonly FoundRun[];
  /** How many there are in all. */
  readonly total: number;
}

export const exportFormats = ["markdown", "json"] as const;
export type ExportFormat = (typeof exportFormats)[number];
