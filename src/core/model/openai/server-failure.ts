import { defined } from "../../../base/defined";
import { isRecord, parsedObject } from "../../../base/guards";
import type { Failure } from "../../../protocol/failure";
import {
  failureOfErrorField,
  failureOfStatus,
  type RefusedAnswer,
  type RequestSubject,
} from "../daemon-failure";

/** What an answer with an error status means. */
export function failureOfRefusal(answer: RefusedAnswer, subject: RequestSubject): Failure {
  const { endpoint, model, authorized } = subject;
  const { status } = answer;
  const said = wordsOf(parsedObject(answer.body));
  if (status === 401) {
    const password = answer.wantsPassword;
    const refused = authorized === true;
    return { kind: "credentialsWanted", endpoint, refused, ...defined({ password }) };
  }
  if (said === undefined) return failureOfStatus({ ...answer, body: "" }, subject);
  if (status === 403) return { kind: "forbidden", endpoint };
  const overflow = overflowIn(said);
  if (overflow !== undefined) return overflow;
  if (status === 404 && model !== undefined && /\bmodel\b/i.test(said))
    return { kind: "modelMissing", model };
  const isBusy = status === 429 && !/quota|balance|billing|credit/i.test(said);
  if (isLoadingModel(status, said)) return { kind: "serverBusy", loads: true };
  if (isBusy) return { kind: "serverBusy" };
  return failureOfStatus({ ...answer, body: JSON.stringify({ error: said }) }, subject);
}

/** What an `error` inside a stream, or in an answer that is none, means. */
export function failureOfStreamError(error: unknown, subject: RequestSubject): Failure {
  const said = wordsOf({ error }) ?? "";
  return overflowIn(said) ?? failureOfErrorField(said, undefined, subject);
}

/** llama.cpp's server takes no request while it loads its model. */
export function isLoadingModel(status: number, body: string): boolean {
  return status === 503 && /loading model/i.test(body);
}

/**
 * The words of a refusal, whichever way the server writes them: `error` as text or with a
 * `message`, `detail` as text or as a list, or a bare `message`.
 */
function wordsOf(body: Readonly<Record<string, unknown>> | undefined): string | undefined {
  if (body === undefined) return undefined;
  const { error, detail, message } = body;
  for (const told of [error, detail, message]) {
    if (told === undefined || told === null) continue;
    if (typeof told === "string") return told;
    const all = Array.isArray(told) ? told.map(wordsOfOne) : [wordsOfOne(told)];
    return all.every((each) => each !== undefined) ? all.join("; ") : JSON.stringify(told);
  }
  return undefined;
}

/** `message`, or as vLLM and others refuse a field: `msg`, and where that stands. */
function wordsOfOne(told: unknown): string | undefined {
  if (!isRecord(told)) return undefined;
  const { message, msg, loc } = told;
  if (typeof message === "string") return message;
  if (typeof msg !== "string") return undefined;
  return Array.isArray(loc) ? `${loc.join(".")}: ${msg}` : msg;
}

/**
 * How servers say that a prompt is too long, with its size and the window's where they name them.
 */
const overflows: readonly RegExp[] = [
  /request \((?<input>\d+) tokens\) exceeds the available context size \((?<window>\d+) tokens\)/i,
  /input \((?<input>\d+) tokens\) is longer than the model's context length \((?<window>\d+) tokens\)/i,
  /maximum context length (?:is|of) (?<window>\d+) tokens.*?(?:request has|with|including|:) (?<input>\d+) (?:input )?tokens/is,
  /maximum context length (?:is|of) (?<window>\d+) tokens.*?\((?<input>\d+) in the messages/is,
  /must be <= (?<window>\d+)\. Given: (?<input>\d+)/i,
  /maximum context length|context_length_exceeded|exceeds? the (?:available )?context|prompt is too long|longer than the (?:model's )?context/i,
];

function overflowIn(said: string): Failure | undefined {
  for (const pattern of overflows) {
    const found = pattern.exec(said);
    if (found === null) continue;
    const { input, window } = found.groups ?? {};
    return {
      kind: "contextOverflow",
      ...defined({
        promptTokens: input === undefined ? undefined : Number(input),
        contextTokens: window === undefined ? undefined : Number(window),
      }),
    };
  }
  return undefined;
}
