import type { Hunk } from "../protocol/proposal";
import type { RunPart, RunState } from "./run-state";

export type ThoughtPart = Extract<RunPart, { kind: "thought" }>;

/** A step of a thought: which characters of it, and how long it took so far. */
export interface ThoughtStep {
  readonly from: number;
  readonly to: number;
  /** Absent where the log does not tell. */
  readonly ms?: number;
}

/**
 * The steps of a thought; one for a thought without any. `now`, in milliseconds since the epoch,
 * ends what still lasts.
 */
export function stepsOf(part: ThoughtPart, run: RunState, now: number): readonly ThoughtStep[] {
  const { steps = [], text } = part;
  const span = run.spans.findLast(
    ({ phase, attempt, from }) =>
      phase === "thinking" &&
      attempt === part.attempt &&
      from <= (steps[0]?.at ?? Number.POSITIVE_INFINITY),
  );
  const begins = [{ from: 0, at: span?.from }, ...steps];
  return begins.map(({ from, at }, index) => {
    const next = begins[index + 1];
    const until = next === undefined ? (span?.to ?? run.end?.at ?? now) : next.at;
    const timed = at === undefined || until === undefined ? {} : { ms: Math.max(0, until - at) };
    return { from, to: next?.from ?? text.length, ...timed };
  });
}

/** A name or number of code; shorter ones stand everywhere. */
const word = /[\p{L}_$][\p{L}\p{N}_$]{2,}|\d+/gu;
/** So many of the words that a change brings or takes have to stand in a step that speaks of it. */
const leastShare = 0.6;

/**
 * The step that speaks of a change: the last of those that quote most of its lines, or else most of
 * its words.
 * @param steps the texts of the steps.
 * @returns the step's index; undefined where none speaks of it clearly.
 */
export function stepOfChange(
  hunks: readonly Pick<Hunk, "lines">[],
  steps: readonly string[],
): number | undefined {
  if (steps.length < 2) return undefined;
  const changed = hunks.flatMap(({ lines }) =>
    lines.filter((line) => /^[+-]/.test(line)).map((line) => withoutSpaces(line.slice(1))),
  );
  const quotable = changed.filter((line) => line.length >= 5);
  const words = new Set(
    hunks.flatMap(({ lines }) => changedWords(lines)).filter((each) => each !== ""),
  );
  let best: { readonly index: number; readonly score: number } | undefined;
  for (const [index, step] of steps.entries()) {
    const plain = withoutSpaces(step);
    const quotes = quotable.filter((line) => plain.includes(line)).length;
    const own = new Set(step.match(word) ?? []);
    const share =
      words.size === 0 ? 0 : [...words].filter((each) => own.has(each)).length / words.size;
    const score = quotes + (share >= leastShare ? share : 0);
    if (score > 0 && score >= (best?.score ?? 0)) best = { index, score };
  }
  return best?.index;
}

/**
 * The words that stand on one side of a change only; all of them where both sides have the same.
 */
function changedWords(lines: readonly string[]): readonly string[] {
  const side = (mark: string) =>
    new Set(
      lines.filter((line) => line.startsWith(mark)).flatMap((line) => line.match(word) ?? []),
    );
  const removed = side("-");
  const added = side("+");
  const one = [
    ...[...removed].filter((each) => !added.has(each)),
    ...[...added].filter((each) => !removed.has(each)),
  ];
  return one.length > 0 ? one : [...removed];
}

function withoutSpaces(text: string): string {
  return text.replace(/[\s`]+/g, "");
}
