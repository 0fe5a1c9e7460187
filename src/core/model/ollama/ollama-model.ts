import { defined } from "../../../base/defined";
import type { Think } from "../../../base/thoughts/levels";
import { FailureError } from "../../failure-error";
import { type Log, silentLog } from "../../log";
import { askedAgain } from "../asked-again";
import { isThinkingRefused } from "../daemon-failure";
import type {
  ChatRequest,
  Infilled,
  InfillRequest,
  LoadedModel,
  ModelDaemon,
  ModelDetails,
  ModelEvent,
  ModelInfo,
  PullProgress,
  SamplesEvent,
  SamplesRequest,
  ThoughtMove,
  WireChat,
} from "../language-model";
import { withoutThought } from "../no-thought";
import { defaultSilence, newActivity, type SilenceTiming } from "../silence";
import { type AnswerReader, type ToldEvent, toldAnswer, type WireEvent } from "../told-answer";
import { type ChatBody, chatBody } from "./chat-body";
import { ChatReader } from "./chat-reader";
import { DaemonRelease } from "./daemon-release";
import { infillBody, infilledOf } from "./infill-body";
import { KnownModels } from "./known-models";
import { modelInfoOf } from "./model-details";
import { ModelStore } from "./model-store";
import { type OllamaAddress, OllamaClient } from "./ollama-client";
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

export interface OllamaModelOptions extends OllamaAddress {
  readonly timing?: Partial<OllamaTiming>;
  /**
   * Whether this is the built-in engine, which steers a thought while it goes on and writes several
   * answers to a prompt at once. Default: no.
   */
  readonly steers?: boolean;
  readonly log?: Log;
}

/**
 * So many answers the engine takes over one reading of a prompt; it has fewer windows where memory
 * is short.
 */
const engineSamples = 4;
const steerPath = "/api/thinkaloud/steer";
/** The engine answers between two tokens; one that does not is asked in another way. */
const steerLimitMs = 2_000;
const mayHang =
  "This release of Ollama may not answer the same request again after such an error. If nothing comes, stop and restart Ollama; 0.32.15 and newer do not need it.";

/** The library's types do not know the level `max`. */
function onWire(body: ChatBody): ChatBody & { readonly think?: Exclude<Think, "max"> } {
  return body as ChatBody & { readonly think?: Exclude<Think, "max"> };
}

/** Models behind the Ollama HTTP API: a daemon, or the built-in engine that speaks the same. */
export class OllamaModel implements ModelDaemon {
  readonly #client: OllamaClient;
  readonly #timing: OllamaTiming;
  readonly #steers: boolean;
  readonly #log: Log;
  readonly #known: KnownModels;
  readonly #store: ModelStore;
  readonly #release: DaemonRelease;
  /** Models whose last stream ended in a failure that the daemon told. */
  readonly #failed = new Set<string>();

  constructor(options: OllamaModelOptions) {
    this.#timing = { ...defaultTiming, ...options.timing };
    this.#client = new OllamaClient(options, this.#timing.questionLimitMs);
    this.#known = new KnownModels(this.#client);
    this.#store = new ModelStore(this.#client, this.#known, this.#timing);
    this.#steers = options.steers ?? false;
    this.#release = new DaemonRelease(this.#client, this.#steers);
    this.#log = options.log ?? silentLog;
  }

  get endpoint(): string {
    return this.#client.endpoint;
  }

  version(signal?: AbortSignal): Promise<string> {
    return this.#release.version(signal);
  }

  async list(signal?: AbortSignal): Promise<readonly ModelInfo[]> {
    const { models } = await this.#client.ask({}, signal, (client) => client.list());
    return this.#client.entries(models).flatMap((entry) => modelInfoOf(entry) ?? []);
  }

  cloudIsOff(signal: AbortSignal): Promise<boolean> {
    return this.#release.cloudIsOff(signal);
  }

  loaded(signal?: AbortSignal): Promise<readonly LoadedModel[]> {
    return this.#store.loaded(signal);
  }

  isLoaded(model: string, signal: AbortSignal): Promise<boolean> {
    return this.#store.isLoaded(model, signal);
  }

  describe(model: string, signal?: AbortSignal): Promise<ModelDetails> {
    return this.#known.describe(model, signal);
  }

  async wire(asked: ChatRequest, signal: AbortSignal): Promise<WireChat> {
    const { request, details } = await this.#prepared(asked, signal);
    return { path: "/api/chat", body: { ...this.#bodyOf(request, details) } };
  }

  async *chat(asked: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
    const { request, details } = await this.#prepared(asked, signal);
    // Asked first and answered meanwhile: the request does not wait for what is only told.
    const mustLoad = this.#store.mustLoad(request, details, signal);

    const again = {
      busyWaitsMs: this.#timing.busyWaitsMs,
      busyNotice: "The daemon has more requests than it can take; trying again.",
      mend: ({ failure }: FailureError) => {
        if (failure.kind === "modelMissing") this.#known.forget(request.model);
        if (!this.#known.canThink(request.model, details) || !isThinkingRefused(failure))
          return undefined;
        this.#known.of(request.model).refusesToThink = true;
        return {};
      },
    };
    const once = () => {
      const steered = this.#steers && request.id !== undefined && { thinkaloud_id: request.id };
      const body = { ...this.#bodyOf(request, details), ...steered };
      const countsOnlyNew = this.#release.has("countsOnlyNew");
      const reader = new ChatReader(request, countsOnlyNew, details.thoughtForm);
      return this.#told(request, body, reader, signal);
    };
    const failedBefore = this.#failed.delete(request.model);
    try {
      for await (const event of askedAgain(once, again, signal)) {
        yield event;
        if (event.kind !== "sent") continue;
        if (failedBefore && this.#release.has("hangsAfterFailure"))
          yield { kind: "notice", text: mayHang };
        const loads = await mustLoad;
        if (loads !== undefined) yield { kind: loads ? "loading" : "reading" };
      }
    } catch (thrown) {
      if (thrown instanceof FailureError && thrown.failure.kind === "modelReportedError")
        this.#failed.add(request.model);
      throw thrown;
    }
  }

  get together(): number {
    return this.#steers ? engineSamples : 1;
  }

  /**
   * Only where {@link together} is more than 1. The model is known from the answer before, so it is
   * not asked about again.
   */
  async *samples(
    request: SamplesRequest,
    count: number,
    signal: AbortSignal,
  ): AsyncGenerator<SamplesEvent, void, void> {
    const details = await this.describe(request.model, signal);
    const reader = new SamplesReader(request);
    const chat = this.#bodyOf(request, details);
    const options = { ...chat.options, ...defined({ stop: request.stop }) };
    const body = { ...chat, options, thinkaloud_samples: count };
    yield* this.#told(request, body, reader, signal);
  }

  async infill(request: InfillRequest, signal: AbortSignal): Promise<Infilled> {
    await this.#known.allowed(request, signal);
    const { model, contextTokens } = request;
    const body = infillBody(request, this.#steers);
    const answer = await this.#client.ask(
      { model, contextTokens },
      signal,
      (client) => client.generate(body),
      this.#timing.silenceLimitMs,
    );
    return infilledOf(answer);
  }

  async steer(chatId: string, move: ThoughtMove): Promise<boolean> {
    if (!this.#steers) return false;
    const { kind, ...hint } = move;
    const wanted = kind === "hint" ? { hint } : { endThought: true };
    const soon = AbortSignal.timeout(steerLimitMs);
    try {
      await this.#client.send("POST", steerPath, { id: chatId, ...wanted }, {}, soon);
      return true;
    } catch (thrown) {
      this.#log.warn(`the engine did not take what was said to the thought: ${String(thrown)}`);
      return false;
    }
  }

  pull(model: string, signal: AbortSignal): AsyncGenerator<PullProgress, void, void> {
    return this.#store.pull(model, signal);
  }

  load(model: string, contextTokens: number, signal?: AbortSignal): Promise<void> {
    return this.#store.load(model, contextTokens, signal);
  }

  unload(model: string, signal?: AbortSignal): Promise<void> {
    return this.#store.unload(model, signal);
  }

  remove(model: string, signal?: AbortSignal): Promise<void> {
    return this.#store.remove(model, signal);
  }

  /**
   * The request as the model's family wants it. Throws FailureError for a model that runs elsewhere
   * without a yes.
   */
  async #prepared(
    asked: ChatRequest,
    signal: AbortSignal,
  ): Promise<{ readonly request: ChatRequest; readonly details: ModelDetails }> {
    const details = await this.#known.allowed(asked, signal);
    // Of a model that is not known to think nobody wishes that it does not. The engine sees to it
    // by itself.
    const mayThink = details.capabilities.includes("thinking") && !this.#steers;
    const request = mayThink
      ? withoutThought(asked, { takesArguments: true, goesOn: true })
      : asked;
    return { request, details };
  }

  #bodyOf(request: ChatRequest, details: ModelDetails): ChatBody {
    const canThink = this.#known.canThink(request.model, details);
    return chatBody(request, details, { canThink, version: this.#release.number });
  }

  /** Sends a chat's body and tells what its reader makes of the answer. */
  async *#told<Event extends ToldEvent>(
    { model, contextTokens }: ChatRequest,
    body: ChatBody,
    reader: AnswerReader<Event>,
    signal: AbortSignal,
  ): AsyncGenerator<Event | WireEvent, void, void> {
    const ending = {
      isLast: (line: Record<string, unknown>) => line["done"] === true,
      endedEarly: () => reader.endedEarly(),
    };
    const closing = new AbortController();
    const wanted = AbortSignal.any([signal, closing.signal]);
    const activity = newActivity();
    const lines = this.#client.objects(
      { model, contextTokens },
      wanted,
      ending,
      activity,
      (client) => client.chat(onWire(body)),
    );
    try {
      yield* toldAnswer(lines, reader, activity, this.#timing);
    } finally {
      closing.abort();
      if (reader.arrival !== undefined) this.#known.of(model).arrival = reader.arrival;
    }
  }

  thoughtArrival(model: string): "field" | "marks" | undefined {
    return this.#known.of(model).arrival;
  }
}
