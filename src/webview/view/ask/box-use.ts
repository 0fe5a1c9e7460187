import { t } from "../../../base/l10n";
import { currentSpan } from "../../../runs/phase-times";
import type { RunState } from "../../../runs/run-state";

/**
 * What the box is for: a question, a hint for the model that thinks, or a word about an answer that
 * has begun.
 */
export type BoxUse = "ask" | "hint" | "correct";

/** @param run the one that goes on. */
export function useIn(run: RunState | undefined): BoxUse {
  const phase = run === undefined ? undefined : currentSpan(run)?.phase;
  if (phase === "answering") return "correct";
  return phase === undefined || phase === "checking" ? "ask" : "hint";
}

/** @param followUp there is something to follow up on. */
export function wordsFor(
  use: BoxUse,
  followUp: boolean,
): Readonly<Record<"name" | "placeholder" | "send", string>> {
  switch (use) {
    case "ask":
      return {
        name: t("Ask about your code"),
        placeholder: followUp ? t("Follow up…") : t("Ask about your code, @ adds to it"),
        send: t("Send the question"),
      };
    case "hint":
      return {
        name: t("Give the model a hint"),
        placeholder: t("Add a hint while it thinks…"),
        send: t("Send the hint"),
      };
    case "correct":
      return {
        name: t("Correct the answer"),
        placeholder: t("Correct it, or follow up…"),
        send: t("Send the hint"),
      };
    default:
      return use satisfies never;
  }
}
