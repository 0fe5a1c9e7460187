import { t } from "../../../base/l10n";
import { thinksNow } from "../../../runs/fold/thought";
import { timeIn } from "../../../runs/phase-times";
import type { RunState } from "../../../runs/run-state";
import type { ThoughtPart } from "../../../runs/thought-steps";
import { clock, duration, roughTokens } from "../../format";

/** Before this there is too little to tell a pace by. */
const leastSpentMs = 3_000;

/**
 * A whole may be so many times what was seen of it: what a first sentence took says nothing of an
 * hour.
 */
const mostTimesSeen = 20;

/** What stands over a thought. */
export interface ThoughtHead {
  readonly label: string;
  /** How long it took, or takes so far; empty where nobody knows. */
  readonly time: string;
  readonly thinks: boolean;
}

export function thoughtHead(part: ThoughtPart, run: RunState, now: number): ThoughtHead {
  const { attempt, text } = part;
  const thinks = thinksNow(run) && run.attempt === attempt;
  const label = labelOf(part, run, thinks);
  const spentMs = timeIn(run, "thinking", run.end?.at ?? now, attempt);
  if (spentMs === undefined) return { label, time: "", thinks };
  const time = thinks
    ? `${clock(spentMs)}${leftWords(text, spentMs, run)}`
    : spentWords(spentMs, part);
  return { label, time, thinks };
}

/**
 * How long the thought may go on at its pace: as thoughts of this model usually do, or, once it is
 * past that, before its budget is used up; empty where nothing limits it, or too little is known.
 */
function leftWords(text: string, spentMs: number, run: RunState): string {
  const tokens = roughTokens(text);
  const limit = run.thinkingLimit;
  if (limit === undefined || spentMs < leastSpentMs || tokens < 1) return "";
  /** Until there are so many tokens; no end where the pace says too little about so many. */
  const until = (all: number): number =>
    all > tokens * mostTimesSeen
      ? Number.POSITIVE_INFINITY
      : Math.max(0, ((all - tokens) * spentMs) / tokens);
  const usualMs = until(limit.usualTokens ?? 0);
  if (usualMs > leastSpentMs && Number.isFinite(usualMs))
    return ` · ${t("about {0} left", duration(Math.ceil(usualMs / 5_000) * 5_000))}`;
  const byClock = Math.max(0, (limit.ms ?? Number.POSITIVE_INFINITY) - spentMs);
  const leftMs = Math.min(until(limit.tokens), byClock);
  if (!Number.isFinite(leftMs)) return "";
  return ` · ${t("at most {0} more", duration(Math.ceil(leftMs / 10_000) * 10_000))}`;
}

/**
 * Some models think although they are told not to: then it says so. What is sent is told of the
 * first attempt.
 */
function labelOf({ attempt }: ThoughtPart, { sent }: RunState, thinking: boolean): string {
  if (attempt === 1 && sent?.settings?.think === false)
    return thinking ? t("Thinking, though not asked to") : t("Thought, though not asked to");
  return thinking ? t("Thinking") : t("Thought");
}

function spentWords(spentMs: number, { steps = [] }: ThoughtPart): string {
  const number = steps.length + 1;
  return number === 1
    ? t("for {0}", duration(spentMs))
    : t("for {0} in {1} steps", duration(spentMs), number);
}
