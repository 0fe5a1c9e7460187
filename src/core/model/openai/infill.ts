import { defined } from "../../../base/defined";
import { isRecord, type Json, zeroOrMore } from "../../../base/guards";
import type { Infilled, InfillRequest } from "../language-model";

/** Behind the server's root: llama.cpp's own, no part of the common API. */
export const infillPath = "/infill";

/** What the server answers where it, or its model, fills in nothing. */
export const infillIsMissing: ReadonlySet<number> = new Set([404, 501]);

/** The request as it goes over the wire. */
export function infillFields({
  model,
  before,
  after,
  maxTokens,
  stop,
}: InfillRequest): Readonly<Record<string, unknown>> {
  return {
    model,
    input_prefix: before,
    input_suffix: after,
    n_predict: maxTokens,
    temperature: 0,
    stop,
    cache_prompt: true,
    stream: false,
  };
}

export function infilledOf({
  content,
  timings,
  tokens_evaluated,
  tokens_predicted,
}: Json): Infilled {
  const { prompt_ms: promptMs, predicted_ms: answerMs } = isRecord(timings) ? timings : {};
  return {
    text: typeof content === "string" ? content : "",
    metrics: defined({
      promptTokens: zeroOrMore(tokens_evaluated),
      answerTokens: zeroOrMore(tokens_predicted),
      promptMs: zeroOrMore(promptMs),
      answerMs: zeroOrMore(answerMs),
    }),
  };
}
