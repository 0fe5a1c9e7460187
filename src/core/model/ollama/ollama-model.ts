import type { Ollama } from "ollama/browser";
import type { Think } from "../../../base/thoughts/levels";
import { FailureError } from "../../failure-error";
import { type Log, silentLog } from "../../log";
import { fullName, refuseUnallowedCloudModel } from "../cloud-models";
import { isThinkingRefused, notADaemon, type RequestSubject } from "../daemon-failure";
import type {
  ChatRequest,
  LoadedModel,
  ModelDaemon,
  ModelDetails,
  ModelEvent,
  ModelInfo,
  PullProgress,
  SamplesEvent,
  ThoughtMove,
} from "../language-model";
import { withoutThought } from "../no-thought";
import { addressOf } from "../normalise-endpoint";
import type { StreamEnding } from "../object-stream";
import {
  type Activity,
  defaultSilence,
  type Heard,
  newActivity,
  type SilenceTiming,
  tellingSilence,
} from "../silence";
import { sleep } from "../sleep";
import { type ChatBody, chatBody } from "./chat-body";
import { ChatReader, type LineReader } from "./chat-reader";
import { loadedModelOf, modelDetailsOf, modelInfoOf } from "./model-details";
import { type OllamaWire, ollamaFor, sendObject } from "./ollama-fetch";
import { PullProgressSum } from "./pull-progress";
import { SamplesReader } from "./samples-reader";

export interface OllamaTiming extends SilenceTiming {
  /** The most that a question about versions and models may take. */
  readonly questionLimitMs: number;
  /** How long to wait before each further try when the daemon's queue is full. */
  readonly busyWaitsMs: readonly number[];
}

export const defaultTiming: OllamaTiming = {
  ...defaultSilence,
  questionLimitMs: 30_000,
  busyWaitsMs: [500, 1_500, 4_000],
};

export interface OllamaModelOptions {
  /** In any form that {@link addressOf} understands, with a user name and password too. */
  readonly endpoint: string;
  /** Sent with every request, such as the built-in engine's `Authorization`. */
  readonly headers?: Readonly<Record<string, string>>;
  /** The value of an `Authorization` header, asked for at every request; it goes before what the address holds. */
  readonly authorization?: () => Promise<string | undefined>;
  readonly timing?: Partial<OllamaTiming>;
  /**
   * Whether this is the built-in engine, which steers a thought while it goes on and writes several answers to a prompt at once.
   * Default: no.
   */
  readonly steers?: boolean;
  readonly log?: Log;
}

/** What the request itself tells, before and between the lines of its answer. */
type WireEvent = Extract<ModelEvent, { kind: "sent" | "stalled" }>;

/** Answers that the engine writes in about the time of one; it has fewer windows where memory is short. */
const engineSamples = 4;
const steerPath = "/api/thinkaloud/steer";
/** The engine answers between two tokens; one that does not is asked in another way. */
const steerLimitMs = 2_000;
/** Asking which models are loaded only serves to tell the person about the wait, so it may not make the wait longer. */
const loadedQuestionMs = 300;
const maxLineCharacters = 32 * 1024 * 1024;

/** The library's types do not know the level `max`. */
function onWire(body: ChatBody): ChatBody & { readonly think?: Exclude<Think, "max"> } {
  return body as ChatBody & { readonly think?: Exclude<Think, "max"> };
}

/** Models behind the Ollama HTTP API: a daemon, or the built-in engine that speaks the same. */
export class OllamaModel implements ModelDaemon {
  readonly endpoint: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #authorization: () => Promise<string | undefined>;
  readonly #timing: OllamaTiming;
  readonly #steers: boolean;
  readonly #log: Log;
  readonly #details = new Map<string, ModelDetails>();
  readonly #arrivals = new Map<string, "field" | "marks">();
  /** As last told; what a release does differently follows from it. */
  #version: string | undefined;
  /** Models that refused to think although they are listed as able to. */
  readonly #unthinking = new Set<string>();

  constructor(options: OllamaModelOptions) {
    const { endpoint, authorization } = addressOf(options.endpoint);
    this.endpoint = endpoint;
    this.#headers = {
      ...(authorization === undefined ? {} : { Authorization: authorization }),
      ...options.headers,
    };
    this.#authorization = options.authorization ?? (async () => undefined);
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#steers = options.steers ?? false;
    this.#log = options.log ?? silentLog;
  }

  async version(signal?: AbortSignal): Promise<string> {
    const { version } = await this.#ask({ endpoint: this.endpoint }, signal, (client) =>
      client.version(),
    );
    if (typeof version !== "string") throw this.#notADaemon();
    this.#version = version;
    return version;
  }

  async list(signal?: AbortSignal): Promise<readonly ModelInfo[]> {
    const { models } = await this.#ask({ endpoint: this.endpoint }, signal, (client) =>
      client.list(),
    );
    return this.#entries(models).flatMap((entry) => modelInfoOf(entry) ?? []);
  }

  async loaded(signal?: AbortSignal): Promise<readonly LoadedModel[]> {
    const { models } = await this.#ask({ endpoint: this.endpoint }, signal, (client) =>
      client.ps(),
    );
    return this.#entries(models).flatMap((entry) => loadedModelOf(entry) ?? []);
  }

  async isLoaded(model: string, signal: AbortSignal): Promise<boolean> {
    const loaded = await this.loaded(signal);
    return loaded.some(({ name }) => fullName(name) === fullName(model));
  }

  /** Asked once per model; the answer is kept until the model is pulled again or turns out to be gone. */
  async describe(model: string, signal?: AbortSignal): Promise<ModelDetails> {
    const known = this.#details.get(fullName(model));
    if (known !== undefined) return known;
    const shown = await this.#ask({ endpoint: this.endpoint, model }, signal, (client) =>
      client.show({ model }),
    );
    const details = modelDetailsOf(model, shown);
    this.#details.set(fullName(model), details);
    return details;
  }

  async *chat(asked: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
    signal.throwIfAborted();
    const allowed = asked.allowedCloudModels ?? [];
    // By name first: even the question about a cloud model leaves the machine.
    refuseUnallowedCloudModel(asked.model, undefined, allowed);
    const details = await this.describe(asked.model, signal);
    refuseUnallowedCloudModel(asked.model, details.remoteHost, allowed);
    // Of a model that is not known to think nobody wishes that it does not. The engine sees to it by itself.
    const mayThink = details.capabilities.includes("thinking") && !this.#steers;
    const request = mayThink
      ? withoutThought(asked, { takesArguments: true, goesOn: true })
      : asked;
    const mustLoad = await this.#mustLoad(request, details, signal);

    let told = false;
    for (let busyTries = 0; ; ) {
      const canThink =
        details.capabilities.includes("thinking") && !this.#unthinking.has(fullName(request.model));
      try {
        for await (const event of this.#chatOnce(request, details, canThink, signal)) {
          if (event.kind === "sent" && told) continue;
          yield event;
          if (event.kind !== "sent") continue;
          told = true;
          if (mustLoad) yield { kind: "loading" };
        }
        return;
      } catch (thrown) {
        const failure = thrown instanceof FailureError ? thrown.failure : undefined;
        const waitMs = this.#timing.busyWaitsMs[busyTries];
        if (failure?.kind === "serverBusy" && waitMs !== undefined) {
          if (busyTries === 0)
            yield {
              kind: "notice",
              text: "The daemon has more requests than it can take; trying again.",
            };
          busyTries++;
          await sleep(waitMs, signal);
        } else if (failure !== undefined && canThink && isThinkingRefused(failure)) {
          this.#unthinking.add(fullName(request.model));
        } else {
          if (failure?.kind === "modelMissing") this.#details.delete(fullName(request.model));
          throw thrown;
        }
      }
    }
  }

  get together(): number {
    return this.#steers ? engineSamples : 1;
  }

  /** Only where {@link together} is more than 1. The model is known from the answer before, so it is not asked about again. */
  async *samples(
    request: ChatRequest,
    count: number,
    signal: AbortSignal,
  ): AsyncGenerator<SamplesEvent, void, void> {
    const details = await this.describe(request.model, signal);
    const canThink = details.capabilities.includes("thinking");
    const reader = new SamplesReader(request);
    const body = {
      ...chatBody(request, details, { canThink, version: this.#release }),
      thinkaloud_samples: count,
    };
    yield* this.#told(request, body, reader, signal);
  }

  async steer(chatId: string, move: ThoughtMove): Promise<boolean> {
    if (!this.#steers) return false;
    const { kind, ...hint } = move;
    const wanted = kind === "hint" ? { hint } : { endThought: true };
    const soon = AbortSignal.timeout(steerLimitMs);
    const subject = { endpoint: this.endpoint };
    try {
      const body = { id: chatId, ...wanted };
      await sendObject("POST", subject, steerPath, this.#headers, body, soon);
      return true;
    } catch (thrown) {
      this.#log.warn(`the engine did not take what was said to the thought: ${String(thrown)}`);
      return false;
    }
  }

  async *pull(model: string, signal: AbortSignal): AsyncGenerator<PullProgress, void, void> {
    signal.throwIfAborted();
    const sum = new PullProgressSum();
    const endedEarly = () => new FailureError({ kind: "streamBroken", how: "ended" });
    const isLast = (line: Record<string, unknown>) => line["status"] === "success";
    const closing = new AbortController();
    const wanted = AbortSignal.any([signal, closing.signal]);
    try {
      const lines = this.#lines(
        { endpoint: this.endpoint, model },
        wanted,
        { isLast, endedEarly },
        newActivity(),
        (client) => client.pull({ model, stream: true }),
      );
      for await (const heard of lines) if (heard.kind === "came") yield sum.add(heard.value);
    } finally {
      closing.abort();
    }
    this.#details.delete(fullName(model));
    this.#unthinking.delete(fullName(model));
  }

  async unload(model: string, signal?: AbortSignal): Promise<void> {
    await this.#ask({ endpoint: this.endpoint, model }, signal, (client) =>
      client.chat({ model, messages: [], keep_alive: 0 }),
    );
  }

  /** Takes as long as loading takes. */
  async load(model: string, contextTokens: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    const closing = new AbortController();
    const wanted =
      signal === undefined ? closing.signal : AbortSignal.any([signal, closing.signal]);
    try {
      const client = await this.#client({ endpoint: this.endpoint, model }, { signal: wanted });
      await client.chat({
        model,
        messages: [],
        keep_alive: -1,
        options: { num_ctx: contextTokens },
      });
    } finally {
      closing.abort();
    }
  }

  async remove(model: string, signal?: AbortSignal): Promise<void> {
    const subject = { endpoint: this.endpoint, model };
    const limit = AbortSignal.timeout(this.#timing.questionLimitMs);
    const wanted = signal === undefined ? limit : AbortSignal.any([signal, limit]);
    const headers = await this.#headersNow();
    await sendObject("DELETE", subject, "/api/delete", headers, { model }, wanted);
    this.#details.delete(fullName(model));
  }

  /** One request on the wire, from its first event to `done`. */
  async *#chatOnce(
    request: ChatRequest,
    details: ModelDetails,
    canThink: boolean,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void, void> {
    const body = {
      ...chatBody(request, details, { canThink, version: this.#release }),
      ...(this.#steers && request.id !== undefined && { thinkaloud_id: request.id }),
    };
    yield* this.#told(request, body, new ChatReader(request), signal);
  }

  /** Sends a chat's body and tells what its reader makes of the answer. */
  async *#told<Event>(
    request: ChatRequest,
    body: ChatBody,
    reader: LineReader<Event>,
    signal: AbortSignal,
  ): AsyncGenerator<Event | WireEvent, void, void> {
    const subject = {
      endpoint: this.endpoint,
      model: request.model,
      contextTokens: request.contextTokens,
    };
    const ending = {
      isLast: (line: Record<string, unknown>) => line["done"] === true,
      endedEarly: () => reader.endedEarly(),
    };
    const closing = new AbortController();
    const wanted = AbortSignal.any([signal, closing.signal]);
    const activity = newActivity();
    const lines = this.#lines(subject, wanted, ending, activity, (client) =>
      client.chat(onWire(body)),
    );
    try {
      // Asking for the first line sends the request; its failure is heard below, where the line is awaited.
      let next = lines.next();
      next.catch(() => {});
      yield { kind: "sent" };
      for (;;) {
        const { done, value } = await next;
        if (done === true) {
          if (!reader.isDone) throw reader.endedEarly();
          return;
        }
        if (value.kind === "stalled") yield value;
        else
          for (const event of reader.read(value.value)) {
            activity.writes = reader.hasWritten;
            yield event;
          }
        if (reader.isOver) return;
        next = lines.next();
      }
    } catch (thrown) {
      yield* reader.rest();
      throw thrown;
    } finally {
      closing.abort();
      if (reader.arrival !== undefined) this.#arrivals.set(fullName(request.model), reader.arrival);
    }
  }

  thoughtArrival(model: string): "field" | "marks" | undefined {
    return this.#arrivals.get(fullName(model));
  }

  /** The objects of a streamed answer, with the silences between them. The connection is open until the signal is aborted. */
  async *#lines(
    subject: RequestSubject,
    signal: AbortSignal,
    ending: Omit<StreamEnding, "maxLineCharacters">,
    activity: Activity,
    open: (client: Ollama) => Promise<AsyncIterable<unknown>>,
  ): AsyncGenerator<Heard<Record<string, unknown>>, void, void> {
    const onBytes = () => {
      activity.lastAt = performance.now();
    };
    const stream = { ...ending, maxLineCharacters };
    const opening = this.#client(subject, { signal, onBytes, stream });
    async function* opened(): AsyncGenerator<Record<string, unknown>, void, void> {
      // Every line has been checked to be an object on its way in.
      for await (const line of await open(await opening)) yield line as Record<string, unknown>;
    }
    yield* tellingSilence(opened(), activity, this.#timing);
  }

  async #ask<T>(
    subject: RequestSubject,
    outer: AbortSignal | undefined,
    question: (client: Ollama) => Promise<T>,
  ): Promise<T> {
    outer?.throwIfAborted();
    const closing = new AbortController();
    const signal = outer === undefined ? closing.signal : AbortSignal.any([outer, closing.signal]);
    const limitMs = this.#timing.questionLimitMs;
    const timer = setTimeout(
      () => closing.abort(new FailureError({ kind: "silent", silentMs: limitMs })),
      limitMs,
    );
    try {
      return await question(await this.#client(subject, { signal }));
    } finally {
      clearTimeout(timer);
      closing.abort();
    }
  }

  async #client(
    subject: RequestSubject,
    wire: Omit<OllamaWire, "subject" | "headers">,
  ): Promise<Ollama> {
    const headers = await this.#headersNow();
    return await ollamaFor({
      ...wire,
      subject: { ...subject, authorized: "Authorization" in headers },
      headers,
    });
  }

  async #headersNow(): Promise<Readonly<Record<string, string>>> {
    const own = await this.#authorization();
    return own === undefined ? this.#headers : { ...this.#headers, Authorization: own };
  }

  /** The release that answers; the built-in engine names one whose API it speaks, and is none. */
  get #release(): string | undefined {
    return this.#steers ? undefined : this.#version;
  }

  /** Whether the model has to be loaded first, as far as the daemon tells in a moment. */
  async #mustLoad(
    request: ChatRequest,
    details: ModelDetails,
    signal: AbortSignal,
  ): Promise<boolean> {
    try {
      const soon = AbortSignal.any([signal, AbortSignal.timeout(loadedQuestionMs)]);
      const found = (await this.loaded(soon)).find(
        (one) => fullName(one.name) === fullName(request.model),
      );
      const wanted = Math.min(
        request.contextTokens,
        details.trainedContextTokens ?? request.contextTokens,
      );
      return (
        found === undefined || (found.contextTokens !== undefined && found.contextTokens !== wanted)
      );
    } catch {
      signal.throwIfAborted();
      return false;
    }
  }

  /** A daemon without models may say `null`; anything else that is no list is not a daemon. */
  #entries(models: unknown): readonly unknown[] {
    if (models === null) return [];
    if (Array.isArray(models)) return models;
    throw this.#notADaemon();
  }

  #notADaemon(): FailureError {
    return new FailureError(notADaemon({ endpoint: this.endpoint }, 200, "application/json"));
  }
}
