import type { Ollama } from "ollama/browser";
import { type Json, parsedObject } from "../../../base/guards";
import { FailureError } from "../../failure-error";
import { answeredWithin } from "../answered-within";
import { notADaemon, type RequestSubject } from "../daemon-failure";
import { addressOf } from "../normalise-endpoint";
import type { StreamEnding } from "../object-stream";
import type { RouteTo } from "../route";
import type { Activity } from "../silence";
import { ollamaAddresses } from "./ollama-addresses";
import { askPath, type OllamaWire, ollamaFor } from "./ollama-fetch";

export interface OllamaAddress {
  /** In any form that {@link addressOf} understands, with a user name and password too. */
  readonly endpoint: string;
  /** Sent with every request, such as the built-in engine's `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /**
   * The value of an `Authorization` header, asked for at every request; it goes before what the
   * address holds.
   */
  readonly authorization?: () => Promise<string | undefined>;
  /** How to get there; absent: the plain way. */
  readonly routeTo?: RouteTo;
}

/** What a request is about, beside the endpoint. */
type About = Omit<RequestSubject, "endpoint" | "authorized">;

/** Requests to one daemon: each with who asks, and by the way that leads there now. */
export class OllamaClient {
  readonly endpoint: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #authorization: () => Promise<string | undefined>;
  readonly #routeTo: RouteTo;
  readonly #questionLimitMs: number;

  /** @param questionLimitMs the most that {@link ask} and {@link send} may take. */
  constructor(address: OllamaAddress, questionLimitMs: number) {
    const { endpoint, authorization } = addressOf(address.endpoint, ollamaAddresses);
    this.endpoint = endpoint;
    this.#headers = {
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...address.headers,
    };
    this.#authorization = address.authorization ?? (async () => undefined);
    this.#routeTo = address.routeTo ?? (async () => undefined);
    this.#questionLimitMs = questionLimitMs;
  }

  /**
   * The objects of a streamed answer; whatever arrives is noted as activity. The connection is open
   * until the signal is aborted.
   */
  async *objects(
    about: About,
    signal: AbortSignal,
    stream: StreamEnding,
    activity: Activity,
    open: (client: Ollama) => Promise<AsyncIterable<unknown>>,
  ): AsyncGenerator<Json, void, void> {
    const onBytes = () => {
      activity.lastAt = performance.now();
    };
    const client = await this.#client(about, { signal, onBytes, stream });
    // Every line has been checked to be an object on its way in.
    for await (const line of await open(client)) yield line as Json;
  }

  /** A question about versions and models. @param limitMs the most that the answer may take. */
  ask<T>(
    about: About,
    outer: AbortSignal | undefined,
    question: (client: Ollama) => Promise<T>,
    limitMs = this.#questionLimitMs,
  ): Promise<T> {
    return this.#ask(limitMs, about, outer, question);
  }

  /** A question that takes as long as loading a model takes. */
  askSlowly<T>(
    about: About,
    outer: AbortSignal | undefined,
    question: (client: Ollama) => Promise<T>,
  ): Promise<T> {
    return this.#ask(undefined, about, outer, question);
  }

  /** Sends an object to a path of which the package knows nothing, or expects another answer. */
  async send(
    method: "POST" | "DELETE",
    path: string,
    body: object,
    about: About,
    outer?: AbortSignal,
  ): Promise<void> {
    await this.#askPath(method, path, body, about, outer);
  }

  /** Asks a path of which the package knows nothing; undefined when no object comes back. */
  async get(path: string, outer?: AbortSignal): Promise<Json | undefined> {
    return parsedObject(await this.#askPath("GET", path, undefined, {}, outer));
  }

  /**
   * A list in an answer. A daemon without models may say `null`; anything else that is no list is
   * not a daemon.
   */
  entries(list: unknown): readonly unknown[] {
    if (list === null) return [];
    if (Array.isArray(list)) return list;
    throw this.notADaemon();
  }

  notADaemon(): FailureError {
    return new FailureError(notADaemon({ endpoint: this.endpoint }, 200, "application/json"));
  }

  #askPath(
    method: "GET" | "POST" | "DELETE",
    path: string,
    body: object | undefined,
    about: About,
    outer: AbortSignal | undefined,
  ): Promise<string> {
    return answeredWithin(this.#questionLimitMs, outer, async (signal) => {
      const headers = await this.#headersNow();
      const route = await this.#routeTo(this.endpoint);
      const subject = this.#subject(about, headers);
      return askPath(method, subject, path, headers, body, signal, route);
    });
  }

  #ask<T>(
    limitMs: number | undefined,
    about: About,
    outer: AbortSignal | undefined,
    question: (client: Ollama) => Promise<T>,
  ): Promise<T> {
    return answeredWithin(limitMs, outer, async (signal) =>
      question(await this.#client(about, { signal })),
    );
  }

  async #client(
    about: About,
    wire: Omit<OllamaWire, "subject" | "headers" | "route">,
  ): Promise<Ollama> {
    const headers = await this.#headersNow();
    return await ollamaFor({
      ...wire,
      route: await this.#routeTo(this.endpoint),
      subject: this.#subject(about, headers),
      headers,
    });
  }

  #subject(about: About, headers: Readonly<Record<string, string>>): RequestSubject {
    return { ...about, endpoint: this.endpoint, authorized: "Authorization" in headers };
  }

  async #headersNow(): Promise<Readonly<Record<string, string>>> {
    const own = await this.#authorization();
    return own === undefined ? this.#headers : { ...this.#headers, Authorization: own };
  }
}
