import { t } from "../../base/l10n";
import type { Phase } from "../../protocol/run-events";

/** What goes on in a phase, as it goes on within a sentence. */
export function phaseWords(phase: Phase): string {
  switch (phase) {
    case "connecting":
      return t("connecting");
    case "loading":
      return t("loading the model");
    case "reading":
      return t("reading the prompt");
    case "thinking":
      return t("thinking");
    case "answering":
      return t("answering");
    case "checking":
      return t("checking the edit");
    default:
      return phase satisfies never;
  }
}
