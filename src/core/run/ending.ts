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

/** @param isText nobody wanted an edit. */
export function cutOff({ answer, looped }: StreamedAnswer, isText = false): Ending {
  const outcome = "cutOff";
  if (answer.trim() === "" && !looped) {
    const detail =
      "The model used all its room for thinking and did not come to an answer. A larger context gives it more room.";
    return { outcome, detail };
  }
  // Where it went round in circles is said already.
  if (isText)
    return looped
      ? { outcome }
      : {
          outcome,
          detail:
            "The answer was cut off at the length limit. A larger context gives it more room.",
        };
  return {
    outcome,
    detail: looped
      ? "The answer went round in circles, so no edit was taken from where it did."
      : "The answer was cut off at the length limit, so no edit was taken from it. A larger context gives it more room.",
  };
}
