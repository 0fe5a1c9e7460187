import { defined } from "../../base/defined";
import { t } from "../../base/l10n";
import type { AskedAgain, RequestOnWire, RunEvent } from "../../protocol/run-events";
import type { RunState } from "../../runs/run-state";
import type { Connection } from "../model/connection";
import type { ChatMessage, ChatRequest, WireChat } from "../model/language-model";
import { localityOf } from "../model/locality";
import { messageOf } from "../prompt/prompt";
import { sentPieces } from "../prompt/sent-pieces";
import type { SealedPrompt } from "./asking/seal-prompt";
import type { RunRequest } from "./run-request";

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

/**
 * @param request with which the prompt goes out.
 * @param wire what goes over the wire then; absent: that could not be told.
 */
export function sentEvent(
  prompt: SealedPrompt,
  { contextTokens, think, keepAlive = 0, sampling }: ChatRequest,
  wire: WireChat | undefined,
): RunEvent {
  const { tokens, leftOut, dropped, hiddenSecrets } = prompt;
  const saidMessages = prompt.messages.length - 1;
  const { temperature, topP } = sampling;
  return {
    kind: "sent",
    tokens,
    contextTokens,
    pieces: sentPieces(prompt),
    leftOut,
    ...(saidMessages === 0 ? {} : { saidMessages }),
    ...(dropped.length === 0 ? {} : { dropped }),
    ...(hiddenSecrets === 0 ? {} : { hiddenSecrets }),
    settings: {
      think,
      keepAlive,
      ...defined({ temperature, topP, wire: wire && besideText(wire, prompt.messages) }),
    },
    prompt: messageOf(prompt.parts),
  };
}

/** What a request says beside what was said so far and the prompt, which are told already. */
function besideText({ path, body }: WireChat, messages: readonly ChatMessage[]): RequestOnWire {
  const { messages: turns, ...fields } = body;
  const prompt = messages.at(-1)?.content ?? "";
  const at = turns.findLastIndex(({ content }) => content.startsWith(prompt));
  const first = turns.slice(0, Math.max(0, at - (messages.length - 1)));
  const last = turns.slice(at + 1);
  const behind = turns[at]?.content.slice(prompt.length) ?? "";
  return {
    path,
    fields,
    ...(first.length > 0 && { first }),
    ...(behind !== "" && { behind }),
    ...(last.length > 0 && { last }),
  };
}

/**
 * The model is asked once more. Who asks knows nothing of the others who do: `run` counts, and
 * leaves out of what is sent what was sent before.
 */
export function attemptEvent(reason: string, sent?: Omit<AskedAgain, "from">): AttemptEvent {
  const asked = sent && { from: 0, ...sent };
  return { kind: "attempt", at: Date.now(), number: 0, reason, ...defined({ asked }) };
}

/** Something else than an answer is tried, which `words` name. */
export function asideEvent(words: string, sent?: Omit<AskedAgain, "from">): AttemptEvent {
  return { ...attemptEvent(words, sent), aside: true };
}

/** An attempt as the run tells it. */
export function countedAttempt(event: AttemptEvent, { attempt, sent }: RunState): AttemptEvent {
  const counted = { ...event, number: attempt + 1 };
  if (event.asked === undefined) return counted;
  const { text } = event.asked;
  const before = sent?.prompt ?? "";
  let from = 0;
  while (from < text.length && text[from] === before[from]) from++;
  return { ...counted, asked: { ...event.asked, from, text: text.slice(from) } };
}

type AttemptEvent = Extract<RunEvent, { kind: "attempt" }>;
