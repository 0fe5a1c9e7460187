import { t } from "../../base/l10n";
import type { Ending } from "../../protocol/history";
import type { ProposalState } from "../../protocol/proposal";

/** How a run ended, or what became of its proposal, in one or two words. */
export function decisionWords(state: Ending | ProposalState): string {
  switch (state) {
    case "open":
    case "proposed":
      return t("not decided");
    case "accepted":
      return t("accepted");
    case "rejected":
      return t("rejected");
    case "conflict":
      return t("conflict");
    case "undone":
      return t("undone");
    case "answered":
      return t("answered");
    case "unchanged":
      return t("unchanged");
    case "refused":
      return t("refused");
    case "stopped":
      return t("stopped");
    case "brokenOff":
      return t("broken off");
    case "cutOff":
      return t("cut off");
    default:
      return state satisfies never;
  }
}
