import { defined } from "../../base/defined";
import { isRecord, parsedObject } from "../../base/guards";
import { shortened } from "../../base/text/shortened";
import type { Failure } from "../../protocol/failure";
import { FailureError } from "../failure-error";
import { untrusted } from "../failure-words/phrases";
import { engineFailure } from "./engine-failure";

/** What a request was about, so that a failure can name it. */
export interface RequestSubject {
  readonly endpoint: string;
  readonly model?: string;
  readonly contextTokens?: number;
  /** Whether a user name and password, or a key, went along. */
  readonly authorized?: boolean;
}

/** An answer with an error status. */
export interface RefusedAnswer {
  readonly status: number;
  readonly contentType: string;
  /** The whole body as text. */
  readonly body: string;
  /** Where it sends the request on to. */
  readonly location?: string;
  /** It says that it wants a user name and a password. */
  readonly wantsPassword?: true;
}

/**
 * Statuses that nobody but a proxy or a gateway gives to a request of ours, unless they come with
 * an error in the daemon's form.
 */
const proxyStatuses = new Set([405, 407, 408, 413, 502, 504, 511, 520, 521, 522, 523, 524]);

const maxMessageCharacters = 2_000;

/** `https://` before the address of a server that speaks plainly. */
const unencrypted = "what answers there speaks without encryption, so it begins with http://";

/** What an answer with an error status means. */
export function failureOfStatus(
  { status, contentType, body, location }: RefusedAnswer,
  subject: RequestSubject,
): Failure {
  const { endpoint } = subject;
  const parsed = parsedObject(body);
  const told = engineFailure(parsed?.["failure"]);
  if (told !== undefined) return told;
  const message = parsed === undefined ? undefined : messageIn(parsed["error"]);
  if (status === 401) {
    const signInUrl = parsed?.["signin_url"];
    if (typeof signInUrl === "string")
      return { kind: "signInRequired", model: subject.model ?? "", signInUrl };
    // A daemon that wants a sign-in says so of a model; every other 401 asks for a password or a
    // key.
    return message !== undefined && subject.model !== undefined && subject.authorized !== true
      ? { kind: "signInRequired", model: subject.model }
      : { kind: "credentialsWanted", endpoint, refused: subject.authorized === true };
  }
  if (message !== undefined) {
    const known = knownFailure(message, status, subject);
    if (known !== undefined) return known;
  }
  if ((status === 403 || status === 451) && (message === undefined || message === ""))
    return { kind: "forbidden", endpoint };
  if (message === undefined && proxyStatuses.has(status))
    return { kind: "proxyRefused", endpoint, status };
  if (status === 503 || (status === 429 && message === undefined)) return { kind: "serverBusy" };
  if (status >= 300 && status < 400 && location !== undefined) {
    const found = `it sends requests on to ${location}`;
    return { kind: "notADaemon", endpoint, found, to: location };
  }
  if (message === undefined && status < 500) return notADaemon(subject, status, contentType);
  const text = shortened(message ?? "", maxMessageCharacters);
  return status >= 500
    ? { kind: "serverError", status, message: text }
    : { kind: "requestRejected", status, message: text };
}

/**
 * What an `error` inside a stream or a 200 answer means: there is no status then, only words.
 * @param told the `failure` beside it, which the built-in engine writes.
 */
export function failureOfErrorField(
  error: unknown,
  told: unknown,
  subject: RequestSubject,
): Failure {
  const known = engineFailure(told);
  if (known !== undefined) return known;
  const message = messageIn(error) ?? "";
  return (
    knownFailure(message, undefined, subject) ?? {
      kind: "modelReportedError",
      message: shortened(message, maxMessageCharacters),
    }
  );
}

/**
 * What a broken connection means.
 * @param answered whether the daemon's headers had come.
 * @param proxy the address of the proxy on the way; absent or "": none.
 */
export function failureOfNetworkError(
  thrown: unknown,
  answered: boolean,
  subject: RequestSubject,
  proxy = "",
): FailureError {
  if (thrown instanceof FailureError) return thrown;
  const status = isProxyChallenge(thrown) ? 407 : tunnelRefusal(thrown);
  if (status !== undefined) {
    return new FailureError(
      { kind: "proxyRefused", endpoint: subject.endpoint, status },
      { cause: thrown },
    );
  }
  const code = errorCode(thrown);
  if (code === "bad port") {
    // The fetch standard keeps some ports from ever being asked.
    const cause = "this port is reserved for other services, so choose another one";
    return new FailureError(
      { kind: "invalidEndpoint", endpoint: subject.endpoint, cause },
      { cause: thrown },
    );
  }
  if (answered)
    return new FailureError(
      { kind: "streamBroken", how: "reset", detail: code },
      { cause: thrown },
    );
  if (
    code === "no HTTP" ||
    code.startsWith("HPE_") ||
    code.startsWith("UND_ERR_HEADERS") ||
    (/SSL|TLS|EPROTO/.test(code) && !untrusted.test(code))
  ) {
    const { endpoint } = subject;
    const failure: Failure = /WRONG_VERSION_NUMBER|PACKET_LENGTH/.test(code)
      ? { kind: "invalidEndpoint", endpoint, cause: unencrypted }
      : { kind: "notADaemon", endpoint, found: code };
    return new FailureError(failure, { cause: thrown });
  }
  if (code === "UND_ERR_SOCKET" || code === "ECONNRESET" || code === "EPIPE") {
    return new FailureError(
      { kind: "streamBroken", how: "reset", detail: code },
      { cause: thrown },
    );
  }
  return new FailureError(
    {
      kind: "daemonUnreachable",
      endpoint: subject.endpoint,
      cause: proxy === "" ? code : `${code} by way of the proxy ${new URL(proxy).host}`,
    },
    { cause: thrown },
  );
}

export function notADaemon(subject: RequestSubject, status: number, contentType: string): Failure {
  const type = contentType.replace(/;.*/s, "").trim();
  return {
    kind: "notADaemon",
    endpoint: subject.endpoint,
    found: `HTTP ${status}${type === "" ? "" : `, ${type}`}`,
    ...(/html/i.test(type) && { page: true }),
  };
}

/** Whether a daemon refused the request only because it asked for thinking. */
export function isThinkingRefused(failure: Failure): boolean {
  return failure.kind === "requestRejected" && /does not support thinking/i.test(failure.message);
}

function knownFailure(
  message: string,
  status: number | undefined,
  subject: RequestSubject,
): Failure | undefined {
  if (
    /exceed_context_size|input length exceeds|prompt is (too long|longer than)|exceeds the (available )?context/i.test(
      message,
    )
  ) {
    return contextOverflow(message, subject);
  }
  if (
    /out[- ]of[- ]memory|more system memory|insufficient memory|(unable|failed) to allocate|cudaMalloc failed/i.test(
      message,
    )
  ) {
    const { contextTokens } = subject;
    return {
      kind: "outOfMemory",
      message: shortened(message, maxMessageCharacters),
      ...defined({ contextTokens }),
    };
  }
  if (/(process|runner) .*(terminated|stopped|crashed)|exit status \d|signal: /i.test(message)) {
    return { kind: "modelCrashed", message: shortened(message, maxMessageCharacters) };
  }
  if (/no space left on device|not enough space on the disk/i.test(message))
    return { kind: "diskFull", path: "" };
  const aboutModel = /\bmodel\b.*\bnot found\b|pull model manifest: file does not exist/i.test(
    message,
  );
  if (subject.model !== undefined && aboutModel && (status === undefined || status === 404)) {
    return { kind: "modelMissing", model: subject.model };
  }
  if (subject.model !== undefined && /^\w+ cloud is disabled/i.test(message))
    return { kind: "cloudModelRefused", model: subject.model, turnedOff: true };
  if (/server busy|maximum pending requests/i.test(message)) return { kind: "serverBusy" };
  return undefined;
}

/**
 * llama.cpp's own error arrives as JSON inside the daemon's error string, with the two numbers that
 * matter.
 */
function contextOverflow(message: string, subject: RequestSubject): Failure {
  const promptTokens = Number(/"n_prompt_tokens"\s*:\s*(\d+)/.exec(message)?.[1]);
  const window = Number(/"n_ctx"\s*:\s*(\d+)/.exec(message)?.[1] ?? subject.contextTokens);
  return {
    kind: "contextOverflow",
    ...(Number.isFinite(promptTokens) ? { promptTokens } : {}),
    ...(Number.isFinite(window) ? { contextTokens: window } : {}),
  };
}

/** The words of an error: a string, or an object with a message in it as some proxies send. */
function messageIn(error: unknown): string | undefined {
  if (typeof error === "string") return error;
  if (typeof error !== "object" || error === null) return undefined;
  const message = isRecord(error) ? error["message"] : undefined;
  // The whole object is kept, since its other fields hold the numbers of an overflow.
  return typeof message === "string" && Object.keys(error).length === 1
    ? message
    : JSON.stringify(error);
}

/**
 * Stands for an answer of 407, which the fetch standard makes a broken connection without a word.
 */
export class ProxyChallenge extends Error {}

function isProxyChallenge(thrown: unknown): boolean {
  let error = thrown;
  while (error instanceof Error && !(error instanceof ProxyChallenge)) error = error.cause;
  return error instanceof ProxyChallenge;
}

/** What a proxy answered that was asked for a tunnel; the library has only words for it. */
function tunnelRefusal(thrown: unknown): number | undefined {
  let status: string | undefined;
  for (let error = thrown; error instanceof Error && status === undefined; error = error.cause)
    status = /^Proxy (?:response|Authentication Required) \((\d{3})\)/.exec(error.message)?.[1];
  return status === undefined ? undefined : Number(status);
}

/**
 * The most specific code in a chain of causes, such as ECONNREFUSED; the innermost message where
 * there is none.
 */
function errorCode(thrown: unknown): string {
  let code = "";
  let message = String(thrown);
  let error: unknown = thrown;
  for (let depth = 0; depth < 5 && error instanceof Error; depth++) {
    const named = (error as Error & { code?: unknown }).code;
    // The parser of HTTP has a name for what it found, but no code.
    if (typeof named === "string") code = named;
    else if (error.name === "HTTPParserError") code = "no HTTP";
    message = error.message;
    // Several addresses were tried (localhost as IPv6 and IPv4): each failed in its own way, the
    // first says enough.
    error = error instanceof AggregateError ? (error.errors[0] ?? error.cause) : error.cause;
  }
  return code !== "" ? code : message;
}
