import type { Ending } from "../protocol/history";
import type { RunEvent } from "../protocol/run-events";

/** One that says why it was stopped was stopped by no person. */
export function endingOf({ outcome, detail }: Extract<RunEvent, { kind: "finished" }>): Ending {
  return outcome === "stopped" && detail !== undefined ? "brokenOff" : outcome;
}
