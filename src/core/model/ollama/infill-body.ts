import type { GenerateRequest } from "ollama/browser";
import { defined } from "../../../base/defined";
import { isRecord } from "../../../base/guards";
import { keepAliveOnWire } from "../../../base/keep-alive";
import type { Infilled, InfillRequest } from "../language-model";
import { noRepeatPenalty } from "../reasoning-sampling";
import { metricsOf } from "./chat-reader";

/** The request as it goes over the wire. @param isEngine the built-in engine knows a field more. */
export function infillBody(
  { model, before, after, contextTokens, maxTokens, stop, likely, keepAlive }: InfillRequest,
  isEngine: boolean,
): GenerateRequest & { stream: false } {
  return {
    model,
    prompt: before,
    suffix: after,
    stream: false,
    options: {
      num_ctx: contextTokens,
      num_predict: maxTokens,
      temperature: 0,
      repeat_penalty: noRepeatPenalty,
      stop: [...stop],
    },
    ...defined({
      keep_alive: keepAlive === undefined ? undefined : keepAliveOnWire(keepAlive),
      ...(isEngine && { thinkaloud_likely: likely }),
    }),
  };
}

export function infilledOf(answer: unknown): Infilled {
  const told = isRecord(answer) ? answer : {};
  const { response } = told;
  return { text: typeof response === "string" ? response : "", metrics: metricsOf(told) };
}
