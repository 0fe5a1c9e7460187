import type { Phase } from "../protocol/run-events";
import type { PhaseSpan, RunState } from "./run-state";

/** The phase that lasts now. */
export function currentSpan(run: RunState): PhaseSpan | undefined {
  if (run.end !== undefined) return undefined;
  const last = run.spans.at(-1);
  return last?.to === undefined ? last : undefined;
}

/**
 * Milliseconds spent in a phase, over all attempts or in one; undefined when it never happened.
 * `now` closes what still lasts.
 */
export function timeIn(
  run: RunState,
  phase: Phase,
  now: number,
  attempt?: number,
): number | undefined {
  const spans = run.spans.filter(
    (span) => span.phase === phase && (attempt === undefined || span.attempt === attempt),
  );
  if (spans.length === 0) return undefined;
  return spans.reduce((sum, span) => sum + Math.max(0, (span.to ?? now) - span.from), 0);
}
