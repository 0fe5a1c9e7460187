import { defined } from "../../base/defined";
import type {
  BegunTurn,
  FormRecord,
  ModelCard,
  ThoughtArrival,
  ThoughtSwitch,
} from "../../protocol/model-card";
import type { RunMetrics } from "../../protocol/run-events";
import { describeFailure } from "../describe-failure";
import { failureOf } from "../failure-error";
import type { Connection } from "../model/connection";
import type { ChatMessage } from "../model/language-model";
import { emptyThought } from "../model/no-thought";
import type { RunEnvironment } from "../run/run-request";
import { tryEdits } from "./try-edits";

export interface Probe {
  readonly connection: Connection;
  /** What it finds of forms and pace is remembered there, as after any run. */
  readonly environment: RunEnvironment;
  /** Told before each part, in the order of {@link probeParts}. */
  onPart?(part: ProbePart): void;
  /** Milliseconds of a clock that never goes back. */
  now?(): number;
  /** The most that it may take in all, in milliseconds. */
  readonly limitMs?: number;
}

export const probeParts = ["thought", "off", "begunTurn", "edits"] as const;
export type ProbePart = (typeof probeParts)[number];

/** As long as somebody waits for it; what is not known by then stays unknown. */
const defaultLimitMs = 55_000;
/** A question that needs no thought: a model that thinks does so all the same. */
const question: ChatMessage = {
  role: "user",
  content: "What is 2 + 3? Answer with the number alone.",
};
const thoughtTokens = 40;
const turnTokens = 10;

interface Told {
  readonly thought: string;
  readonly answer: string;
  readonly metrics: RunMetrics;
}

/**
 * Finds out about a model by asking it four small things and five tiny edits. What fails leaves a
 * gap with a reason, and the rest goes on. @throws only the signal's reason.
 */
export async function probeModel(probe: Probe, signal: AbortSignal): Promise<ModelCard> {
  const { connection, now = () => performance.now(), limitMs = defaultLimitMs } = probe;
  const startedAt = now();
  const limit = AbortSignal.timeout(limitMs);
  const limited = AbortSignal.any([signal, limit]);
  const missing: string[] = [];
  const metrics: RunMetrics[] = [];
  const part = async <Result>(which: ProbePart, work: () => Promise<Result>) => {
    if (limited.aborted) return undefined;
    probe.onPart?.(which);
    try {
      return await work();
    } catch (thrown) {
      signal.throwIfAborted();
      if (limited.aborted) return undefined;
      missing.push(`${which}: ${describeFailure(failureOf(thrown)).title}`);
      return undefined;
    }
  };
  const ask = async (messages: readonly ChatMessage[], think: boolean, maxTokens: number) => {
    const told = await answerTo(connection, messages, think, maxTokens, limited);
    metrics.push(told.metrics);
    return told;
  };
  const thought = await part("thought", () => thoughtOf(connection, ask));
  const off =
    thought === undefined || thought === "none"
      ? undefined
      : await part("off", () => switchOf(ask));
  const begunTurn = await part("begunTurn", () => begunTurnOf(ask));
  const edits = await part("edits", () => tryEdits(connection, probe.environment, limited));
  signal.throwIfAborted();
  if (limit.aborted) missing.push("there was no time for the rest");
  metrics.push(...(edits?.metrics ?? []));
  missing.push(...(edits?.broken ?? []).map((why) => `edits: ${why}`));
  return {
    version: 1,
    model: connection.name,
    endpoint: connection.model.endpoint,
    at: Date.now(),
    tookMs: Math.round(now() - startedAt),
    ...defined({ thought, off, begunTurn }),
    forms: edits?.forms ?? ([] as readonly FormRecord[]),
    ...speeds(metrics),
    missing,
  };
}

type Ask = (messages: readonly ChatMessage[], think: boolean, maxTokens: number) => Promise<Told>;

async function thoughtOf(connection: Connection, ask: Ask): Promise<ThoughtArrival> {
  const { thought } = await ask([question], true, thoughtTokens);
  if (thought.trim() === "") return "none";
  return connection.model.thoughtArrival?.(connection.name) ?? "marks";
}

async function switchOf(ask: Ask): Promise<ThoughtSwitch> {
  if ((await ask([question], false, thoughtTokens)).thought.trim() === "") return "request";
  const { thought, answer } = await ask([question, emptyThought], false, thoughtTokens);
  return thought.trim() === "" && answer.trim() !== "" ? "emptyThought" : "never";
}

async function begunTurnOf(ask: Ask): Promise<BegunTurn> {
  const { answer } = await ask(
    [
      { role: "user", content: "Count from one to nine in words, in one line." },
      { role: "assistant", content: "one two three" },
    ],
    false,
    turnTokens,
  );
  if (/^[\s,]*four\b/i.test(answer)) return "goesOn";
  return /^\W*one\b/i.test(answer) ? "beginsAnew" : "unclear";
}

async function answerTo(
  { model, name, contextTokens, keepAlive, allowedCloudModels }: Connection,
  messages: readonly ChatMessage[],
  think: boolean,
  maxTokens: number,
  signal: AbortSignal,
): Promise<Told> {
  const sampling = { temperature: 0, maxTokens };
  const request = { model: name, messages, contextTokens, think, sampling, keepAlive };
  let thought = "";
  let answer = "";
  let metrics: RunMetrics = {};
  for await (const event of model.chat({ ...request, allowedCloudModels }, signal)) {
    if (event.kind === "thought") thought += event.text;
    if (event.kind === "answer") answer += event.text;
    if (event.kind === "answerWasThought") {
      thought += answer;
      answer = "";
    }
    if (event.kind === "done") metrics = event.metrics;
  }
  return { thought, answer, metrics };
}

/** Fewer say more about the start of a request than about the speed. */
const leastRead = 64;
const leastWritten = 4;

/**
 * What was read before is not read again but counted, so the slowest reading is the nearest to the
 * truth.
 */
function speeds(
  metrics: readonly RunMetrics[],
): Pick<ModelCard, "readingTokensPerSecond" | "writingTokensPerSecond"> {
  const rates = metrics.flatMap(({ promptTokens = 0, promptMs = 0 }) =>
    promptTokens >= leastRead && promptMs > 0 ? [promptTokens / (promptMs / 1_000)] : [],
  );
  const written = metrics.filter(({ answerTokens = 0 }) => answerTokens >= leastWritten);
  const tokens = written.reduce((sum, { answerTokens = 0 }) => sum + answerTokens, 0);
  const ms = written.reduce((sum, { answerMs = 0 }) => sum + answerMs, 0);
  return defined({
    readingTokensPerSecond: rates.length === 0 ? undefined : rounded(Math.min(...rates)),
    writingTokensPerSecond: tokens > 0 && ms > 0 ? rounded(tokens / (ms / 1_000)) : undefined,
  });
}

function rounded(rate: number): number {
  return Math.max(0.1, Math.round(rate * 10) / 10);
}
