import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import type { RunEvent } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import { blankRun, foldEvent } from "../../runs/run-state";
import { type ContextFindings, nothingFound } from "../context/context-source";
import { gather } from "../context/gather";
import { mentionsIn } from "../context/mentions";
import { describeFailure } from "../describe-failure";
import { failureOf } from "../failure-error";
import { localityOf } from "../model/locality";
import { answerRequest } from "./answer-request";
import { askForEditAgain } from "./ask-again";
import type { Asking } from "./ask-model";
import type { Ending } from "./ending";
import { Interventions } from "./interventions";
import type { RunEnvironment, RunRequest } from "./run-request";

/**
 * One request's life, from the click to the proposal. The last event is `finished` or `failed`; nothing is thrown. Stopping ends it as
 * `stopped`, with everything that had arrived already yielded. What says nothing new is no event: an engine may tell "loading, 100 of
 * 100" a hundred times.
 * @param interventions what reaches the run while it goes on
 */
export async function* run(
  runId: string,
  request: RunRequest,
  environment: RunEnvironment,
  interventions = new Interventions(),
): AsyncGenerator<RunEvent, void, void> {
  let state = blankRun(runId);
  for await (const each of told(runId, request, environment, interventions)) {
    // Whoever asks once more knows nothing of the others who do.
    const event = each.kind === "attempt" ? { ...each, number: state.attempt + 1 } : each;
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
  yield started(runId, request);
  try {
    const ending = yield* connectAndAnswer(request, environment, interventions, met);
    yield { kind: "finished", at: Date.now(), ...ending, metrics: metrics() };
  } catch (thrown) {
    if (interventions.stopped.aborted) {
      yield { kind: "finished", at: Date.now(), outcome: "stopped", metrics: metrics() };
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
  const known = syntaxContext(request, environment, signal).then(async (syntax) => ({
    syntax,
    found: await findContext(request, syntax.context, environment, signal),
  }));
  const [connection, { syntax, found }] = await Promise.all([environment.connect(signal), known]);
  const { thoughtBefore } = request;
  const asking: Asking = { connection, interventions, environment, thoughtBefore, metrics: {} };
  met.asking = asking;
  yield {
    kind: "model",
    model: connection.name,
    endpoint: connection.model.endpoint,
    local: connection.local,
    locality: localityOf(connection.model.endpoint),
    contextTokens: connection.contextTokens,
  };
  if (syntax.missing !== undefined) {
    const text = `${syntax.missing}, so the model sees the lines around the place only.`;
    yield { kind: "notice", text };
  }
  if (thoughtBefore !== undefined) {
    const text = "The model thinks on from its earlier thought, for as long as its window holds.";
    yield { kind: "notice", text };
  }
  const ground = { syntax: syntax.context, found };
  if (request.again !== undefined)
    return yield* askForEditAgain(request.again, request, asking, ground, environment);
  return yield* answerRequest(request, asking, ground, environment);
}

async function findContext(
  request: RunRequest,
  syntax: SyntaxContext | undefined,
  { context = [], contextWishes, log }: RunEnvironment,
  signal: AbortSignal,
): Promise<ContextFindings> {
  const mentions = mentionsIn(request.question ?? "");
  const isWanted = contextWishes === undefined || contextWishes().extraTokens > 0;
  if (context.length === 0 || (!isWanted && mentions.length === 0)) return nothingFound;
  const { action, target } = request;
  return await gather(context, { action, target, syntax, mentions }, signal, log);
}

interface KnownSyntax {
  readonly context?: SyntaxContext | undefined;
  /** Why nothing is known of the syntax, though there is a grammar for it. */
  readonly missing?: string;
}

async function syntaxContext(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<KnownSyntax> {
  try {
    return { context: await environment.syntax.context(request.target, signal) };
  } catch (thrown) {
    const missing = thrown instanceof Error ? thrown.message : String(thrown);
    if (!signal.aborted) environment.log.warn(`no syntax: ${missing}`);
    return { missing };
  }
}

function started(runId: string, request: RunRequest): RunEvent {
  const { target, question, again } = request;
  const subject =
    again === undefined
      ? (question ?? target.diagnostics[0]?.message ?? "")
      : t("The edit without a sure place, once more");
  return {
    kind: "started",
    at: Date.now(),
    runId,
    action: request.action,
    uri: target.uri,
    path: target.path,
    range: target.range,
    subject,
    ...defined({
      question: again === undefined ? question : undefined,
      again: again?.id,
      follows: request.follows?.runId,
    }),
  };
}
