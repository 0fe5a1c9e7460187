import { count, t } from "../../base/l10n";
import type { FormOutcome } from "../prompt/form-memory";
import { type PaceMeasure, tokensPerSecond } from "../run/attempts/model-pace";

/**
 * How a model did on this machine: its edits that could be used as they came, and how fast it
 * writes.
 */
export function recordWords(
  outcomes: readonly FormOutcome[],
  measures: readonly PaceMeasure[],
): readonly string[] {
  const speed = tokensPerSecond(measures);
  const worked = outcomes.filter((outcome) => outcome.worked).length;
  return [
    ...(outcomes.length === 0
      ? []
      : [t("usable edits here: {0} of {1}", count(worked), count(outcomes.length))]),
    ...(speed === undefined ? [] : [t("{0} tokens/s here", count(Math.round(speed)))]),
  ];
}
