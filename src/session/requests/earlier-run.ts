import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import { shortened } from "../../base/text/shortened";
import { conversationOf } from "../../core/prompt/conversation";
import type { RunRequest } from "../../core/run/run-request";
import type { ActionArguments } from "../../protocol/commands";
import type { Action } from "../../protocol/run-events";
import type { RunState } from "../../runs/run-state";
import { stepsOf } from "../../runs/thought-steps";

/** A request before its place has been taken. */
export interface Wanted {
  readonly action: Action;
  /** The place; absent: where the cursor is. */
  readonly given?: ActionArguments | undefined;
  /** What goes along beside action and place. */
  readonly more?: Omit<RunRequest, "action" | "target">;
}

/** Where an earlier run is looked up; a blank one is given where it is not known. */
export interface EarlierRuns {
  stateOf(runId: string): RunState;
}

/** Of a step that is asked about. Characters. */
const longestQuoted = 2_000;

/** A question about a place, or what a command asks there. */
export function newRequest(
  action: Action,
  given: ActionArguments | undefined,
  question = given?.question,
): Wanted {
  return { action, given, more: defined({ question }) };
}

/** The run that is followed up on, and the talk that led to it. */
export function following(runs: EarlierRuns, runId: string): NonNullable<RunRequest["follows"]> {
  return { runId, ...defined({ conversation: conversationOf(talkUpTo(runs, runId)) }) };
}

/** What was asked for where a talk last came to an edit; without one, what its last run was. */
export function actionOfEdit(runs: EarlierRuns, runId: string): Action | undefined {
  const withEdit = talkUpTo(runs, runId).findLast(({ parts }) =>
    parts.some((part) => part.kind === "proposal"),
  );
  return (withEdit ?? runs.stateOf(runId)).started?.action;
}

/** A run and those that it follows up on, the oldest first. */
function talkUpTo(runs: EarlierRuns, runId: string): readonly RunState[] {
  const talk: RunState[] = [];
  for (let id: string | undefined = runId; id !== undefined; ) {
    const run = runs.stateOf(id);
    talk.unshift(run);
    const earlier: string | undefined = run.started?.follows;
    id = talk.some((each) => each.runId === earlier) ? undefined : earlier;
  }
  return talk;
}

/**
 * A question about a run's place, with all that was said before and what became of it. A run that
 * is gone is asked as a new question where the cursor is.
 */
export function followUp(
  runs: EarlierRuns,
  runId: string,
  question: string,
  action: Action = "ask",
): Wanted {
  const { started } = runs.stateOf(runId);
  if (started === undefined) return newRequest(action, undefined, question);
  const { uri, range } = started;
  return { action, given: { uri, range }, more: { question, follows: following(runs, runId) } };
}

/** An earlier question in other words. What was said before it goes along as it did then. */
export function rephrased(runs: EarlierRuns, runId: string, question: string): Wanted {
  const { started } = runs.stateOf(runId);
  if (started === undefined) return newRequest("ask", undefined, question);
  const { action, uri, range, follows } = started;
  const before = follows === undefined ? {} : { follows: following(runs, follows) };
  return { action, given: { uri, range }, more: { question, ...before } };
}

/** A question that follows up on a run, or is that run's in other words. */
export interface QuestionAfter {
  readonly runId: string;
  readonly rephrases: boolean;
}

/** A question behind a run, or in other words than its own; else a new one where the cursor is. */
export function questionAbout(
  runs: EarlierRuns,
  action: Action,
  question: string | undefined,
  after: QuestionAfter | undefined,
): Wanted {
  if (after === undefined || question === undefined) return newRequest(action, undefined, question);
  return after.rephrases
    ? rephrased(runs, after.runId, question)
    : followUp(runs, after.runId, question, action);
}

/**
 * The same as an earlier run about the same place, as it is now; undefined where that run never
 * started.
 */
export function sameAgain(runs: EarlierRuns, runId: string): Wanted | undefined {
  const { started } = runs.stateOf(runId);
  if (started === undefined) return undefined;
  const { action, uri, range, question, follows, untilGreen } = started;
  if (follows !== undefined && question !== undefined)
    return followUp(runs, follows, question, action);
  return { action, given: { uri, range }, more: defined({ question, untilGreen }) };
}

/** The same as an earlier run, thinking on from its thought; undefined where it has none. */
export function thinkingOn(run: RunState): Wanted | undefined {
  const thoughtBefore = lastThoughtOf(run);
  if (run.started === undefined || thoughtBefore === undefined) return undefined;
  const { action, uri, range, question } = run.started;
  const thinkBefore = run.sent?.settings?.think;
  const more = { thoughtBefore, ...defined({ question, thinkBefore }) };
  return { action, given: { uri, range }, more };
}

/** The last thought of a run. */
export function lastThoughtOf({ parts }: RunState): string | undefined {
  const thought = parts.findLast((part) => part.kind === "thought" && part.text.trim() !== "");
  return thought?.kind === "thought" ? thought.text : undefined;
}

/**
 * The question what a step of a run's thought means; undefined where there is no such step.
 * Thoughts go along with no follow-up, so its words are in the question.
 */
export function questionAboutStep(run: RunState, part: number, step: number): string | undefined {
  const thought = run.parts[part];
  if (thought?.kind !== "thought") return undefined;
  const place = stepsOf(thought, run, 0)[step];
  if (place === undefined) return undefined;
  const words = thought.text.slice(place.from, place.to).trim();
  const quoted = shortened(words, longestQuoted);
  return `${t("Explain this step of your thought:")}\n\n${quoted.replace(/^/gm, "> ")}`;
}
