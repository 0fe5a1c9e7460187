import type { Outcome, RunEvent, RunMetrics } from "../../protocol/run-events";
import type { SyntaxContext } from "../../protocol/syntax";
import { describeFailure } from "../describe-failure";
import type { EditSyntax } from "../edit/edit-plan";
import { failureOf } from "../failure-error";
import type { Connection } from "../model/connection";
import type { SamplingOptions } from "../model/language-model";
import { buildPrompt, type Prompt } from "../prompt/build-prompt";
import { testFileFor } from "../prompt/test-file";
import { estimateTokens } from "../prompt/token-estimate";
import { addMetrics } from "./metrics";
import { propose, type Verdict } from "./propose";
import { proposeFile } from "./propose-file";
import type { RunEnvironment, RunRequest } from "./run-request";
import { type StreamedAnswer, streamAnswer } from "./stream-answer";

/** How often the model is asked when its answers are of no use; a thought takes minutes, so a thinking model is asked less often. */
const attemptLimit = 3;
const thinkingAttemptLimit = 2;
/** Kept back from a thought, so that the model can still answer when the thought has used up the rest. */
const answerReserveTokens = 1_024;

interface Ending {
  readonly outcome: Outcome;
  readonly detail?: string;
}

/**
 * One request's life, from the click to the proposal. The last event is `finished` or `failed`; nothing is thrown. Aborting the signal
 * ends it as `stopped`, with everything that had arrived already yielded.
 */
export async function* run(
  runId: string,
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): AsyncGenerator<RunEvent, void, void> {
  const metrics: { total: RunMetrics } = { total: {} };
  yield started(runId, request);
  try {
    const ending = yield* answerRequest(request, environment, signal, metrics);
    yield { kind: "finished", at: Date.now(), ...ending, metrics: metrics.total };
  } catch (thrown) {
    if (signal.aborted) {
      yield { kind: "finished", at: Date.now(), outcome: "stopped", metrics: metrics.total };
      return;
    }
    const failure = failureOf(thrown);
    if (failure.kind === "internal") environment.log.error(failure.message);
    yield { kind: "failed", at: Date.now(), report: describeFailure(failure) };
  }
}

async function* answerRequest(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
  metrics: { total: RunMetrics },
): AsyncGenerator<RunEvent, Ending, void> {
  yield { kind: "phase", at: Date.now(), phase: "connecting" };
  const [connection, syntax] = await Promise.all([environment.connect(signal), syntaxContext(request, environment, signal)]);
  yield {
    kind: "model",
    model: connection.name,
    endpoint: connection.model.endpoint,
    local: connection.local,
    contextTokens: connection.contextTokens,
  };
  if (syntax.missing) {
    yield { kind: "notice", text: "The language server does not answer, so the model sees the lines around the place only." };
  }
  const testPath = request.action === "writeTests" ? await freeTestPath(request, environment) : undefined;
  const editSyntax = tolerant(environment);
  /** An edit that lands but breaks the syntax is kept in case nothing better comes. */
  let fallback: Extract<Verdict, { kind: "proposal" }> | undefined;
  let ending: Ending = { outcome: "answered" };
  const attempts = connection.think ? thinkingAttemptLimit : attemptLimit;

  for (let attempt = 1; attempt <= attempts; attempt++) {
    const prompt = promptFor(request, connection, syntax.context, testPath, attempt);
    if (attempt === 1) yield sentEvent(prompt, connection);
    const streamed = yield* answerOnce(prompt, connection, attempt, signal, metrics);
    const truncated = streamed.reason === "length";
    if (prompt.form === "text") return truncated ? cutOff(streamed) : { outcome: "answered" };

    yield { kind: "phase", at: Date.now(), phase: "checking" };
    if (prompt.form === "newFile" && testPath !== undefined) {
      const proposal = truncated ? undefined : await proposeFile(streamed.answer, testPath, request.target, editSyntax);
      if (proposal !== undefined) {
        yield { kind: "proposal", proposal };
        return { outcome: "proposed" };
      }
      ending = truncated ? cutOff(streamed) : { outcome: "refused", detail: "The answer holds no complete code block to make a file of." };
    } else {
      const verdict = await propose(streamed.answer, truncated, request.target, prompt, syntax.context, editSyntax);
      signal.throwIfAborted();
      if (verdict.kind === "proposal" && !verdict.breaksSyntax) {
        yield { kind: "proposal", proposal: verdict.proposal };
        return { outcome: "proposed" };
      }
      if (verdict.kind === "proposal") fallback ??= verdict;
      if (request.action === "ask" && isPlainAnswer(verdict)) return truncated ? cutOff(streamed) : { outcome: "answered" };
      ending = truncated ? cutOff(streamed) : endingOf(verdict);
    }
    // A longer answer does not come from asking again.
    if (truncated) break;
    if (attempt < attempts) {
      yield { kind: "attempt", at: Date.now(), number: attempt + 1, reason: ending.detail ?? "The answer could not be used." };
    }
  }
  if (fallback !== undefined) {
    yield { kind: "proposal", proposal: fallback.proposal };
    return { outcome: "proposed" };
  }
  return ending;
}

/** One request; a thought that uses up its share is closed and the model asked to answer with what it has. */
async function* answerOnce(
  prompt: Prompt,
  connection: Connection,
  attempt: number,
  signal: AbortSignal,
  metrics: { total: RunMetrics },
): AsyncGenerator<RunEvent, StreamedAnswer, void> {
  const room = connection.contextTokens - prompt.tokens;
  const reserve = connection.think ? Math.min(answerReserveTokens, Math.floor(room / 3)) : 0;
  const sampling = { ...samplingFor(connection, attempt), maxTokens: Math.max(64, room - reserve) };
  const first = yield* streamAnswer(connection, prompt.messages, sampling, signal);
  metrics.total = addMetrics(metrics.total, first.metrics);
  if (first.reason !== "length" || first.answer.trim() !== "" || first.thought.trim() === "") return first;

  yield { kind: "notice", text: "The thought used up its share of the context; the model is asked to answer with what it has." };
  const closed = { role: "assistant" as const, content: `<think>\n${first.thought.trim()}\n</think>\n\n` };
  const rest = { ...sampling, maxTokens: Math.max(64, room - estimateTokens(first.thought)) };
  const second = yield* streamAnswer(connection, [...prompt.messages, closed], rest, signal);
  metrics.total = addMetrics(metrics.total, second.metrics);
  return second;
}

/**
 * A model that thinks keeps its family's sampling. One that does not is asked at temperature 0 first, where small coder models are
 * right most often, and hotter afterwards, where they leave the rut of giving the same text back.
 */
function samplingFor(connection: Connection, attempt: number): SamplingOptions {
  if (connection.think) return {};
  return attempt === 1 ? { temperature: 0 } : { temperature: 0.9, topP: 0.95 };
}

function promptFor(
  request: RunRequest,
  connection: Connection,
  syntax: SyntaxContext | undefined,
  testPath: string | undefined,
  attempt: number,
): Prompt {
  return buildPrompt({
    action: request.action,
    target: request.target,
    syntax,
    contextTokens: connection.contextTokens,
    think: connection.think,
    attempt,
    ...(request.question === undefined ? {} : { question: request.question }),
    ...(testPath === undefined ? {} : { testPath }),
  });
}

async function syntaxContext(
  request: RunRequest,
  environment: RunEnvironment,
  signal: AbortSignal,
): Promise<{ readonly context: SyntaxContext | undefined; readonly missing: boolean }> {
  try {
    return { context: await environment.syntax.context(request.target, signal), missing: false };
  } catch (thrown) {
    if (!signal.aborted) environment.log.warn(`no syntax: ${thrown instanceof Error ? thrown.message : String(thrown)}`);
    return { context: undefined, missing: true };
  }
}

/** A syntax source that is down answers like one that knows no grammar: the edit is planned by lines. */
function tolerant(environment: RunEnvironment): EditSyntax {
  return {
    outline: (languageId, text) => environment.syntax.outline(languageId, text).catch(() => undefined),
    check: (languageId, text) => environment.syntax.check(languageId, text).catch(() => undefined),
  };
}

async function freeTestPath(request: RunRequest, environment: RunEnvironment): Promise<string> {
  for (let number = 1; ; number++) {
    const path = testFileFor(request.target.path, request.target.languageId, number);
    if (!(await environment.fileExists(path))) return path;
  }
}

function isPlainAnswer(verdict: Verdict): boolean {
  return verdict.kind === "unchanged" || (verdict.kind === "refusal" && verdict.code === "noEdit");
}

function endingOf(verdict: Verdict): Ending {
  switch (verdict.kind) {
    case "proposal":
      return { outcome: "refused", detail: "The edit would break the code's syntax." };
    case "unchanged":
      return { outcome: "unchanged", detail: "The model gave the same code back." };
    case "refusal":
      return { outcome: "refused", detail: verdict.message };
    default: {
      const never: never = verdict;
      return never;
    }
  }
}

function cutOff(streamed: StreamedAnswer): Ending {
  return {
    outcome: "cutOff",
    detail:
      streamed.answer.trim() === ""
        ? "The model used all its room for thinking and did not come to an answer. A larger context gives it more room."
        : "The answer was cut off at the length limit, so no edit was taken from it. A larger context gives it more room.",
  };
}

function sentEvent(prompt: Prompt, connection: Connection): RunEvent {
  return {
    kind: "sent",
    tokens: prompt.tokens,
    contextTokens: connection.contextTokens,
    pieces: prompt.pieces,
    leftOut: prompt.leftOut,
  };
}

function started(runId: string, request: RunRequest): RunEvent {
  const { target, question } = request;
  const subject = question ?? target.diagnostics[0]?.message ?? "";
  return {
    kind: "started",
    at: Date.now(),
    runId,
    action: request.action,
    uri: target.uri,
    path: target.path,
    range: target.range,
    subject,
    ...(question === undefined ? {} : { question }),
  };
}
