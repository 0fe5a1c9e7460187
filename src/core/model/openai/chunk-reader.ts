import { defined } from "../../../base/defined";
import { isRecord, type Json, zeroOrMore } from "../../../base/guards";
import type { ThoughtPiece } from "../../../base/thoughts/thought-piece";
import type { RunMetrics } from "../../../protocol/run-events";
import { FailureError } from "../../failure-error";
import { AnswerText } from "../answer-text";
import type { ChatRequest, ModelEvent, StopReason } from "../language-model";
import { tooLittleRead, toolCallNotice } from "../read-notices";
import type { AnswerReader } from "../told-answer";
import type { WireTurns } from "./continued-turn";

/** Turns the chunks of one chat into events. */
export class ChunkReader implements AnswerReader<ModelEvent> {
  readonly #request: ChatRequest;
  readonly #text: AnswerText;
  readonly #sentAt: number;
  /** The begun turn, until the first piece of the answer has come. */
  #echo: string;
  /** Blank lines that an answer may begin with; undefined behind its first word. */
  #blanks: string | undefined;
  #id: string | undefined;
  #reason: StopReason | undefined;
  #usage: Json = {};
  #timings: Json = {};
  #firstTextAt: number | undefined;
  #hasWritten = false;
  #thought = false;
  #answers = false;
  #isEnded = false;
  #isWhole = false;

  /** @param sentAt when the request went out, on the monotonic clock in milliseconds. */
  constructor(request: ChatRequest, turns: WireTurns, sentAt: number) {
    this.#request = request;
    this.#text = new AnswerText(request, turns.begins);
    this.#echo = turns.begun;
    this.#blanks = request.messages.at(-1)?.role === "assistant" ? undefined : "";
    this.#sentAt = sentAt;
  }

  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  get arrival(): "field" | "marks" | undefined {
    return this.#text.arrival;
  }

  /** The model's turn is over although the server goes on. */
  get isOver(): boolean {
    return this.#text.isOver;
  }

  /** Whether the answer came to its end. */
  get isWhole(): boolean {
    return this.#isWhole;
  }

  /** The server's name for this answer, once it has told it. */
  get id(): string | undefined {
    return this.#id;
  }

  /** Whether the model has thought. */
  get thought(): boolean {
    return this.#thought;
  }

  /** Whether the answer has begun. */
  get answers(): boolean {
    return this.#answers;
  }

  /** The server was made to end the thought: what comes as answer next follows from that. */
  thoughtIsEnded(): void {
    this.#isEnded = true;
  }

  /** Whether this chunk says how the answer ended; what follows only tells what it took. */
  static isLast(chunk: Json): boolean {
    const choice = firstChoice(chunk);
    return typeof choice["finish_reason"] === "string" && choice["finish_reason"] !== "";
  }

  /** The events of one chunk. Throws FailureError for an answer without end. */
  *read(chunk: Json): Generator<ModelEvent> {
    if (typeof chunk["id"] === "string") this.#id = chunk["id"];
    if (isRecord(chunk["usage"])) this.#usage = chunk["usage"];
    if (isRecord(chunk["timings"])) this.#timings = chunk["timings"];
    const progress = progressOf(chunk["prompt_progress"]);
    if (progress !== undefined) yield progress;

    const choice = firstChoice(chunk);
    // A server that does not stream gives the whole message at once.
    const delta = isRecord(choice["delta"]) ? choice["delta"] : choice["message"];
    if (isRecord(delta)) yield* this.#readDelta(delta);
    if (ChunkReader.isLast(chunk)) yield* this.#readReason(String(choice["finish_reason"]));
  }

  *finish(): Generator<ModelEvent> {
    this.#isWhole = true;
    if (!this.isOver) yield* this.rest();
    const metrics = this.#metrics();
    const notice = tooLittleRead(this.#request, metrics.promptTokens);
    if (notice !== undefined) yield notice;
    const isCut = this.#reason === "length" && !this.isOver;
    yield { kind: "done", reason: isCut ? "length" : "stop", metrics };
  }

  rest(): ThoughtPiece[] {
    return this.#text.rest();
  }

  endedEarly(): FailureError {
    return this.#text.endedEarly();
  }

  *#readDelta(delta: Json): Generator<ModelEvent> {
    const parts = partsOf(delta["content"]);
    const thinking =
      firstText(delta["reasoning_content"], delta["reasoning"], delta["thinking"]) + parts.thought;
    const told = this.#withoutEcho(parts.text + partsOf(delta["refusal"]).text);
    const content = this.#fromFirstWord(told);
    if (thinking + content !== "") this.#firstTextAt ??= performance.now();
    for (const piece of this.#text.add(thinking, content)) {
      this.#hasWritten = true;
      if (piece.kind === "thought") this.#thought = true;
      this.#answers = piece.kind === "answer";
      if (this.#isEnded && this.#answers) {
        this.#isEnded = false;
        yield { kind: "thoughtEnded" };
      }
      yield piece;
    }
    const calls = delta["tool_calls"];
    // Only the first piece of a call names it; the others are pieces of its arguments.
    if (Array.isArray(calls))
      for (const call of calls)
        if (isRecord(call) && isRecord(call["function"]) && call["function"]["name"])
          yield toolCallNotice(call);
  }

  *#readReason(reason: string): Generator<ModelEvent> {
    this.#reason = reason === "length" ? "length" : "stop";
    if (reason !== "content_filter") return;
    yield* this.rest();
    const message = "its content filter ended the answer";
    throw new FailureError({ kind: "modelReportedError", message });
  }

  /** Older servers send a begun turn back, with the first piece that goes on from it. */
  #withoutEcho(content: string): string {
    const echo = content === "" ? "" : this.#echo;
    if (content !== "") this.#echo = "";
    return echo !== "" && content.startsWith(echo) ? content.slice(echo.length) : content;
  }

  /**
   * llama.cpp's server sends the blank lines behind a thought that its template has closed before
   * it has read the prompt: the answer would seem to begin.
   */
  #fromFirstWord(content: string): string {
    if (this.#blanks === undefined) return content;
    const text = this.#blanks + content;
    if (text.trim() === "") {
      this.#blanks = text;
      return "";
    }
    this.#blanks = undefined;
    return text.replace(/^(?:[^\S\n]*\n)+/, "");
  }

  /** What the server tells; the time that nobody tells is the time that was seen to pass. */
  #metrics(): RunMetrics {
    const { prompt_ms: promptMs, predicted_ms: answerMs } = this.#timings;
    const firstTextAt = this.#firstTextAt;
    const isTold = zeroOrMore(answerMs) !== undefined;
    const seen = (from: number | undefined, to: number | undefined) =>
      isTold || from === undefined || to === undefined ? undefined : Math.round(to - from);
    return defined({
      promptTokens: zeroOrMore(this.#usage["prompt_tokens"]),
      answerTokens: zeroOrMore(this.#usage["completion_tokens"]),
      promptMs: zeroOrMore(promptMs) ?? seen(this.#sentAt, firstTextAt),
      answerMs: zeroOrMore(answerMs) ?? seen(firstTextAt, performance.now()),
    });
  }
}

function firstChoice(chunk: Json): Json {
  const choices = chunk["choices"];
  const choice: unknown = Array.isArray(choices) ? choices[0] : undefined;
  return isRecord(choice) ? choice : {};
}

/** Text as text, or as a list of parts, some of which may be thought. */
function partsOf(value: unknown): { readonly thought: string; readonly text: string } {
  if (typeof value === "string") return { thought: "", text: value };
  let thought = "";
  let text = "";
  for (const part of Array.isArray(value) ? value : []) {
    if (!isRecord(part)) continue;
    const type = part["type"];
    if (type === "thinking" || type === "reasoning")
      thought += partsOf(part["thinking"] ?? part["reasoning"] ?? part["text"]).text;
    else text += partsOf(part["text"]).text;
  }
  return { thought, text };
}

/** The same text may stand under two names: it is read once. */
function firstText(...values: readonly unknown[]): string {
  for (const value of values) {
    const { thought, text } = partsOf(value);
    if (thought + text !== "") return thought + text;
  }
  return "";
}

/** How far the server is with reading the prompt: what it kept from before needs no reading. */
function progressOf(value: unknown): ModelEvent | undefined {
  if (!isRecord(value)) return undefined;
  const total = zeroOrMore(value["total"]);
  const done = zeroOrMore(value["processed"]);
  if (total === undefined || done === undefined || total === 0) return undefined;
  return { kind: "reading", done, total };
}
