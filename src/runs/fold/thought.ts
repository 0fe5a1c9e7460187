import type { RunEvent } from "../../protocol/run-events";
import { currentSpan } from "../phase-times";
import type { RunPart, RunState } from "../run-state";

type Of<Kind extends RunEvent["kind"]> = Extract<RunEvent, { kind: Kind }>;

/**
 * Where the part stands that the model wrote last, or what came after it; -1 for none. A remark on
 * the run ("This server does not know that field") is passed over: it does not break a text in two.
 */
export function lastWritten(parts: readonly RunPart[]): number {
  return parts.findLastIndex(({ kind }) => kind !== "notice");
}

/** The model thinks now: once its thought was ended, it is about its answer. */
export function thinksNow(run: RunState): boolean {
  const isEnded = run.parts[lastWritten(run.parts)]?.kind === "thoughtEnded";
  return currentSpan(run)?.phase === "thinking" && !isEnded;
}

/** What the model wrote goes on, or begins as a part of its own. */
export function withText(run: RunState, { kind, text }: Of<"thought" | "answer">): RunState {
  if (text === "") return run;
  const { parts, attempt } = run;
  const at = lastWritten(parts);
  const last = parts[at];
  return {
    ...run,
    parts:
      last?.kind === kind
        ? parts.with(at, { ...last, text: last.text + text })
        : [...parts, { kind, attempt, text }],
  };
}

/** Moves the answer of this attempt to the end of its thought. */
export function answerToThought(run: RunState): RunState {
  const { attempt } = run;
  const answers = run.parts.filter((part) => part.kind === "answer" && part.attempt === attempt);
  if (answers.length === 0) return run;
  const text = answers.map((part) => (part.kind === "answer" ? part.text : "")).join("");
  const parts = run.parts.filter((part) => !answers.includes(part));
  const index = parts.findLastIndex((part) => part.kind === "thought" && part.attempt === attempt);
  const thought = parts[index];
  return thought?.kind === "thought"
    ? { ...run, parts: parts.with(index, { ...thought, text: thought.text + text }) }
    : { ...run, parts: [...parts, { kind: "thought", attempt, text }] };
}

/** A hint waits, or stands from now on in the thought. */
export function withHint(run: RunState, { hint, state }: Of<"hint">): RunState {
  const { parts, attempt, waitingHints: waiting = [] } = run;
  if (state === "waiting") {
    const isKnown = waiting.some(({ id }) => id === hint.id);
    return isKnown ? run : { ...run, waitingHints: [...waiting, hint] };
  }
  const at = lastWritten(parts);
  const last = parts[at];
  const goesOn = last?.kind === "thought" && last.attempt === attempt;
  const thought = goesOn ? last : ({ kind: "thought", attempt, text: "" } as const);
  const { text, hints = [] } = thought;
  const grown = { ...thought, hints: [...hints, { at: text.length, hint }] };
  return {
    ...run,
    waitingHints: waiting.filter(({ id }) => id !== hint.id),
    parts: goesOn ? parts.with(at, grown) : [...parts, grown],
  };
}

/** A step begins in the thought that was written last. */
export function withStep(run: RunState, { at, back }: Of<"step">): RunState {
  const index = lastWritten(run.parts);
  const thought = run.parts[index];
  if (thought?.kind !== "thought") return run;
  const { steps = [], text } = thought;
  const from = text.length - back;
  if (from <= (steps.at(-1)?.from ?? 0) || from > text.length) return run;
  return { ...run, parts: run.parts.with(index, { ...thought, steps: [...steps, { from, at }] }) };
}
