import type { Agent, Dispatcher } from "undici";
import { failureOfNetworkError, ProxyChallenge, type RequestSubject } from "./daemon-failure";
import { LateBreak } from "./late-break";
import type { Route } from "./route";

/**
 * No limit on the time to the headers or between two pieces of the body: a daemon that loads a
 * model sends nothing for minutes, and giving up makes it start over. Our own idle timer watches
 * instead. No connection is used twice: one that the daemon closed meanwhile would fail a request
 * that never reached it.
 */
export const patientAgentOptions = {
  headersTimeout: 0,
  bodyTimeout: 0,
  pipelining: 0,
} as const satisfies Agent.Options;

/**
 * Loaded with the first request: reading the library costs more than everything else when the
 * extension is activated.
 */
let patient: Promise<Patient> | undefined;

interface Patient {
  readonly fetch: typeof import("undici").fetch;
  /** @param route absent: the plain one. */
  agentFor(route: Route | undefined): Dispatcher;
}

function patientClient(): Promise<Patient> {
  patient ??= import("undici").then(({ Agent, EnvHttpProxyAgent, fetch }) => {
    const plain = new Agent(patientAgentOptions).compose(tellingProxyChallenges);
    const agents = new WeakMap<Route, Dispatcher>();
    const newAgent = ({ proxy, noProxy, proxyAuthorization, tls }: Route): Dispatcher => {
      const options = { ...patientAgentOptions, connect: tls };
      if (proxy === "") return new Agent(options);
      return new EnvHttpProxyAgent({
        ...options,
        httpProxy: proxy,
        httpsProxy: proxy,
        noProxy,
        requestTls: tls,
        proxyTls: tls,
        // Many proxies let a tunnel go to encrypted servers only.
        proxyTunnel: false,
        ...(proxyAuthorization !== undefined && { token: proxyAuthorization }),
      });
    };
    return {
      fetch,
      agentFor(route) {
        if (route === undefined) return plain;
        const agent = agents.get(route) ?? newAgent(route).compose(tellingProxyChallenges);
        agents.set(route, agent);
        return agent;
      },
    };
  });
  return patient;
}

/**
 * The fetch standard hides an answer of 407 behind a network error that says nothing; it is caught
 * on the way there.
 */
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

/**
 * An answer that is not a stream is read whole; the longest (a model's details) is a few megabytes.
 */
export const maxPlainBodyBytes = 64 * 1024 * 1024;
const maxErrorBodyBytes = 64 * 1024;

export interface WireRequest {
  readonly subject: RequestSubject;
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | null;
  /** Absent: the plain one. */
  readonly route?: Route | undefined;
  /** Aborting it closes the connection at any time, before the headers too. */
  readonly signal: AbortSignal;
}

/** An answer whose headers have come. */
export interface WireAnswer {
  readonly status: number;
  readonly ok: boolean;
  readonly contentType: string;
  /** Where it sends the request on to, as it may be shown. Redirects are not followed. */
  readonly location?: string;
  /** It says that it wants a user name and a password. */
  readonly wantsPassword?: true;
  readonly body: ReadableStream<Uint8Array> | null;
}

/**
 * Sends one request and waits for the headers as long as it takes. Code goes to the endpoint that
 * was configured and nowhere else.
 * @throws FailureError for a connection that fails; the signal's reason when aborted.
 */
export async function send(request: WireRequest): Promise<WireAnswer> {
  const { subject, url, method, headers, body, route, signal } = request;
  try {
    const client = await patientClient();
    const late = new LateBreak(signal);
    const response = await client.fetch(url, {
      method,
      headers,
      body,
      dispatcher: client.agentFor(route).compose(late.held),
      redirect: "manual",
      signal,
    });
    const location = shownLocation(response.headers.get("location"), subject.endpoint);
    const wantsPassword = /^basic\b/i.test(response.headers.get("www-authenticate") ?? "");
    return {
      status: response.status,
      ok: response.ok,
      contentType: response.headers.get("content-type") ?? "",
      ...(location === undefined ? {} : { location }),
      ...(wantsPassword && { wantsPassword }),
      body: response.body && late.in(response.body as ReadableStream<Uint8Array>),
    };
  } catch (thrown) {
    if (signal.aborted) throw signal.reason;
    throw failureOfNetworkError(thrown, false, subject, route?.proxy);
  }
}

/** The body of an answer with an error status. */
export function readError(answer: WireAnswer): Promise<string> {
  return readText(answer.body, maxErrorBodyBytes);
}

/**
 * An address as it may be shown: without a password, and without what stands behind a question
 * mark.
 */
function shownLocation(location: string | null, endpoint: string): string | undefined {
  if (location === null || !URL.canParse(location, endpoint)) return undefined;
  const { origin, pathname } = new URL(location, endpoint);
  return `${origin}${pathname}`;
}

/** At most `maxBytes` of a body; the rest is not waited for. */
export async function readText(
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
