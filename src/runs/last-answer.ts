import type { RunPart, RunState } from "./run-state";

/**
 * Where in a run's parts that begins which still holds: behind the last change that was tried and
 * did not do, and the last time that something else was begun.
 */
export function holdsFrom(parts: readonly RunPart[]): number {
  return parts.findLastIndex(endsAttempt) + 1;
}

/**
 * What the model said in the end, which may be in pieces with thoughts between them; earlier
 * answers were of no use to anyone. Where each was tried and did not do, it is the last one.
 * Undefined where it said nothing.
 */
export function lastAnswer({ parts }: RunState): string | undefined {
  const end = parts.findLastIndex(isAnswer) + 1;
  const pieces = parts.slice(holdsFrom(parts.slice(0, end)), end).filter(isAnswer);
  return pieces.length === 0 ? undefined : pieces.map(({ text }) => text).join("");
}

function endsAttempt({ kind }: RunPart): boolean {
  return kind === "tried" || kind === "attempt";
}

function isAnswer(part: RunPart): part is Extract<RunPart, { kind: "answer" }> {
  return part.kind === "answer" && part.text.trim() !== "";
}
