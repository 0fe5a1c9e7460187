import { architectureNumber } from "../base/model-memory";
import { RequestError } from "./chat-request";
import { availableBytes, neededBytes, windowsThatFit } from "./machine/memory";
import { fileUnreadable, type ModelStore, type StoredModel } from "./models/model-store";
import { promptFormat } from "./prompt/prompt-format";
import type { PromptFormat } from "./prompt/render-prompt";
import type { LlamaContext, LlamaModel, LlamaSequence, Runtime, Token } from "./runtime";
import { CopyMemory } from "./writing/prompt-lookup";
import { inWindowOrder } from "./writing/window-order";
import { WritingPace } from "./writing/writing-pace";

/** A model in memory, ready to read. */
export interface Loaded {
  readonly stored: StoredModel;
  readonly model: LlamaModel;
  /** One for each answer that can be written at the same time. */
  readonly sequences: readonly [LlamaSequence, ...LlamaSequence[]];
  readonly format: PromptFormat;
  readonly contextTokens: number;
  readonly pace: WritingPace;
  readonly copies: CopyMemory;
}

interface Slot extends Loaded {
  readonly context: LlamaContext;
}

const defaultContextTokens = 4096;
const gibibyte = 1024 ** 3;
/** The longest that a timer can wait. */
const maxTimerMs = 2 ** 31 - 1;

/**
 * The one model that is in memory, with the windows it was asked for. Callers take turns (see
 * Queue): nothing here guards against two at once, except that each is lent windows of its own.
 */
export class ModelSlot {
  #slot: Slot | undefined;
  /** Weights whose window is being changed, or whose window was cut short by a cancel. */
  #model: { readonly path: string; readonly model: LlamaModel } | undefined;
  readonly #lent = new Set<LlamaSequence>();
  #expiresAt = Number.POSITIVE_INFINITY;
  #timer: NodeJS.Timeout | undefined;

  /** @param onExpired called when a model was not asked for as long as it was to be kept. */
  constructor(
    readonly runtime: () => Promise<Runtime>,
    readonly store: ModelStore,
    readonly onExpired: () => void,
  ) {}

  get loaded(): (Loaded & { readonly expiresAt: number; readonly bytes: number }) | undefined {
    const slot = this.#slot;
    if (!slot) return undefined;
    return {
      ...slot,
      expiresAt: this.#expiresAt,
      bytes: neededBytes(
        this.store.header(slot.stored),
        slot.stored.bytes,
        slot.contextTokens,
        slot.sequences.length,
      ),
    };
  }

  /** Whether the model is in memory with this window. */
  holds(stored: StoredModel, contextTokens: number): boolean {
    return this.#slot?.stored.path === stored.path && this.#slot.contextTokens === contextTokens;
  }

  /**
   * The window that a request gets: what it asks for, but no more than the model was trained for.
   */
  windowOf(stored: StoredModel, wanted: number | undefined): number {
    const { metadata } = this.store.header(stored);
    const trained = architectureNumber(metadata, "context_length") ?? Number.POSITIVE_INFINITY;
    return Math.min(wanted ?? defaultContextTokens, trained);
  }

  /** Whether a chat with this window can go on beside so many others. */
  hasRoomBeside(running: number, stored: StoredModel, wanted: number | undefined): boolean {
    if (running >= (this.#slot?.sequences.length ?? 0)) return false;
    return this.holds(stored, this.windowOf(stored, wanted));
  }

  /** The same as `windowOf`. @throws RequestError 500 when that does not fit into memory. */
  plan(stored: StoredModel, wanted: number | undefined): number {
    const header = this.store.header(stored);
    const contextTokens = this.windowOf(stored, wanted);
    if (this.holds(stored, contextTokens)) return contextTokens;
    const needed = neededBytes(header, stored.bytes, contextTokens);
    const available = availableBytes() + (this.loaded?.bytes ?? 0);
    if (needed > available) throw outOfMemory(needed, available);
    return contextTokens;
  }

  /**
   * The model's way of writing a conversation; needs no weights.
   * @throws RequestError 500 when its file's is none that can be used.
   */
  async format(stored: StoredModel): Promise<PromptFormat> {
    if (this.#slot?.stored.path === stored.path) return this.#slot.format;
    const header = this.store.header(stored);
    const end =
      header.controlTokens.find((text) =>
        /^(<\/s>|<\|im_end\|>|<\|eot_id\|>|<｜end▁of▁sentence｜>)$/u.test(text),
      ) ?? "";
    const runtime = await this.runtime();
    try {
      const format = promptFormat(runtime, header, end);
      return { ...format, nativeThinking: this.store.nativeThinking(stored) };
    } catch (error) {
      throw fileUnreadable(stored, error);
    }
  }

  /** Lends the model's tokenizer, without its weights when they are not in memory. */
  async withTokenizer<T>(stored: StoredModel, use: (model: LlamaModel) => T): Promise<T> {
    if (this.#model?.path === stored.path) return use(this.#model.model);
    const vocabulary = await (await this.runtime()).llama.loadModel({
      modelPath: stored.path,
      vocabOnly: true,
    });
    try {
      return use(vocabulary);
    } finally {
      await vocabulary.dispose();
    }
  }

  /**
   * Brings the model into memory, in place of another one.
   *
   * @throws the signal's reason when aborted, leaving nothing half loaded.
   */
  async load(
    stored: StoredModel,
    contextTokens: number,
    signal: AbortSignal,
    onProgress: (fraction: number) => void,
  ): Promise<Loaded> {
    clearTimeout(this.#timer);
    if (this.#slot && this.holds(stored, contextTokens)) return this.#slot;
    const { llama, threads } = await this.runtime();
    const format = await this.format(stored);
    await this.#dropContext();
    try {
      if (this.#model?.path !== stored.path) {
        await this.unload();
        const model = await llama.loadModel({
          modelPath: stored.path,
          gpuLayers: llama.gpu === false ? 0 : "auto",
          loadSignal: signal,
          onLoadProgress: onProgress,
        });
        this.#model = { path: stored.path, model };
      }
      signal.throwIfAborted();
      const { model } = this.#model;
      const windows = this.#windows(stored, contextTokens);
      const context = await model.createContext({
        contextSize: contextTokens,
        sequences: windows,
        threads: { ideal: threads, min: threads },
        batchSize: Math.min(512, contextTokens),
        flashAttention: true,
        swaFullCache: true,
        batching: { itemPrioritizationStrategy: inWindowOrder },
        createSignal: signal,
      });
      this.#slot = {
        stored,
        model,
        context,
        sequences: [
          context.getSequence(),
          ...Array.from({ length: windows - 1 }, () => context.getSequence()),
        ],
        format,
        contextTokens,
        pace: new WritingPace(),
        copies: new CopyMemory(),
      };
      return this.#slot;
    } catch (error) {
      await this.unload();
      if (signal.aborted) throw signal.reason;
      throw loadFailure(error, stored);
    }
  }

  /**
   * The weights are in memory by now, though where they are mapped the system counts them as free.
   */
  #windows(stored: StoredModel, contextTokens: number): number {
    const header = this.store.header(stored);
    return windowsThatFit(header, stored.bytes, contextTokens, availableBytes());
  }

  /**
   * Lends windows of the loaded model that nobody else has, at most so many: first the one that
   * holds the most of this prompt, where that is half of it, and else the one that holds the least
   * of others.
   */
  async lend<T>(
    prompt: readonly Token[],
    most: number,
    use: (sequences: readonly [LlamaSequence, ...LlamaSequence[]]) => Promise<T>,
  ): Promise<T> {
    const held = (sequence: LlamaSequence): number => {
      const tokens = sequence.compareContextTokens(prompt).firstDifferentIndex;
      return tokens * 2 >= prompt.length ? tokens : 0;
    };
    const free = (this.#slot?.sequences ?? [])
      .filter((sequence) => !this.#lent.has(sequence))
      .sort((a, b) => held(b) - held(a) || a.nextTokenIndex - b.nextTokenIndex);
    const [first, ...others] = free.slice(0, most);
    if (first === undefined) throw new Error("every window of the model is taken");
    const lent = [first, ...others] as const;
    for (const sequence of lent) this.#lent.add(sequence);
    try {
      return await use(lent);
    } finally {
      for (const sequence of lent) this.#lent.delete(sequence);
    }
  }

  /** Windows that somebody has. */
  get writers(): number {
    return this.#lent.size;
  }

  /** Keeps the model for that long from now on. */
  keep(keepAliveMs: number): void {
    clearTimeout(this.#timer);
    this.#expiresAt = Date.now() + keepAliveMs;
    if (!this.#slot || keepAliveMs > maxTimerMs) return;
    this.#timer = setTimeout(this.onExpired, keepAliveMs);
    this.#timer.unref();
  }

  /**
   * What is done when the time is over that the model was to be kept. A timer may go off a moment
   * early, and is then set again.
   */
  async unloadExpired(): Promise<void> {
    const left = this.#expiresAt - Date.now();
    if (left <= 0) await this.unload();
    else this.keep(left);
  }

  async unload(): Promise<void> {
    clearTimeout(this.#timer);
    await this.#dropContext();
    const model = this.#model?.model;
    this.#model = undefined;
    await model?.dispose();
  }

  async #dropContext(): Promise<void> {
    const context = this.#slot?.context;
    this.#slot = undefined;
    await context?.dispose();
  }
}

function outOfMemory(needed: number, available: number): RequestError {
  const gib = (bytes: number): string => `${(bytes / gibibyte).toFixed(1)} GiB`;
  const message = `model requires more system memory (${gib(needed)}) than is available (${gib(available)})`;
  return new RequestError(500, message, { kind: "outOfMemory", message });
}

function loadFailure(error: unknown, stored: StoredModel): Error {
  const cause = error instanceof Error ? error.message : String(error);
  if (
    error instanceof Error &&
    (error.name === "InsufficientMemoryError" || /memory|alloc/i.test(cause))
  ) {
    const message = `out-of-memory while loading ${stored.name}: ${cause}`;
    return new RequestError(500, message, { kind: "outOfMemory", message });
  }
  return fileUnreadable(stored, error);
}
