import { defined } from "../../../base/defined";
import type { RunEvent, RunMetrics } from "../../../protocol/run-events";
import type { Connection } from "../../model/connection";
import type { SamplingOptions } from "../../model/language-model";
import { leastTokens } from "../../model/read-notices";
import { estimateOf } from "../../prompt/budget/token-counts";
import { estimateTokens } from "../../prompt/budget/token-estimate";
import { usualThought } from "../attempts/model-pace";
import type { Interventions } from "../interventions";
import { addMetrics } from "../metrics";
import type { RunEnvironment } from "../run-request";
import type { AskedPart } from "../steer/rest-watch";
import { beginningOf, defaultSteering } from "./first-request";
import { type SealedPrompt, sealText } from "./seal-prompt";
import { type StreamedAnswer, streamAnswer } from "./stream-answer";

/** Whom a run asks, what reaches it meanwhile, and what its requests took so far. */
export interface Asking {
  readonly connection: Connection;
  readonly interventions: Interventions;
  readonly environment: Pick<RunEnvironment, "steering" | "pace" | "tokenCounts" | "secrets">;
  /** A thought that the first request goes on from, for as long as the window holds. */
  thoughtBefore?: string | undefined;
  metrics: RunMetrics;
}

/**
 * One request; a thought that uses up its budget, or its share of the window, ends in an answer.
 * @param asked what the answer is to give and nothing else; absent: it may say more.
 */
export async function* askModel(
  prompt: SealedPrompt,
  sampling: SamplingOptions,
  asking: Asking,
  asked?: AskedPart,
): AsyncGenerator<RunEvent, StreamedAnswer, void> {
  const { connection, interventions, environment } = asking;
  const { name } = connection;
  const beginning = await beginningOf(prompt, asking);
  const { loopGuard } = environment.steering?.() ?? defaultSteering;
  const seal = (text: string): Promise<string> => sealText(text, environment.secrets);
  asking.thoughtBefore = undefined;
  const measured = environment.pace?.of(name) ?? [];
  const request = {
    connection,
    messages: prompt.messages,
    sampling,
    ...beginning,
    loopGuard,
    seal,
    counted: (promptTokens: number) => {
      // What was read of a part says nothing of the whole.
      if (promptTokens < leastTokens(prompt.messages)) return;
      environment.tokenCounts?.add(name, {
        estimated: estimateOf(prompt.messages),
        counted: promptTokens,
        kind: prompt.languageId,
      });
    },
    ...defined({ usualTokens: usualThought(measured), asked }),
  };
  const streamed = yield* streamAnswer(request, interventions);
  const { answerTokens, answerMs } = streamed.metrics;
  if (answerTokens !== undefined && answerMs !== undefined)
    environment.pace?.add(name, {
      tokens: answerTokens,
      ms: answerMs,
      ...(streamed.thought === "" ? {} : { thoughtTokens: estimateTokens(streamed.thought) }),
    });
  asking.metrics = addMetrics(asking.metrics, streamed.metrics);
  return streamed;
}

/**
 * A model that thinks keeps its family's sampling. One that does not is asked at temperature 0
 * first, where small coder models are right most often, and hotter afterwards, where they leave the
 * rut of giving the same text back.
 * @param time 1 for the first time that this is asked.
 */
export function samplingFor(connection: Connection, time: number): SamplingOptions {
  if (connection.think) return {};
  return time === 1 ? { temperature: 0 } : { temperature: 0.9, topP: 0.95 };
}
