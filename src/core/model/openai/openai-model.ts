import { defined } from "../../../base/defined";
import type { Json } from "../../../base/guards";
import { levelsByName } from "../../../base/thoughts/levels";
import { FailureError } from "../../failure-error";
import {
  failureOfNetworkError,
  notADaemon,
  parsedObject,
  type RequestSubject,
} from "../daemon-failure";
import type {
  ChatRequest,
  ModelDetails,
  ModelEvent,
  ModelInfo,
  ModelServer,
  ThoughtMove,
} from "../language-model";
import { withoutThought } from "../no-thought";
import { addressOf } from "../normalise-endpoint";
import { streamedObjects } from "../object-stream";
import { defaultSilence, newActivity, type SilenceTiming, tellingSilence } from "../silence";
import { sleep } from "../sleep";
import { maxPlainBodyBytes, readError, readText, send, type WireAnswer } from "../wire";
import { type ChatFields, chatFields, refusedFields } from "./chat-fields";
import { ChunkReader } from "./chunk-reader";
import { turnsFor } from "./continued-turn";
import { type ModelList, modelListOf } from "./model-list";
import { moreAbout } from "./more-about";
import { failureOfRefusal, failureOfStreamError, isLoadingModel } from "./server-failure";

export interface OpenAiTiming extends SilenceTiming {
  /** The most that a question about models may take. */
  readonly questionLimitMs: number;
  /** How long to wait before each further try when the server is busy. */
  readonly busyWaitsMs: readonly number[];
  /** How long to wait before a server is asked again that loads its model. */
  readonly loadingWaitMs: number;
}

const defaultTiming: OpenAiTiming = {
  ...defaultSilence,
  questionLimitMs: 30_000,
  busyWaitsMs: [500, 1_500, 4_000],
  loadingWaitMs: 1_000,
};

export interface OpenAiModelOptions {
  /** The address up to and with the version, such as `http://127.0.0.1:8000/v1`. */
  readonly endpoint: string;
  /** The value of an `Authorization` header, asked for at every request; it goes before what the address holds. */
  readonly authorization?: () => Promise<string | undefined>;
  readonly timing?: Partial<OpenAiTiming>;
}

/** Where no server tells: room for a file and a thought. Whoever has more says so in the settings. */
const assumedContextTokens = 8_192;
/** Longer than this nobody wants to wait for a thought to end; it can be ended in another way. */
const steerLimitMs = 2_000;
const maxLineCharacters = 32 * 1024 * 1024;

/** What one server taught about one model. */
interface Learnt {
  /** Fields that it refused. */
  readonly refused: Set<string>;
  /** Whether the model has thought. */
  thinks: boolean;
  /** How its last thought arrived. */
  arrival: "field" | "marks" | undefined;
  /** Whether it turned out that a turn cannot be gone on with. */
  quotes: boolean;
}

/** Models behind the API that OpenAI began and vLLM, SGLang, llama.cpp, LM Studio, LiteLLM and others speak. */
export class OpenAiModel implements ModelServer {
  readonly endpoint: string;
  readonly api = "openai";
  readonly #authorization: () => Promise<string | undefined>;
  readonly #timing: OpenAiTiming;
  readonly #learnt = new Map<string, Learnt>();
  readonly #details = new Map<string, ModelDetails>();
  /** The chats that go on, by the name that the request gave them. */
  readonly #running = new Map<string, ChunkReader>();
  /** As last asked for. */
  #list: ModelList | undefined;

  constructor(options: OpenAiModelOptions) {
    const { endpoint, authorization } = addressOf(options.endpoint, "openai");
    this.endpoint = endpoint;
    this.#authorization = async () => (await options.authorization?.()) ?? authorization;
    this.#timing = { ...defaultTiming, ...options.timing };
  }

  async list(signal?: AbortSignal): Promise<readonly ModelInfo[]> {
    return (await this.#models(signal)).models.map(({ info }) => info);
  }

  /** Asked once per model; the answer is kept until the model turns out to be gone. */
  async describe(model: string, signal?: AbortSignal): Promise<ModelDetails> {
    const known = this.#details.get(model);
    if (known !== undefined) return known;
    const { kind, models } = this.#list ?? (await this.#models(signal));
    const listed = models.find(({ info }) => info.name === model);
    if (listed === undefined) throw new FailureError({ kind: "modelMissing", model });
    const more = await moreAbout(kind, model, (path) => this.#mayAsk(path, signal));
    const thinks = more.thinks ?? listed.info.capabilities.includes("thinking");
    const levels = more.levels ?? levelsByName(model);
    const windowTokens = more.contextTokens ?? listed.contextTokens;
    const details: ModelDetails = {
      capabilities: thinks ? ["completion", "thinking"] : ["completion"],
      sampling: {},
      configuredContextTokens: windowTokens ?? assumedContextTokens,
      ...defined({
        trainedContextTokens: windowTokens,
        levels: levels.length > 0 ? levels : undefined,
      }),
    };
    this.#details.set(model, details);
    return details;
  }

  async *chat(asked: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
    signal.throwIfAborted();
    const details = await this.describe(asked.model, signal);
    const { kind } = this.#list ?? (await this.#models(signal));
    const learnt = this.#learntOf(asked.model);
    const request = withoutThought(asked, {
      takesArguments: kind.takesTemplateArguments === true,
      goesOn: !learnt.quotes && (kind.continuing === "text" || kind.continuing === "prefix"),
    });
    const startedAt = performance.now();
    let told = false;
    for (let busyTries = 0; ; ) {
      const thinks = details.capabilities.includes("thinking") || learnt.thinks;
      const continuing = learnt.quotes ? "quoted" : kind.continuing;
      const turns = turnsFor(
        request.messages,
        continuing,
        details.capabilities.includes("thinking"),
      );
      const wanted = chatFields(request, kind, turns, thinks, details.levels ?? []);
      const fields = Object.fromEntries(
        Object.entries(wanted).filter(([name]) => !learnt.refused.has(name)),
      );
      const reader = new ChunkReader(request, turns, performance.now());
      try {
        for await (const event of this.#chatOnce(request, fields, reader, signal)) {
          if (event.kind === "sent" && told) continue;
          told = true;
          yield event;
        }
        learnt.thinks ||= reader.thought;
        learnt.arrival = reader.arrival ?? learnt.arrival;
        return;
      } catch (thrown) {
        if (!(thrown instanceof Refused)) throw thrown;
        const { failure, said, status } = thrown;
        const waitMs = this.#timing.busyWaitsMs[busyTries];
        if (isLoadingModel(status, said)) {
          const waitedMs = Math.round(performance.now() - startedAt);
          // A server that loads for ever is no better than one that says nothing.
          if (waitedMs >= this.#timing.silenceLimitMs)
            throw new FailureError({ kind: "silent", silentMs: waitedMs }, { cause: thrown });
          yield { kind: "loading" };
          await sleep(this.#timing.loadingWaitMs, signal);
        } else if (failure.kind === "serverBusy" && waitMs !== undefined) {
          if (busyTries === 0) {
            const text = "The server has more requests than it can take; trying again.";
            yield { kind: "notice", text };
          }
          busyTries++;
          await sleep(waitMs, signal);
        } else if (!this.#learnFrom(thrown, fields, turns.fields, learnt)) {
          if (failure.kind === "modelMissing") this.#details.delete(request.model);
          throw new FailureError(failure, { cause: thrown });
        }
      }
    }
  }

  /** Takes from a refusal what not to send again. @returns false when it teaches nothing, so that asking again would not help. */
  #learnFrom(refused: Refused, fields: ChatFields, turn: ChatFields, learnt: Learnt): boolean {
    const { failure, said, status } = refused;
    const isTurnSent = Object.keys(turn).some((name) => name in fields);
    if (failure.kind === "contextOverflow") {
      // What was left for the answer was counted by an estimate; without a limit the server counts itself.
      const { promptTokens, contextTokens } = failure;
      const fits =
        promptTokens !== undefined && contextTokens !== undefined && promptTokens < contextTokens;
      if (!fits || !("max_tokens" in fields)) return false;
      learnt.refused.add("max_tokens");
      return true;
    }
    if (status !== 400 && status !== 422 && status !== 500 && status !== 501) return false;
    if (failure.kind !== "requestRejected" && failure.kind !== "serverError") return false;
    const names = refusedFields(fields, said);
    if (
      isTurnSent &&
      !learnt.quotes &&
      (names.length === 0 || names.some((name) => name in turn))
    ) {
      learnt.quotes = true;
      return true;
    }
    // A server that fails says nothing of the request; one that names a field does.
    if (names.length === 0 || (status >= 500 && !new RegExp(`\\b${names[0]}\\b`).test(said)))
      return false;
    for (const name of names) learnt.refused.add(name);
    return true;
  }

  /** llama.cpp's server ends a thought that goes on; no server takes a hint into one. */
  async steer(chatId: string, move: ThoughtMove): Promise<boolean> {
    const reader = this.#running.get(chatId);
    if (move.kind !== "endThought" || reader === undefined || !this.#list?.kind.endsThoughts)
      return false;
    if (reader.answers) return true;
    const { id } = reader;
    if (id === undefined) return false;
    try {
      const soon = AbortSignal.timeout(steerLimitMs);
      const about = { endpoint: this.endpoint };
      const wish = { id, action: "reasoning_end" };
      const { answer, subject } = await this.#send("/chat/completions/control", about, soon, wish);
      const { success } = await this.#object(answer, subject, soon);
      if (success === true) reader.thoughtIsEnded();
      return success === true;
    } catch {
      return false;
    }
  }

  thoughtArrival(model: string): "field" | "marks" | undefined {
    return this.#learnt.get(model)?.arrival;
  }

  /** One request on the wire, from its first event to `done`. */
  async *#chatOnce(
    request: ChatRequest,
    fields: ChatFields,
    reader: ChunkReader,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void, void> {
    const closing = new AbortController();
    const wanted = AbortSignal.any([signal, closing.signal]);
    const subject = { endpoint: this.endpoint, model: request.model };
    const chunks = this.#chunks(fields, subject, reader, wanted);
    // Only a chunk is a sign of life: a comment keeps the socket open, whatever the model does.
    const activity = newActivity();
    const heard = tellingSilence(chunks, activity, this.#timing);
    if (request.id !== undefined) this.#running.set(request.id, reader);
    try {
      // Asking for the first chunk sends the request; its failure is heard below, where the chunk is awaited.
      let next = heard.next();
      next.catch(() => {});
      yield { kind: "sent" };
      for (;;) {
        const { done, value } = await next;
        if (done === true) break;
        if (value.kind === "stalled") yield value;
        else
          for (const event of reader.read(value.value)) {
            if (event.kind === "thought" || event.kind === "answer") activity.writes = true;
            yield event;
          }
        if (reader.isOver) break;
        next = heard.next();
      }
      yield* reader.finish();
    } catch (thrown) {
      yield* reader.rest();
      throw thrown;
    } finally {
      closing.abort();
      // A request that took this one's place may have its name already.
      const isCurrent = this.#running.get(request.id ?? "") === reader;
      if (isCurrent) this.#running.delete(request.id ?? "");
    }
  }

  async *#chunks(
    fields: ChatFields,
    about: RequestSubject,
    reader: ChunkReader,
    signal: AbortSignal,
  ): AsyncGenerator<Json, void, void> {
    const { answer, subject } = await this.#send("/chat/completions", about, signal, fields);
    const { body, contentType } = answer;
    if (body === null) throw reader.endedEarly();
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
      endedEarly: () => reader.endedEarly(),
      maxLineCharacters,
      failureOf: failureOfStreamError,
    });
  }

  async #models(outer: AbortSignal | undefined): Promise<ModelList> {
    const list = modelListOf(await this.#ask("/models", outer));
    if (list === undefined)
      throw new FailureError(notADaemon({ endpoint: this.endpoint }, 200, "application/json"));
    this.#list = list;
    return list;
  }

  /** An answer that may be missing, from the root of the server: what is below the API's version is everybody's, the rest its own. */
  async #mayAsk(path: string, outer: AbortSignal | undefined): Promise<Json> {
    try {
      return await this.#ask(`${this.endpoint.replace(/\/v\d+$/, "")}${path}`, outer);
    } catch (thrown) {
      outer?.throwIfAborted();
      if (thrown instanceof FailureError) return {};
      throw thrown;
    }
  }

  /** The object that a question is answered with, in a limited time. */
  async #ask(path: string, outer: AbortSignal | undefined): Promise<Json> {
    outer?.throwIfAborted();
    const closing = new AbortController();
    const signal = outer === undefined ? closing.signal : AbortSignal.any([outer, closing.signal]);
    const limitMs = this.#timing.questionLimitMs;
    const silent = new FailureError({ kind: "silent", silentMs: limitMs });
    const timer = setTimeout(() => closing.abort(silent), limitMs);
    try {
      const { answer, subject } = await this.#send(path, { endpoint: this.endpoint }, signal);
      return await this.#object(answer, subject, signal);
    } catch (thrown) {
      throw thrown instanceof Refused
        ? new FailureError(thrown.failure, { cause: thrown })
        : thrown;
    } finally {
      clearTimeout(timer);
      closing.abort();
    }
  }

  /**
   * @param path behind the endpoint, or a whole address on the same server.
   * @throws Refused for an answer with an error status.
   */
  async #send(
    path: string,
    about: RequestSubject,
    signal: AbortSignal,
    fields?: ChatFields,
  ): Promise<{ answer: WireAnswer; subject: RequestSubject }> {
    const authorization = await this.#authorization();
    const subject = { ...about, authorized: authorization !== undefined };
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

  #learntOf(model: string): Learnt {
    const known = this.#learnt.get(model);
    if (known !== undefined) return known;
    const learnt: Learnt = {
      refused: new Set(),
      thinks: false,
      arrival: undefined,
      quotes: false,
    };
    this.#learnt.set(model, learnt);
    return learnt;
  }
}

/** An answer with an error status, before it is known whether asking again without something helps. */
class Refused extends FailureError {
  constructor(
    failure: FailureError["failure"],
    readonly status: number,
    readonly said: string,
  ) {
    super(failure);
  }
}
