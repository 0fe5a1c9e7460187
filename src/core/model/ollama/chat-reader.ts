import { defined } from "../../../base/defined";
import { isRecord, type Json, zeroOrMore } from "../../../base/guards";
import { givenTurn } from "../../../base/thoughts/given-turn";
import { commonForm, type ThoughtForm } from "../../../base/thoughts/marks";
import type { ThoughtPiece } from "../../../base/thoughts/thought-piece";
import type { RunMetrics } from "../../../protocol/run-events";
import { FailureError } from "../../failure-error";
import { AnswerText, goesOnFrom } from "../answer-text";
import { refuseUnallowedCloudModel } from "../cloud-models";
import type { ChatRequest, ModelEvent } from "../language-model";
import { tooLittleRead, toolCallNotice } from "../read-notices";
import type { AnswerReader } from "../told-answer";

/** Turns the chunks of one chat into events. */
export class ChatReader implements AnswerReader<ModelEvent> {
  readonly #request: ChatRequest;
  readonly #countsOnlyNew: boolean;
  readonly #text: AnswerText;
  #isDone = false;
  #hasWritten = false;

  /**
   * @param countsOnlyNew what was read before is not in the daemon's count of the prompt.
   * @param form in which the model was given its own thoughts.
   */
  constructor(request: ChatRequest, countsOnlyNew = false, form: ThoughtForm = commonForm) {
    this.#request = request;
    this.#countsOnlyNew = countsOnlyNew;
    const last = request.messages.at(-1);
    const given = last?.role === "assistant" ? givenTurn(last.content, form) : "";
    this.#text = new AnswerText(request, goesOnFrom(given));
  }

  get hasWritten(): boolean {
    return this.#hasWritten;
  }

  get arrival(): "field" | "marks" | undefined {
    return this.#text.arrival;
  }

  /** The model's turn is over although the daemon goes on. */
  get isOver(): boolean {
    return this.#text.isOver;
  }

  /**
   * The events of one chunk. Throws FailureError for a chunk from elsewhere and for an answer
   * without end.
   */
  *read(chunk: Json): Generator<ModelEvent> {
    refuseUnallowedCloudModel(
      this.#request.model,
      chunk["remote_host"],
      this.#request.allowedCloudModels ?? [],
    );
    const progress = progressOf(chunk["thinkaloud_progress"]);
    if (progress !== undefined) yield progress;
    const steered = steeredOf(chunk["thinkaloud_steered"]);
    if (steered !== undefined) yield steered;

    const message = isRecord(chunk["message"]) ? chunk["message"] : {};
    for (const event of this.#text.add(textIn(message["thinking"]), textIn(message["content"]))) {
      this.#hasWritten = true;
      yield event;
    }
    const calls = message["tool_calls"];
    if (Array.isArray(calls)) for (const call of calls) yield toolCallNotice(call);
    if (chunk["done"] === true) yield* this.#readEnd(chunk);
  }

  *finish(): Generator<ModelEvent> {
    if (this.#isDone) return;
    if (!this.isOver) throw this.endedEarly();
    yield { kind: "done", reason: "stop", metrics: {} };
  }

  rest(): ThoughtPiece[] {
    return this.#text.rest();
  }

  endedEarly(): FailureError {
    return this.#text.endedEarly();
  }

  *#readEnd(chunk: Json): Generator<ModelEvent> {
    yield* this.#text.rest();
    const onlyMoved = chunk["done_reason"] === "load" || chunk["done_reason"] === "unload";
    if (onlyMoved && this.#request.messages.length > 0) {
      throw new FailureError({ kind: "emptyAnswer", model: this.#request.model, notAsked: true });
    }
    const { promptTokens, ...others } = metricsOf(chunk);
    const metrics = {
      ...others,
      ...defined({ promptTokens: this.#countsOnlyNew ? undefined : promptTokens }),
    };
    const notice = tooLittleRead(this.#request, metrics.promptTokens);
    if (notice !== undefined) yield notice;
    // Where the model ended its turn, the limit was reached by what it wrote behind it.
    const isCut = chunk["done_reason"] === "length" && !this.isOver;
    this.#isDone = true;
    yield { kind: "done", reason: isCut ? "length" : "stop", metrics };
  }
}

/** The daemon counts in nanoseconds and leaves out what is zero. */
export function metricsOf(chunk: Json): RunMetrics {
  const count = (key: string) => zeroOrMore(chunk[key]);
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

/**
 * How far the built-in engine is with loading the model or reading the prompt; the daemon never
 * says.
 */
function progressOf(value: unknown): ModelEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { phase, done, total } = value;
  if (typeof done !== "number" || typeof total !== "number") return undefined;
  if (phase === "loading") return { kind: "loading", done, total };
  return phase === "reading" ? { kind: "reading", done, total } : undefined;
}

function textIn(value: unknown): string {
  return typeof value === "string" ? value : "";
}

/** What the built-in engine did to the thought, as it was asked to. */
function steeredOf(value: unknown): ModelEvent | undefined {
  if (!isRecord(value)) return undefined;
  const { ended, hint } = value;
  if (ended === true) return { kind: "thoughtEnded" };
  return typeof hint === "string" ? { kind: "hintTaken", id: hint } : undefined;
}
