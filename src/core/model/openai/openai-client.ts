import { defined } from "../../../base/defined";
import { type Json, parsedObject } from "../../../base/guards";
import { FailureError } from "../../failure-error";
import { answeredWithin } from "../answered-within";
import { failureOfNetworkError, notADaemon, type RequestSubject } from "../daemon-failure";
import { addressOf } from "../normalise-endpoint";
import { streamedObjects } from "../object-stream";
import type { RouteTo } from "../route";
import { maxPlainBodyBytes, readError, readText, send, type WireAnswer } from "../wire";
import type { ChatFields } from "./chat-fields";
import { ChunkReader } from "./chunk-reader";
import { openAiAddresses } from "./openai-addresses";
import { failureOfRefusal, failureOfStreamError } from "./server-failure";

export interface OpenAiAddress {
  /** The address up to and with the version, such as `http://127.0.0.1:8000/v1`. */
  readonly endpoint: string;
  /**
   * The value of an `Authorization` header, asked for at every request; it goes before what the
   * address holds.
   */
  readonly authorization?: () => Promise<string | undefined>;
  /** How to get there; absent: the plain way. */
  readonly routeTo?: RouteTo;
}

export const chatPath = "/chat/completions";

/**
 * An answer with an error status, before it is known whether asking again without something helps.
 */
export class Refused extends FailureError {
  constructor(
    failure: FailureError["failure"],
    readonly status: number,
    readonly said: string,
  ) {
    super(failure);
  }
}

/**
 * Requests to one server: each with its key, and by the way that leads there now. Every method
 * throws FailureError.
 */
export class OpenAiClient {
  readonly endpoint: string;
  readonly #authorization: () => Promise<string | undefined>;
  readonly #routeTo: RouteTo;

  constructor(address: OpenAiAddress) {
    const { endpoint, authorization } = addressOf(address.endpoint, openAiAddresses);
    this.endpoint = endpoint;
    this.#authorization = async () => (await address.authorization?.()) ?? authorization;
    this.#routeTo = address.routeTo ?? (async () => undefined);
  }

  /** The chunks of an answer. The connection is open until the signal is aborted. */
  async *chunks(
    fields: ChatFields,
    model: string,
    endedEarly: () => FailureError,
    signal: AbortSignal,
  ): AsyncGenerator<Json, void, void> {
    const { answer, subject } = await this.#send(chatPath, signal, fields, model);
    const { body, contentType } = answer;
    if (body === null) throw endedEarly();
    if (/^application\/json\b/i.test(contentType)) {
      // A server that does not stream.
      yield await this.#object(answer, subject, signal);
      return;
    }
    yield* streamedObjects(body, {
      subject,
      signal,
      contentType,
      framing: "events",
      isLast: ChunkReader.isLast,
      endedEarly,
      failureOf: failureOfStreamError,
    });
  }

  /**
   * The object that a question is answered with.
   * @param path behind the endpoint, or a whole address on the same server.
   * @param fields what is sent; absent: nothing is.
   */
  ask(path: string, limitMs: number, outer?: AbortSignal, fields?: ChatFields): Promise<Json> {
    return answeredWithin(limitMs, outer, async (signal) => {
      const { answer, subject } = await this.#send(path, signal, fields);
      return await this.#object(answer, subject, signal);
    });
  }

  /**
   * The address of a path from the root of the server: what is below the API's version is
   * everybody's, the rest its own.
   */
  atRoot(path: string): string {
    return this.endpoint.replace(/\/v\d+$/, "") + path;
  }

  /** An answer that may be missing, from the root of the server. */
  async mayAsk(path: string, limitMs: number, outer?: AbortSignal): Promise<Json> {
    try {
      return await this.ask(this.atRoot(path), limitMs, outer);
    } catch (thrown) {
      outer?.throwIfAborted();
      if (thrown instanceof FailureError) return {};
      throw thrown;
    }
  }

  notAServer(): FailureError {
    return new FailureError(notADaemon({ endpoint: this.endpoint }, 200, "application/json"));
  }

  /** @throws Refused for an answer with an error status. */
  async #send(
    path: string,
    signal: AbortSignal,
    fields?: ChatFields,
    model?: string,
  ): Promise<{ answer: WireAnswer; subject: RequestSubject }> {
    const authorization = await this.#authorization();
    const subject = {
      endpoint: this.endpoint,
      authorized: authorization !== undefined,
      ...defined({ model }),
    };
    const answer = await send({
      subject,
      url: path.startsWith("/") ? `${this.endpoint}${path}` : path,
      method: fields === undefined ? "GET" : "POST",
      headers: {
        Accept: fields === undefined ? "application/json" : "text/event-stream",
        ...(fields === undefined ? {} : { "Content-Type": "application/json" }),
        ...(authorization === undefined ? {} : { Authorization: authorization }),
      },
      body: fields === undefined ? null : JSON.stringify(fields),
      route: await this.#routeTo(this.endpoint),
      signal,
    });
    if (answer.ok) return { answer, subject };
    const { status } = answer;
    let body: string;
    try {
      body = await readError(answer);
    } catch (thrown) {
      throw signal.aborted ? signal.reason : failureOfNetworkError(thrown, true, subject);
    }
    throw new Refused(failureOfRefusal({ ...answer, body }, subject), status, body);
  }

  async #object(answer: WireAnswer, subject: RequestSubject, signal: AbortSignal): Promise<Json> {
    let text: string;
    try {
      text = await readText(answer.body, maxPlainBodyBytes);
    } catch (thrown) {
      throw signal.aborted ? signal.reason : failureOfNetworkError(thrown, true, subject);
    }
    const object = parsedObject(text);
    if (object === undefined)
      throw new FailureError(notADaemon(subject, answer.status, answer.contentType));
    if (object["error"] !== undefined && object["error"] !== null)
      throw new FailureError(failureOfStreamError(object["error"], subject));
    return object;
  }
}
