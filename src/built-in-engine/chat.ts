import { type ChatRequest, RequestError } from "./chat-request";
import type { HttpAnswer } from "./http-answer";
import type { ModelSlot } from "./model-slot";
import type { ModelStore, StoredModel } from "./models/model-store";
import { type RenderedPrompt, renderPrompt, tokenizePrompt } from "./prompt/render-prompt";
import type { Queue } from "./queue";
import { metrics, overflow } from "./told-metrics";
import { type GenerateRequest, generate } from "./writing/generate";
import { generateTogether } from "./writing/generate-together";
import { type RunningChats, ThoughtSteering } from "./writing/thought-steering";
import type { Steered } from "./writing/write-answer";

export interface ChatParts {
  readonly store: ModelStore;
  readonly slot: ModelSlot;
  readonly queue: Queue;
  readonly running: RunningChats;
}

/** How often a phase's progress is told, in milliseconds. */
const progressEveryMs = 100;

/** Writes the lines of one answer. With `stream: false` they are gathered into one. */
class ChatLines {
  #thinking = "";
  #content = "";
  #toldAt = 0;
  #told = "";

  constructor(
    readonly answer: HttpAnswer,
    readonly model: string,
    readonly stream: boolean,
  ) {}

  #line(message: object, more: object): object {
    return {
      model: this.model,
      created_at: new Date().toISOString(),
      message: { role: "assistant", content: "", ...message },
      ...more,
    };
  }

  /** A line that other clients read as an empty piece of text. */
  progress(phase: "loading" | "reading", done: number, total: number): void {
    const now = Date.now();
    const told = `${phase} ${done} of ${total}`;
    if (
      !this.stream ||
      told === this.#told ||
      (done < total && now - this.#toldAt < progressEveryMs)
    )
      return;
    this.#toldAt = now;
    this.#told = told;
    this.answer.line(this.#line({}, { done: false, thinkaloud_progress: { phase, done, total } }));
  }

  /** @param of which answer it is a piece of, where several are written. */
  text(thinking: string, content: string, of?: { readonly sample: number }): void {
    this.#thinking += thinking;
    this.#content += content;
    if (this.stream)
      this.answer.line(
        this.#line(
          { content, ...(thinking !== "" && { thinking }) },
          { done: false, ...(of && { thinkaloud_sample: of.sample }) },
        ),
      );
  }

  /** One of several answers is whole. */
  sampleEnds(sample: number, reason: string): void {
    this.answer.line(
      this.#line({}, { done: false, thinkaloud_sample: sample, thinkaloud_sample_ends: reason }),
    );
  }

  /** A line that other clients read as an empty piece of text: what was done to the thought. */
  steered(what: Steered): void {
    if (!this.stream) return;
    this.answer.line(this.#line({}, { done: false, thinkaloud_steered: what }));
  }

  done(reason: string, metrics: object): void {
    const gathered = this.stream
      ? {}
      : { content: this.#content, ...(this.#thinking !== "" && { thinking: this.#thinking }) };
    const last = this.#line(gathered, { done: true, done_reason: reason, ...metrics });
    if (!this.stream) this.answer.json(last);
    else {
      this.answer.line(last);
      this.answer.end();
    }
  }
}

/**
 * Answers a chat request, in its turn, or beside others that the same model answers in windows of
 * their own: they are written together, a token of each at a time. An abort of the answer's signal
 * ends it within a step of reading, writing or loading.
 */
export async function answerChat(
  parts: ChatParts,
  request: ChatRequest,
  answer: HttpAnswer,
): Promise<void> {
  const stored = parts.store.find(request.model);
  const steering = new ThoughtSteering();
  const forget = parts.running.add(request.id, steering);
  try {
    const { queue, slot } = parts;
    const isSingle = request.samples === 1 && request.messages.length > 0;
    await queue.run(
      async (share) => {
        try {
          const onLoaded = isSingle ? share : () => {};
          await chatInTurn(parts, stored, request, steering, answer, onLoaded);
        } finally {
          slot.keep(request.keepAliveMs);
        }
      },
      answer.signal,
      (running) => isSingle && slot.hasRoomBeside(running, stored, request.options.contextTokens),
    );
    if (request.keepAliveMs === 0) await queue.run(() => slot.unloadExpired());
  } finally {
    forget();
  }
}

async function chatInTurn(
  { slot }: ChatParts,
  stored: StoredModel,
  request: ChatRequest,
  steering: ThoughtSteering,
  answer: HttpAnswer,
  onLoaded: () => void,
): Promise<void> {
  const lines = new ChatLines(answer, request.model, request.stream);
  if (request.samples > 1 && !request.stream)
    throw new RequestError(400, "several answers to one prompt come as a stream only");
  const startedAt = performance.now();
  if (request.messages.length === 0 && request.keepAliveMs === 0) {
    await slot.unload();
    lines.done("unload", {});
    return;
  }
  const contextTokens = slot.plan(stored, request.options.contextTokens);
  let prompt: RenderedPrompt | undefined;
  if (request.messages.length > 0) {
    prompt = renderPrompt(await slot.format(stored), request.messages, request.think);
    await refuseOverflowEarly(slot, stored, prompt, contextTokens);
  }
  const loaded = await slot.load(stored, contextTokens, answer.signal, (fraction) => {
    lines.progress("loading", Math.round(fraction * 100), 100);
  });
  const loadedAt = performance.now();
  if (!prompt) {
    lines.done("load", {});
    return;
  }
  const tokens = tokenizePrompt(loaded.model, loaded.format, prompt.text);
  if (tokens.length >= contextTokens) throw overflow(tokens.length, contextTokens);
  onLoaded();
  const wanted: Omit<GenerateRequest, "sequence" | "isAlone" | "onText" | "onSteered"> = {
    model: loaded.model,
    contextTokens,
    prompt: tokens,
    begins: prompt.begins,
    closeThought: loaded.format.thoughts.close,
    wasSent: (text) => request.messages.some((message) => message.content.includes(text)),
    nativeThinking: loaded.format.nativeThinking,
    options: request.options,
    steering,
    signal: answer.signal,
    pace: loaded.pace,
    copies: loaded.copies,
    onReading: (done, total) => lines.progress("reading", done, total),
  };
  const writers = Math.min(request.samples, loaded.sequences.length);
  const generation = await slot.lend(tokens, writers, (sequences) => {
    const isAlone = (): boolean => slot.writers === sequences.length;
    return request.samples === 1
      ? generate({
          ...wanted,
          isAlone,
          sequence: sequences[0],
          onText: ({ thinking, content }) => lines.text(thinking, content),
          onSteered: (what) => lines.steered(what),
        })
      : generateTogether({ ...wanted, isAlone }, sequences, request.samples, {
          onText: (sample, { thinking, content }) => lines.text(thinking, content, { sample }),
          onEnd: (sample, { reason }) => lines.sampleEnds(sample, reason),
        });
  });
  lines.done(generation.reason, metrics(startedAt, loadedAt, generation));
}

/**
 * Counts the tokens before the status goes out with the first line of progress. A text has at most
 * as many tokens as bytes, so that most prompts need no counting.
 */
async function refuseOverflowEarly(
  slot: ModelSlot,
  stored: StoredModel,
  prompt: RenderedPrompt,
  contextTokens: number,
): Promise<void> {
  if (slot.holds(stored, contextTokens) || Buffer.byteLength(prompt.text) < contextTokens) return;
  const format = await slot.format(stored);
  const count = await slot.withTokenizer(
    stored,
    (model) => tokenizePrompt(model, format, prompt.text).length,
  );
  if (count >= contextTokens) throw overflow(count, contextTokens);
}
