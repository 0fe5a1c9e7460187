import { t } from "../../base/l10n";
import type { Outcome } from "../../protocol/run-events";

/** What a run came to; undefined where its answer, or its proposal, is there to see. */
export function outcomeTitle(outcome: Outcome): string | undefined {
  switch (outcome) {
    case "answered":
    case "proposed":
      return undefined;
    case "unchanged":
      return t("The model gave the code back unchanged");
    case "refused":
      return t("No safe edit came of it, so nothing is proposed");
    case "stopped":
      return t("Stopped. What was written so far is kept");
    case "cutOff":
      return t("There is no whole answer");
    default:
      return outcome satisfies never;
  }
}
