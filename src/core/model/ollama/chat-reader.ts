import { defined } from "../../../base/defined";
import { isRecord, type Json } from "../../../base/guards";
import { beginsAfter } from "../../../base/thoughts/split-thought";
import type { ThoughtPiece } from "../../../base/thoughts/thought-piece";
import { type TextBegins, ThoughtSplitter } from "../../../base/thoughts/thought-splitter";
import type { RunMetrics } from "../../../protocol/run-events";
import { FailureError } from "../../failure-error";
import { refuseUnallowedCloudModel } from "../cloud-models";
import type { ChatRequest, ModelEvent } from "../language-model";

/** A daemon that runs into more than this many equal tokens ends the stream without a word. */
const repetitionTokens = 30;

/** No tokenizer makes so few tokens of code or prose: fewer were read than were sent. */
const sparsestCharactersPerToken = 8;

const toolCallCharacters = 2_000;

/** Turns the chunks of one chat into events. */
export class ChatReader {
  readonly #request: ChatRequest;
  readonly #splitter: ThoughtSplitter;
  readonly #maxCharacters: number;
  #characters = 0;
  #lastToken = "";
  #equalTokens = 0;

  /** @param maxCharacters the most that thought and answer together may hold. */
  constructor(request: ChatRequest, maxCharacters: number) {
    this.#request = request;
    this.#maxCharacters = maxCharacters;
    const wasSent = (text: string) =>
      request.messages.some(({ content }) => content.includes(text));
    this.#splitter = new ThoughtSplitter({ begins: beginsOf(request), wasSent });
  }

  /** The model's turn is over although the daemon goes on: nothing more is to be read. */
  get isOver(): boolean {
    return this.#splitter.ended;
  }

  /** The events of one chunk. Throws FailureError for a chunk from elsewhere and for an answer without end. */
  *read(chunk: Json): Generator<ModelEvent> {
    refuseUnallowedCloudModel(
      this.#request.model,
      chunk["remote_host"],
      this.#request.allowedCloudModels ?? [],
    );
    const progress = progressOf(chunk["thinkaloud_progress"]);
    if (progress !== undefined) yield progress;

    const message = isRecord(chunk["message"]) ? chunk["message"] : {};
    const thinking = textIn(message["thinking"]);
    const content = textIn(message["content"]);
    this.#watch(thinking + content);
    if (thinking !== "") {
      yield* this.#splitter.fieldSeen();
      yield { kind: "thought", text: thinking };
    }
    if (content !== "") yield* this.#splitter.push(content);
    const calls = message["tool_calls"];
    if (Array.isArray(calls)) for (const call of calls) yield toolCallNotice(call);
    if (this.#characters > this.#maxCharacters) {
      throw new FailureError({ kind: "answerTooLong", limitCharacters: this.#maxCharacters });
    }
    if (chunk["done"] === true) yield* this.#finish(chunk);
    else if (this.isOver) yield { kind: "done", reason: "stop", metrics: {} };
  }

  /** What was held back as a possible tag. To be called when the stream breaks, so that nothing written is lost. */
  rest(): ThoughtPiece[] {
    return this.#splitter.end();
  }

  /** Why a stream ended without saying that it is done. */
  endedEarly(): FailureError {
    if (this.#equalTokens > repetitionTokens)
      return new FailureError({ kind: "repetition", sample: this.#lastToken.slice(0, 80) });
    return new FailureError({ kind: "streamBroken", how: "ended" });
  }

  #watch(token: string): void {
    if (token === "") return;
    this.#characters += token.length;
    const same =
      token === this.#lastToken ||
      (token.trim() === "" && this.#lastToken.trim() === "" && this.#equalTokens > 0);
    this.#equalTokens = same ? this.#equalTokens + 1 : 1;
    this.#lastToken = token;
  }

  *#finish(chunk: Json): Generator<ModelEvent> {
    yield* this.#splitter.end();
    const onlyMoved = chunk["done_reason"] === "load" || chunk["done_reason"] === "unload";
    if (onlyMoved && this.#request.messages.length > 0) {
      throw new FailureError({ kind: "emptyAnswer", model: this.#request.model, notAsked: true });
    }
    const metrics = metricsOf(chunk);
    const sent = this.#request.messages.reduce((sum, message) => sum + message.content.length, 0);
    const read = metrics.promptTokens;
    const least = Math.floor(sent / sparsestCharactersPerToken);
    if (read !== undefined && read < least) {
      yield {
        kind: "notice",
        text: `The daemon read only ${read} tokens of a prompt of about ${Math.round(sent / 4)}. It may have left out part of what was sent without saying so, so check the answer with more care.`,
      };
    }
    // Where the model ended its turn, the limit was reached by what it wrote behind it.
    const isCut = chunk["done_reason"] === "length" && !this.isOver;
    yield { kind: "done", reason: isCut ? "length" : "stop", metrics };
  }
}

/** A last turn that stops inside a thought is one that the model goes on with; else it may think anew, whatever it was given. */
function beginsOf(request: ChatRequest): TextBegins {
  const last = request.messages.at(-1);
  const begins = last?.role === "assistant" ? beginsAfter(last.content) : "start";
  return begins === "thought" || begins === "thoughtStart" ? begins : "start";
}

/** The daemon counts in nanoseconds and leaves out what is zero. */
function metricsOf(chunk: Json): RunMetrics {
  const count = (key: string) => {
    const value = chunk[key];
    return typeof value === "number" && Number.isFinite(value) && value >= 0 ? value : undefined;
  };
  const ms = (key: string) => {
    const value = count(key);
    return value === undefined ? undefined : value / 1e6;
  };
  return defined({
    promptTokens: count("prompt_eval_count"),
    answerTokens: count("eval_count"),
    loadMs: ms("load_duration"),
    promptMs: ms("prompt_eval_duration"),
    answerMs: ms("eval_duration"),
  });
}

/** How far the built-in engine is with loading the model or reading the prompt; the daemon never says. */
function progressOf(value: unknown): ModelEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { phase, done, total } = value;
  if (typeof done !== "number" || typeof total !== "number") return undefined;
  if (phase === "loading") return { kind: "loading", done, total };
  return phase === "reading" ? { kind: "reading", done, total } : undefined;
}

/** Thinkaloud offers no tools; a model that calls one anyway has written something that the person should see. */
function toolCallNotice(call: unknown): ModelEvent {
  const called = isRecord(call) && isRecord(call["function"]) ? call["function"] : {};
  const name = textIn(called["name"]) || "unnamed";
  const given = JSON.stringify(called["arguments"] ?? {}).slice(0, toolCallCharacters);
  return {
    kind: "notice",
    text: `The model tried to call a tool, ${name}, with ${given}. Thinkaloud gave it none, so nothing was run.`,
  };
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}
