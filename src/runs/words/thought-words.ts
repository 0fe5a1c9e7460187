import { t } from "../../base/l10n";
import type { ThoughtEnd } from "../../protocol/run-events";

/** Why a thought ended before the model ended it, in a sentence. */
export function thoughtEndWords(end: ThoughtEnd): string {
  switch (end) {
    case "person":
      return t("You wanted the answer now, so the thought ends here.");
    case "budget":
      return t("The thought has used up its budget, so the model answers with what it has.");
    case "window":
      return t(
        "The thought has used up its share of the window, so the model answers with what it has.",
      );
    case "loop":
      return t(
        "The thought went round in circles, so it was ended and the model answers with what it has.",
      );
    case "silence":
      return t("The model stopped in its thought, so it was asked to answer with what it has.");
    default:
      return end satisfies never;
  }
}
