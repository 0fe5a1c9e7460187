import { defined } from "../../base/defined";
import { levelAbove } from "../../base/thoughts/levels";
import type { RunEvent } from "../../protocol/run-events";
import { foldEvent } from "../../runs/fold/fold-event";
import { blankRun } from "../../runs/run-state";
import { describeFailure } from "../describe-failure";
import { failureOf } from "../failure-error";
import { answerRequest } from "./asking/answer-request";
import type { Asking } from "./asking/ask-model";
import { askForEditAgain } from "./attempts/ask-again";
import { fixUntilGreen } from "./checks/until-green";
import type { Ending } from "./ending";
import { knownGround } from "./ground";
import { Interventions } from "./interventions";
import type { RunEnvironment, RunRequest } from "./run-request";
import { countedAttempt, modelEvent, startedEvent } from "./telling";
import { withSteps } from "./thought-steps";

/**
 * One request's life, from the click to the proposal. The last event is `finished` or `failed`;
 * nothing is thrown. Stopping ends it as `stopped`, with everything that had arrived already
 * yielded. What says nothing new is no event: an engine may tell "loading, 100 of 100" a hundred
 * times.
 * @param interventions what reaches the run while it goes on
 */
export async function* run(
  runId: string,
  request: RunRequest,
  environment: RunEnvironment,
  interventions = new Interventions(),
): AsyncGenerator<RunEvent, void, void> {
  let state = blankRun(runId);
  for await (const each of withSteps(told(runId, request, environment, interventions))) {
    const event = each.kind === "attempt" ? countedAttempt(each, state) : each;
    const next = foldEvent(state, event);
    if (next !== state) yield event;
    state = next;
  }
}

async function* told(
  runId: string,
  request: RunRequest,
  environment: RunEnvironment,
  interventions: Interventions,
): AsyncGenerator<RunEvent, void, void> {
  const met: { asking?: Asking } = {};
  const metrics = () => met.asking?.metrics ?? {};
  yield startedEvent(runId, request);
  try {
    const ending = yield* connectAndAnswer(request, environment, interventions, met);
    yield { kind: "finished", at: Date.now(), ...ending, metrics: metrics() };
  } catch (thrown) {
    if (interventions.stopped.aborted) {
      const detail = defined({ detail: interventions.stopReason });
      yield { kind: "finished", at: Date.now(), outcome: "stopped", ...detail, metrics: metrics() };
      return;
    }
    const failure = failureOf(thrown);
    if (failure.kind === "internal") environment.log.error(failure.message);
    yield { kind: "failed", at: Date.now(), report: describeFailure(failure) };
  }
}

/** `met` is told whom the run asks, so that what its requests took is known however it ends. */
async function* connectAndAnswer(
  request: RunRequest,
  environment: RunEnvironment,
  interventions: Interventions,
  met: { asking?: Asking },
): AsyncGenerator<RunEvent, Ending, void> {
  const signal = interventions.stopped;
  yield { kind: "phase", at: Date.now(), phase: "connecting" };
  // What belongs to the place is looked for while the model is.
  const [found, { ground, missing }] = await Promise.all([
    environment.connect(signal),
    knownGround(request, environment, signal),
  ]);
  const { thoughtBefore, thinkBefore } = request;
  const deeper =
    thoughtBefore === undefined || !found.think
      ? undefined
      : levelAbove(thinkBefore ?? found.think, found.details.levels ?? []);
  const connection = deeper === undefined ? found : { ...found, think: deeper };
  const asking: Asking = {
    ...{ connection, interventions, environment, metrics: {} },
    thoughtBefore: deeper === undefined ? thoughtBefore : undefined,
  };
  met.asking = asking;
  yield modelEvent(connection);
  yield* unreadSettings(environment);
  if (missing !== undefined) {
    const text = `${missing}, so the model sees the lines around the place only.`;
    yield { kind: "notice", text };
  }
  if (deeper !== undefined) {
    const text = `The model thinks about it again, at its level “${deeper}”.`;
    yield { kind: "notice", text };
  } else if (thoughtBefore !== undefined) {
    const text = "The model thinks on from its earlier thought, for as long as its window holds.";
    yield { kind: "notice", text };
  }
  if (request.again !== undefined)
    return yield* askForEditAgain(request.again, request, asking, ground, environment);
  if (request.untilGreen) return yield* fixUntilGreen(request, asking, environment);
  return yield* answerRequest(request, asking, ground, environment);
}

function* unreadSettings({ steering }: RunEnvironment): Generator<RunEvent, void, void> {
  for (const setting of steering?.().unread ?? []) {
    const text =
      setting === "thinkingBudget"
        ? "The setting thinkaloud.thinkingBudget is no time and no number of tokens: auto is used."
        : "The setting thinkaloud.loopGuard is none of end, ask, off: end is used.";
    yield { kind: "notice", text };
  }
}
