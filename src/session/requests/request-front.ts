import type { CurrentRun } from "../../core/run/assistant";
import type { ActionArguments } from "../../protocol/commands";
import type { Target } from "../../protocol/document";
import type { Action } from "../../protocol/run-events";

/**
 * What to do with a request while another run goes on. `free`: that one ended by itself meanwhile.
 */
export type WayMade = "stop" | "wait" | "free";

/** What a front end brings so that runs can be asked for. */
export interface RequestFront {
  /**
   * The place that is meant, as it is now. Throws FailureError for one that cannot be worked on,
   * before any model is asked.
   */
  takeTarget(given: ActionArguments | undefined, action: Action): Promise<Target>;
  /**
   * Asks what to do about the run that goes on; `idle` resolves when it ends. Undefined: the person
   * changed their mind.
   */
  makeWay(current: CurrentRun, idle: Promise<void>): Promise<WayMade | undefined>;
  /** A run has been asked for: the front shows it. */
  showRun(): void;
}
