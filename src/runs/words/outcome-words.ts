import { t } from "../../base/l10n";
import type { Outcome } from "../../protocol/run-events";

/** Why a run ended that nobody stopped. */
export function windowClosed(): string {
  return t("The window was closed or reloaded before the run was over.");
}

/**
 * What a run came to; undefined where its answer, or its proposal, is there to see.
 * @param detail why it did
 */
export function outcomeTitle(outcome: Outcome, detail?: string): string | undefined {
  switch (outcome) {
    case "answered":
    case "proposed":
      return undefined;
    case "unchanged":
      return t("The model gave the code back unchanged");
    case "refused":
      return t("No safe edit came of it, so nothing is proposed");
    case "stopped":
      return detail === undefined
        ? t("Stopped. What was written so far is kept")
        : t("Broken off. What was written so far is kept");
    case "cutOff":
      return t("There is no whole answer");
    default:
      return outcome satisfies never;
  }
}
