import type { RunEvent, RunMetrics } from "../../protocol/run-events";
import type { Connection } from "../model/connection";
import type { SamplingOptions } from "../model/language-model";
import type { Prompt } from "../prompt/build-prompt";
import { estimateTokens } from "../prompt/token-estimate";
import { addMetrics } from "./metrics";
import { type StreamedAnswer, streamAnswer } from "./stream-answer";

/** Kept back from a thought, so that the model can still answer when the thought has used up the rest. */
const answerReserveTokens = 1_024;

/** Whom a run asks, and what its requests took so far. */
export interface Asking {
  readonly connection: Connection;
  /** The person wants no answer any more. */
  readonly signal: AbortSignal;
  /** What the answer holds already is enough for the person. */
  readonly enough: AbortSignal;
  metrics: RunMetrics;
}

/** One request; a thought that uses up its share is closed and the model asked to answer with what it has. */
export async function* askModel(
  prompt: Prompt,
  wanted: SamplingOptions,
  asking: Asking,
): AsyncGenerator<RunEvent, StreamedAnswer, void> {
  const { connection } = asking;
  const signal = AbortSignal.any([asking.signal, asking.enough]);
  const room = connection.contextTokens - prompt.tokens;
  const reserve = connection.think ? Math.min(answerReserveTokens, Math.floor(room / 3)) : 0;
  const sampling = { ...wanted, maxTokens: Math.max(64, room - reserve) };
  const first = yield* streamAnswer(connection, prompt.messages, sampling, signal);
  asking.metrics = addMetrics(asking.metrics, first.metrics);
  if (first.reason !== "length" || first.answer.trim() !== "" || first.thought.trim() === "")
    return first;

  yield {
    kind: "notice",
    text: "The thought used up its share of the context; the model is asked to answer with what it has.",
  };
  const closed = {
    role: "assistant" as const,
    content: `<think>\n${first.thought.trim()}\n</think>\n\n`,
  };
  const rest = { ...sampling, maxTokens: Math.max(64, room - estimateTokens(first.thought)) };
  const second = yield* streamAnswer(connection, [...prompt.messages, closed], rest, signal);
  asking.metrics = addMetrics(asking.metrics, second.metrics);
  return second;
}

/**
 * A model that thinks keeps its family's sampling. One that does not is asked at temperature 0 first, where small coder models are
 * right most often, and hotter afterwards, where they leave the rut of giving the same text back.
 * @param time 1 for the first time that this is asked.
 */
export function samplingFor(connection: Connection, time: number): SamplingOptions {
  if (connection.think) return {};
  return time === 1 ? { temperature: 0 } : { temperature: 0.9, topP: 0.95 };
}
