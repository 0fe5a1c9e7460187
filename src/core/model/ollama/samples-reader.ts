import type { Json } from "../../../base/guards";
import { FailureError } from "../../failure-error";
import type { ChatRequest, ModelEvent, SamplesEvent, StopReason } from "../language-model";
import type { AnswerReader } from "../told-answer";
import { ChatReader, metricsOf } from "./chat-reader";

/** One of several answers, as far as it has come. */
interface Growing {
  readonly reader: ChatReader;
  thought: string;
  answer: string;
}

/**
 * Takes the lines of several answers to one prompt apart, and tells each answer when it is whole.
 */
export class SamplesReader implements AnswerReader<SamplesEvent> {
  readonly #request: ChatRequest;
  readonly #growing = new Map<number, Growing>();
  readonly arrival = undefined;
  #pieces = 0;
  #isDone = false;

  constructor(request: ChatRequest) {
    this.#request = request;
  }

  get isOver(): boolean {
    return false;
  }

  get hasWritten(): boolean {
    return this.#pieces > 0;
  }

  *read(line: Json): Generator<SamplesEvent> {
    if (line["done"] === true) {
      this.#isDone = true;
      yield { kind: "done", metrics: metricsOf(line) };
      return;
    }
    const number = line["thinkaloud_sample"];
    if (typeof number !== "number") {
      // Progress, before the first answer begins.
      for (const event of new ChatReader(this.#request).read(line))
        if (event.kind === "loading" || event.kind === "reading") yield event;
      return;
    }
    const growing = this.#of(number);
    for (const event of growing.reader.read(line)) add(growing, event);
    const ends = line["thinkaloud_sample_ends"];
    if (typeof ends === "string") {
      yield this.#whole(number, growing, ends === "length" ? "length" : "stop");
      return;
    }
    yield { kind: "writing", pieces: ++this.#pieces };
  }

  finish(): readonly SamplesEvent[] {
    if (!this.#isDone) throw this.endedEarly();
    return [];
  }

  /** An answer that is not whole is no sample. */
  rest(): readonly SamplesEvent[] {
    return [];
  }

  endedEarly(): FailureError {
    return new FailureError({ kind: "streamBroken", how: "ended" });
  }

  #of(number: number): Growing {
    const known = this.#growing.get(number);
    if (known !== undefined) return known;
    const growing = { reader: new ChatReader(this.#request), thought: "", answer: "" };
    this.#growing.set(number, growing);
    return growing;
  }

  #whole(number: number, growing: Growing, reason: StopReason): SamplesEvent {
    this.#growing.delete(number);
    for (const event of growing.reader.rest()) add(growing, event);
    const { thought, answer } = growing;
    return { kind: "sample", thought, answer, reason };
  }
}

function add(growing: Growing, event: ModelEvent): void {
  if (event.kind === "thought") growing.thought += event.text;
  if (event.kind === "answer") growing.answer += event.text;
  if (event.kind !== "answerWasThought") return;
  growing.thought += growing.answer;
  growing.answer = "";
}
