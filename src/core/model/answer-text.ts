import { beginsAfter } from "../../base/thoughts/split-thought";
import { beginsInThought, type TextBegins } from "../../base/thoughts/splitter-options";
import type { ThoughtPiece } from "../../base/thoughts/thought-piece";
import { ThoughtSplitter } from "../../base/thoughts/thought-splitter";
import { FailureError } from "../failure-error";
import type { ChatRequest } from "./language-model";

/** A server that runs into more than this many equal tokens ends the stream without a word. */
const repetitionTokens = 30;

/** An answer may be this long even where the window is small. */
const leastMaxCharacters = 65_536;
/** Longer than any token is on the average, so that only an answer without end gets there. */
const charactersPerToken = 16;

/**
 * The text of one answer as it comes, whatever server sends it: what is thought, what is answer,
 * and whether it ever ends.
 */
export class AnswerText {
  readonly #splitter: ThoughtSplitter;
  readonly #maxCharacters: number;
  #characters = 0;
  #lastToken = "";
  #equalTokens = 0;
  #arrival: "field" | "marks" | undefined;

  /** @param begins where the text begins, behind what was sent. */
  constructor(request: ChatRequest, begins: TextBegins) {
    this.#maxCharacters = Math.max(leastMaxCharacters, request.contextTokens * charactersPerToken);
    const wasSent = (text: string) =>
      request.messages.some(({ content }) => content.includes(text));
    // Who is told not to think has its thought closed by the template, out of our sight.
    const isToldNone = begins === "start" && request.think === false;
    this.#splitter = new ThoughtSplitter({
      begins: isToldNone ? "behindThought" : begins,
      wasSent,
    });
  }

  /** How thought arrived; undefined as long as there was none. */
  get arrival(): "field" | "marks" | undefined {
    return this.#arrival;
  }

  /** The model's turn is over although the server goes on: nothing more is to be read. */
  get isOver(): boolean {
    return this.#splitter.ended;
  }

  /**
   * One piece of the stream, of which either text may be empty.
   * @param thinking what the server itself says is thought.
   * @throws FailureError `answerTooLong`, after the pieces.
   */
  *add(thinking: string, content: string): Generator<ThoughtPiece> {
    this.#watch(thinking + content);
    if (thinking !== "") {
      this.#arrival = "field";
      yield* this.#splitter.fieldSeen();
      yield { kind: "thought", text: thinking };
    }
    if (content !== "")
      for (const piece of this.#splitter.push(content)) {
        if (piece.kind !== "answer") this.#arrival ??= "marks";
        yield piece;
      }
    if (this.#characters > this.#maxCharacters)
      throw new FailureError({ kind: "answerTooLong", limitCharacters: this.#maxCharacters });
  }

  /**
   * What was held back as a possible mark. Also to be called when the stream breaks, so that
   * nothing written is lost.
   */
  rest(): ThoughtPiece[] {
    return this.#splitter.end();
  }

  /** Why a stream ended without saying that it is done. */
  endedEarly(): FailureError {
    if (this.#equalTokens > repetitionTokens)
      return new FailureError({ kind: "repetition", sample: this.#lastToken.slice(0, 80) });
    const how = this.#characters === 0 ? "empty" : "ended";
    return new FailureError({ kind: "streamBroken", how });
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
}

/**
 * Where a text begins that goes on from the model's own turn as far as it is given: one that stops
 * inside a thought goes on with it; else the model may think anew.
 */
export function goesOnFrom(given: string): TextBegins {
  const begins = beginsAfter(given);
  return beginsInThought(begins) || begins === "start" ? begins : "behindThought";
}
