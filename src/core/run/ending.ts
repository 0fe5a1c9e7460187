import type { Outcome } from "../../protocol/run-events";
import type { StreamedAnswer } from "./asking/stream-answer";
import type { Verdict } from "./edits/propose";

/** How a run ends that does not fail. */
export interface Ending {
  readonly outcome: Outcome;
  readonly detail?: string;
}

export function endingOf(verdict: Verdict): Ending {
  switch (verdict.kind) {
    case "proposal":
      return { outcome: "refused", detail: "The edit would break the code's syntax." };
    case "unchanged":
      return { outcome: "unchanged", detail: "The model gave the same code back." };
    case "refusal":
      return { outcome: "refused", detail: verdict.message };
    default:
      return verdict satisfies never;
  }
}

export function cutOff(streamed: StreamedAnswer): Ending {
  if (streamed.looped) {
    const detail = "The answer went round in circles, so no edit was taken from where it did.";
    return { outcome: "cutOff", detail };
  }
  return {
    outcome: "cutOff",
    detail:
      streamed.answer.trim() === ""
        ? "The model used all its room for thinking and did not come to an answer. A larger context gives it more room."
        : "The answer was cut off at the length limit, so no edit was taken from it. A larger context gives it more room.",
  };
}
