import { defined } from "../../../base/defined";
import { levelsByName } from "../../../base/thoughts/levels";
import { thoughtFormByName } from "../../../base/thoughts/marks";
import { FailureError } from "../../failure-error";
import { type Again, askedAgain } from "../asked-again";
import { refuseUnallowedCloudModel } from "../cloud-models";
import type {
  ChatRequest,
  Infilled,
  InfillRequest,
  ModelDetails,
  ModelEvent,
  ModelInfo,
  ModelServer,
  ThoughtMove,
  WireChat,
} from "../language-model";
import { withoutThought } from "../no-thought";
import { defaultSilence, newActivity, type SilenceTiming } from "../silence";
import { sleep } from "../sleep";
import { toldAnswer } from "../told-answer";
import { type ChatFields, chatFields } from "./chat-fields";
import { ChunkReader } from "./chunk-reader";
import { turnsFor, type WireTurns } from "./continued-turn";
import { infilledOf, infillFields, infillIsMissing, infillPath } from "./infill";
import { LearntOfModel } from "./learnt-of-model";
import { type ModelList, modelListOf } from "./model-list";
import { moreAbout } from "./more-about";
import { chatPath, type OpenAiAddress, OpenAiClient, Refused } from "./openai-client";
import { isLoadingModel } from "./server-failure";
import type { ServerKind } from "./server-kinds";

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

export interface OpenAiModelOptions extends OpenAiAddress {
  readonly timing?: Partial<OpenAiTiming>;
}

/**
 * Where no server tells: room for a file and a thought. Whoever has more says so in the settings.
 */
const assumedContextTokens = 8_192;
/** Longer than this nobody wants to wait for a thought to end; it can be ended in another way. */
const steerLimitMs = 2_000;
/**
 * Until a server with slots has noticed that a request was left. One that comes earlier finds the
 * slot taken, gets another, and all of its prompt is read again: 444 tokens instead of 14 where
 * this was measured.
 */
const noticesMs = 100;

/**
 * Models behind the API that OpenAI began and vLLM, SGLang, llama.cpp, LM Studio, LiteLLM and
 * others speak.
 */
export class OpenAiModel implements ModelServer {
  readonly #client: OpenAiClient;
  readonly #timing: OpenAiTiming;
  readonly #learnt = new Map<string, LearntOfModel>();
  readonly #details = new Map<string, ModelDetails>();
  /** The chats that go on, by the name that the request gave them. */
  readonly #running = new Map<string, RunningChat>();
  /** When a request was last left before its end. */
  #leftAt = Number.NEGATIVE_INFINITY;
  /** As last asked for. */
  #list: ModelList | undefined;

  constructor(options: OpenAiModelOptions) {
    this.#client = new OpenAiClient(options);
    this.#timing = { ...defaultTiming, ...options.timing };
  }

  get endpoint(): string {
    return this.#client.endpoint;
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
    const more = await moreAbout(kind, model, (path) =>
      this.#client.mayAsk(path, this.#timing.questionLimitMs, signal),
    );
    const thinks = more.thinks ?? listed.info.capabilities.includes("thinking");
    const levels = more.levels ?? levelsByName(model);
    const windowTokens = more.contextTokens ?? listed.contextTokens;
    const details: ModelDetails = {
      capabilities: [
        "completion",
        ...(thinks ? ["thinking"] : []),
        // Which models were trained for it the server tells only when it is asked to.
        ...(kind.fillsGaps ? ["insert"] : []),
      ],
      sampling: {},
      configuredContextTokens: windowTokens ?? assumedContextTokens,
      ...defined({
        trainedContextTokens: windowTokens,
        levels: levels.length > 0 ? levels : undefined,
        hasChatTemplate: more.hasChatTemplate,
        thoughtForm: thoughtFormByName(model),
      }),
    };
    this.#details.set(model, details);
    return details;
  }

  async wire(asked: ChatRequest, signal: AbortSignal): Promise<WireChat> {
    const { request, details, kind, learnt } = await this.#prepared(asked, signal);
    const { fields, turns } = wireOf(request, details, kind, learnt);
    return { path: chatPath, body: { ...fields, messages: turns.messages } };
  }

  async *chat(asked: ChatRequest, signal: AbortSignal): AsyncGenerator<ModelEvent, void, void> {
    const { request, details, kind, learnt } = await this.#prepared(asked, signal);
    const leftMs = performance.now() - this.#leftAt;
    if (kind.hasSlots === true && leftMs < noticesMs) await sleep(noticesMs - leftMs, signal);
    const startedAt = performance.now();
    let sent: ChatFields = {};
    let turn: ChatFields = {};
    const mend = (refused: FailureError): Again | undefined => {
      if (!(refused instanceof Refused)) return undefined;
      if (isLoadingModel(refused.status, refused.said)) {
        const waitedMs = Math.round(performance.now() - startedAt);
        // A server that loads for ever is no better than one that says nothing.
        if (waitedMs >= this.#timing.silenceLimitMs)
          throw new FailureError({ kind: "silent", silentMs: waitedMs }, { cause: refused });
        return { event: { kind: "loading" }, waitMs: this.#timing.loadingWaitMs };
      }
      if (refused.failure.kind === "modelMissing") this.#details.delete(request.model);
      return learnt.learnFrom(refused, sent, turn) ? {} : undefined;
    };
    const once = () => {
      const { fields, turns } = wireOf(request, details, kind, learnt);
      turn = turns.fields;
      sent = fields;
      const reader = new ChunkReader(request, turns, performance.now());
      return this.#chatOnce(request, sent, reader, learnt, signal);
    };
    const again = {
      busyWaitsMs: this.#timing.busyWaitsMs,
      busyNotice: "The server has more requests than it can take; trying again.",
      mend,
    };
    yield* askedAgain(once, again, signal);
  }

  async infill(request: InfillRequest, signal: AbortSignal): Promise<Infilled> {
    const { model, allowedCloudModels = [] } = request;
    signal.throwIfAborted();
    refuseUnallowedCloudModel(model, undefined, allowedCloudModels);
    const details = await this.describe(model, signal);
    const fields = infillFields(request);
    const path = this.#client.atRoot(infillPath);
    try {
      return infilledOf(await this.#client.ask(path, this.#timing.silenceLimitMs, signal, fields));
    } catch (thrown) {
      if (thrown instanceof Refused && infillIsMissing.has(thrown.status)) {
        const capabilities = details.capabilities.filter((each) => each !== "insert");
        this.#details.set(model, { ...details, capabilities });
      }
      throw thrown;
    }
  }

  /** llama.cpp's server ends a thought that goes on; no server takes a hint into one. */
  async steer(chatId: string, move: ThoughtMove): Promise<boolean> {
    const reader = this.#running.get(chatId)?.reader;
    if (move.kind !== "endThought" || reader === undefined || !this.#list?.kind.endsThoughts)
      return false;
    if (reader.answers) return true;
    const { id } = reader;
    if (id === undefined) return false;
    try {
      const wish = { id, action: "reasoning_end" };
      const path = "/chat/completions/control";
      const { success } = await this.#client.ask(path, steerLimitMs, undefined, wish);
      if (success === true) reader.thoughtIsEnded();
      return success === true;
    } catch {
      return false;
    }
  }

  endsThoughtAfter(chatId: string): number | undefined {
    const budget = this.#list?.kind.budget;
    const tokens = budget === undefined ? undefined : this.#running.get(chatId)?.fields[budget];
    return typeof tokens === "number" ? tokens : undefined;
  }

  thoughtArrival(model: string): "field" | "marks" | undefined {
    return this.#learnt.get(model)?.arrival;
  }

  /**
   * The request as the model's family wants it, and what is known of who answers. Throws
   * FailureError for a model that runs elsewhere without a yes.
   */
  async #prepared(asked: ChatRequest, signal: AbortSignal): Promise<Prepared> {
    signal.throwIfAborted();
    // Ollama speaks this API too, and a model of its cloud is asked here by the same name.
    refuseUnallowedCloudModel(asked.model, undefined, asked.allowedCloudModels ?? []);
    const details = await this.describe(asked.model, signal);
    const { kind } = this.#list ?? (await this.#models(signal));
    const learnt = this.#learntOf(asked.model);
    const request = withoutThought(asked, {
      takesArguments: kind.takesTemplateArguments === true,
      goesOn: !learnt.quotes && (kind.continuing === "text" || kind.continuing === "prefix"),
    });
    return { request, details, kind, learnt };
  }

  async *#chatOnce(
    request: ChatRequest,
    fields: ChatFields,
    reader: ChunkReader,
    learnt: LearntOfModel,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void, void> {
    const closing = new AbortController();
    const wanted = AbortSignal.any([signal, closing.signal]);
    const endedEarly = () => reader.endedEarly();
    const chunks = this.#client.chunks(fields, request.model, endedEarly, wanted);
    if (request.id !== undefined) this.#running.set(request.id, { reader, fields });
    try {
      // Only a chunk is a sign of life: a comment keeps the socket open, whatever the model does.
      yield* toldAnswer(chunks, reader, newActivity(), this.#timing);
      learnt.thinks ||= reader.thought;
      learnt.arrival = reader.arrival ?? learnt.arrival;
    } finally {
      closing.abort();
      if (!reader.isWhole) this.#leftAt = performance.now();
      // A request that took this one's place may have its name already.
      if (request.id !== undefined && this.#running.get(request.id)?.reader === reader)
        this.#running.delete(request.id);
    }
  }

  async #models(signal: AbortSignal | undefined): Promise<ModelList> {
    const answer = await this.#client.ask("/models", this.#timing.questionLimitMs, signal);
    const list = modelListOf(answer);
    if (list === undefined) throw this.#client.notAServer();
    this.#list = list;
    return list;
  }

  #learntOf(model: string): LearntOfModel {
    const learnt = this.#learnt.get(model) ?? new LearntOfModel();
    this.#learnt.set(model, learnt);
    return learnt;
  }
}

interface RunningChat {
  readonly reader: ChunkReader;
  /** As they were sent. */
  readonly fields: ChatFields;
}

interface Prepared {
  readonly request: ChatRequest;
  readonly details: ModelDetails;
  readonly kind: ServerKind;
  readonly learnt: LearntOfModel;
}

/** What goes over the wire, without what the server has refused before. */
function wireOf(
  request: ChatRequest,
  details: ModelDetails,
  kind: ServerKind,
  learnt: LearntOfModel,
): { readonly fields: ChatFields; readonly turns: WireTurns } {
  const hasPlace = details.capabilities.includes("thinking");
  const continuing = learnt.quotes ? "quoted" : kind.continuing;
  const turns = turnsFor(request.messages, continuing, hasPlace, details.thoughtForm);
  const thinks = hasPlace || learnt.thinks;
  const wanted = chatFields(request, kind, turns, thinks, details.levels ?? []);
  return { fields: learnt.accepted(wanted), turns };
}
