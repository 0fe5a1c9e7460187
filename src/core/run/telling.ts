import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import type { RunEvent } from "../../protocol/run-events";
import type { Connection } from "../model/connection";
import type { SamplingOptions } from "../model/language-model";
import { localityOf } from "../model/locality";
import { messageOf } from "../prompt/prompt";
import { sentPieces } from "../prompt/sent-pieces";
import type { RunRequest } from "./run-request";
import type { SealedPrompt } from "./seal-prompt";

/*
 * What a run tells of itself, in its order.
 */

export function startedEvent(runId: string, request: RunRequest): RunEvent {
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
      untilGreen: request.untilGreen,
    }),
  };
}

export function modelEvent({ name, model, local, contextTokens }: Connection): RunEvent {
  const { endpoint } = model;
  const locality = localityOf(endpoint);
  return { kind: "model", model: name, endpoint, local, locality, contextTokens };
}

export function sentEvent(
  prompt: SealedPrompt,
  { model, contextTokens, think, keepAlive }: Connection,
  { temperature, topP }: SamplingOptions,
): RunEvent {
  const { tokens, leftOut, dropped, hiddenSecrets } = prompt;
  return {
    kind: "sent",
    tokens,
    contextTokens,
    pieces: sentPieces(prompt),
    leftOut,
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(hiddenSecrets === 0 ? {} : { hiddenSecrets }),
    settings: {
      api: model.api ?? "ollama",
      think,
      keepAlive,
      ...(temperature === undefined ? {} : { temperature }),
      ...(topP === undefined ? {} : { topP }),
    },
    prompt: messageOf(prompt.parts),
  };
}

/** The model is asked once more. */
export function attemptEvent(reason: string): RunEvent {
  // Who asks knows nothing of the others who do: `run` counts.
  return { kind: "attempt", at: Date.now(), number: 0, reason };
}
