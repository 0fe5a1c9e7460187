import { Ollama } from "ollama/browser";
import type { Agent, Dispatcher } from "undici";
import { FailureError } from "../../failure-error";
import {
  failureOfErrorField,
  failureOfNetworkError,
  failureOfStatus,
  notADaemon,
  ProxyChallenge,
  parsedObject,
  type RequestSubject,
} from "../daemon-failure";
import { cleanedJsonLines, type StreamEnding } from "./json-lines";

/**
 * No limit on the time to the headers or between two pieces of the body: a daemon that loads a model sends nothing for minutes, and
 * giving up makes it start over. Our own idle timer watches instead. No connection is used twice: one that the daemon closed
 * meanwhile would fail a request that never reached it.
 */
export const patientAgentOptions = {
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 0,
} as const satisfies Agent.Options;

/** Loaded with the first request: reading the library costs more than everything else when the extension is activated. */
let patient: Promise<Patient> | undefined;

interface Patient {
  readonly fetch: typeof import("undici").fetch;
  readonly agent: Dispatcher;
}

function patientClient(): Promise<Patient> {
  patient ??= import("undici").then(({ Agent, fetch }) => ({
    fetch,
    agent: new Agent(patientAgentOptions).compose(tellingProxyChallenges),
  }));
  return patient;
}

/** The fetch standard hides an answer of 407 behind a network error that says nothing; it is caught on the way there. */
const tellingProxyChallenges: Dispatcher.DispatcherComposeInterceptor =
  (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart: (...all) => handler.onRequestStart?.(...all),
      onRequestUpgrade: (...all) => handler.onRequestUpgrade?.(...all),
      onResponseStart: (controller, status, ...rest) => {
        if (status === 407) controller.abort(new ProxyChallenge("a proxy wants a password"));
        else handler.onResponseStart?.(controller, status, ...rest);
      },
      onResponseData: (...all) => handler.onResponseData?.(...all),
      onResponseEnd: (...all) => handler.onResponseEnd?.(...all),
      onResponseError: (...all) => handler.onResponseError?.(...all),
    });

/** An answer that is not a stream is read whole; a daemon's longest (a model's details) is a few megabytes. */
const maxPlainBodyBytes = 64 * 1024 * 1024;
const maxErrorBodyBytes = 64 * 1024;

export interface WireRequest {
  readonly subject: RequestSubject;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborting it closes the connection at any time, before the headers too. */
  readonly signal: AbortSignal;
  /** Called whenever anything at all arrives. */
  readonly onBytes?: () => void;
  /** For an answer that comes as a stream of lines; without it the answer is one object. */
  readonly stream?: StreamEnding;
}

/** The package's client for one request. What it throws is the signal's reason or a FailureError, and it never prints. */
export function ollamaFor(wire: WireRequest): Ollama {
  return new Ollama({
    host: wire.subject.endpoint,
    headers: { ...wire.headers },
    fetch: ollamaFetch(wire),
  });
}

/**
 * The fetch that the package is given. Errors keep their status and body as a Failure, streams are cleaned line by line, redirects
 * are not followed (code goes to the endpoint that was configured and nowhere else), and the package's own abort is replaced by the
 * request's signal.
 */
function ollamaFetch(wire: WireRequest): typeof fetch {
  return async (input, init) => {
    const { subject, signal } = wire;
    let response: Awaited<ReturnType<Patient["fetch"]>>;
    try {
      const client = await patientClient();
      response = await client.fetch(input instanceof Request ? input.url : input, {
        method: init?.method ?? "GET",
        headers: init?.headers as Record<string, string>,
        body: typeof init?.body === "string" ? init.body : null,
        dispatcher: client.agent,
        redirect: "manual",
        signal,
      });
    } catch (thrown) {
      throw signal.aborted ? signal.reason : failureOfNetworkError(thrown, false, subject);
    }
    wire.onBytes?.();
    const contentType = response.headers.get("content-type") ?? "";
    const body = response.body as ReadableStream<Uint8Array> | null;
    try {
      if (!response.ok) {
        const refused = {
          status: response.status,
          contentType,
          body: await readText(body, maxErrorBodyBytes),
        };
        const location = shownLocation(response.headers.get("location"), subject.endpoint);
        throw new FailureError(
          failureOfStatus({ ...refused, ...(location === undefined ? {} : { location }) }, subject),
        );
      }
      if (wire.stream !== undefined && body !== null) {
        const options = {
          subject,
          signal,
          contentType,
          onBytes: wire.onBytes ?? (() => {}),
          ...wire.stream,
        };
        return asResponse(cleanedJsonLines(body, options));
      }
      const text = await readText(body, maxPlainBodyBytes);
      const object = parsedObject(text);
      if (object === undefined)
        throw new FailureError(notADaemon(subject, response.status, contentType));
      if (object["error"] !== undefined)
        throw new FailureError(failureOfErrorField(object["error"], object["failure"], subject));
      return asResponse(text);
    } catch (thrown) {
      throw signal.aborted ? signal.reason : failureOfNetworkError(thrown, true, subject);
    }
  };
}

/** An address as it may be shown: without a password, and without what stands behind a question mark. */
function shownLocation(location: string | null, endpoint: string): string | undefined {
  if (location === null || !URL.canParse(location, endpoint)) return undefined;
  const { origin, pathname } = new URL(location, endpoint);
  return `${origin}${pathname}`;
}

function asResponse(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { status: 200, headers: { "content-type": "application/json" } });
}

/** At most `maxBytes` of a body; the rest is not waited for. */
async function readText(
  body: ReadableStream<Uint8Array> | null,
  maxBytes: number,
): Promise<string> {
  if (body === null) return "";
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = "";
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    text += decoder.decode(value, { stream: true });
    if (bytes > maxBytes) {
      await reader.cancel();
      return text;
    }
  }
}
