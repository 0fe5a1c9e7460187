import type { Ollama } from "ollama/browser";
import { defined } from "../../../base/defined";
import { parsedObject } from "../../../base/guards";
import { FailureError } from "../../failure-error";
import {
  failureOfErrorField,
  failureOfNetworkError,
  failureOfStatus,
  notADaemon,
  type RequestSubject,
} from "../daemon-failure";
import { type StreamEnding, streamedObjects } from "../object-stream";
import type { Route } from "../route";
import { maxPlainBodyBytes, readError, readText, send } from "../wire";

export interface OllamaWire {
  readonly subject: RequestSubject;
  readonly headers: Readonly<Record<string, string>>;
  /** Aborting it closes the connection at any time, before the headers too. */
  readonly signal: AbortSignal;
  readonly route?: Route | undefined;
  /** Called whenever anything at all arrives. */
  readonly onBytes?: () => void;
  /** For an answer that comes as a stream of lines; without it the answer is one object. */
  readonly stream?: StreamEnding;
}

/**
 * The package's client for one request, loaded with the first. What it throws is the signal's
 * reason or a FailureError, and it never prints.
 */
export async function ollamaFor(wire: OllamaWire): Promise<Ollama> {
  const { Ollama } = await import("ollama/browser");
  return new Ollama({
    host: wire.subject.endpoint,
    headers: { ...wire.headers },
    fetch: ollamaFetch(wire),
  });
}

/**
 * The fetch that the package is given. Errors keep their status and body as a Failure, streams are
 * cleaned line by line, and the package's own abort is replaced by the request's signal.
 */
function ollamaFetch(wire: OllamaWire): typeof fetch {
  return async (input, init) => {
    const { subject, signal, route } = wire;
    const answer = await send({
      subject,
      url: input instanceof Request ? input.url : String(input),
      method: init?.method ?? "GET",
      headers: init?.headers as Record<string, string>,
      body: typeof init?.body === "string" ? init.body : null,
      route,
      signal,
    });
    wire.onBytes?.();
    const { status, contentType, body } = answer;
    try {
      if (!answer.ok)
        throw new FailureError(
          failureOfStatus({ ...answer, body: await readError(answer) }, subject),
        );
      if (wire.stream !== undefined && body !== null) {
        const objects = streamedObjects(body, {
          subject,
          signal,
          contentType,
          framing: "lines",
          ...defined({ onBytes: wire.onBytes }),
          ...wire.stream,
        });
        return asResponse(asLines(objects, wire.stream.isLast));
      }
      const text = await readText(body, maxPlainBodyBytes);
      const object = parsedObject(text);
      if (object === undefined) throw new FailureError(notADaemon(subject, status, contentType));
      if (object["error"] !== undefined)
        throw new FailureError(failureOfErrorField(object["error"], object["failure"], subject));
      return asResponse(text);
    } catch (thrown) {
      throw signal.aborted ? signal.reason : failureOfNetworkError(thrown, true, subject);
    }
  };
}

/**
 * Asks a path of which the package knows nothing, or expects another answer.
 * @param body absent: a plain question.
 * @returns the text of the answer.
 * @throws the signal's reason; FailureError for a connection that fails and for what is refused.
 */
export async function askPath(
  method: "GET" | "POST" | "DELETE",
  subject: RequestSubject,
  path: string,
  headers: Readonly<Record<string, string>>,
  body: object | undefined,
  signal: AbortSignal,
  route?: Route,
): Promise<string> {
  const answer = await send({
    subject,
    url: `${subject.endpoint}${path}`,
    method,
    headers: body === undefined ? headers : { ...headers, "content-type": "application/json" },
    body: body === undefined ? null : JSON.stringify(body),
    route,
    signal,
  });
  if (!answer.ok)
    throw new FailureError(failureOfStatus({ ...answer, body: await readError(answer) }, subject));
  // Read to its end, so that the connection is free.
  return await readText(answer.body, maxPlainBodyBytes);
}

function asResponse(body: string | ReadableStream<Uint8Array>): Response {
  return new Response(body, { status: 200, headers: { "content-type": "application/json" } });
}

const encoder = new TextEncoder();

/**
 * Objects for the package's reader, which prints whatever else it meets, and which would take
 * `"done": "no"` for the end: what the end is, is decided here.
 */
function asLines(
  objects: AsyncGenerator<Record<string, unknown>, void, void>,
  isLast: StreamEnding["isLast"],
): ReadableStream<Uint8Array> {
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const { done, value } = await objects.next();
        if (done === true) controller.close();
        else {
          const line = { ...value, done: isLast(value) };
          controller.enqueue(encoder.encode(`${JSON.stringify(line)}\n`));
        }
      },
      async cancel() {
        await objects.return();
      },
    },
    // A stream that fails forgets what waits in it, so nothing may wait: a line is fetched only
    // when it is asked for.
    { highWaterMark: 0 },
  );
}
