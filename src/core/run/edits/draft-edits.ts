import type { Draft } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { AnswerParser } from "../../edit/answer/answer-parser";
import { OwnText } from "../../edit/answer/own-text";
import type { SamplingOptions } from "../../model/language-model";
import { type Asking, askModel } from "../asking/ask-model";
import type { SealedPrompt } from "../asking/seal-prompt";
import type { StreamedAnswer } from "../asking/stream-answer";
import { askedPart } from "../steer/rest-watch";
import { type ProposeFacts, propose } from "./propose";

/**
 * One request whose answer holds edits. As soon as one of them is whole, what they come to so far
 * is told as a draft, while the model still writes. @returns the answer; when the person takes the
 * draft, the part of it that the draft was made of.
 */
export async function* askForEdits(
  prompt: SealedPrompt,
  sampling: SamplingOptions,
  asking: Asking,
  facts: ProposeFacts,
): AsyncGenerator<RunEvent, StreamedAnswer, void> {
  const written = new WrittenEdits(facts);
  const events = askModel(prompt, sampling, asking, askedPart(prompt, facts.target));
  try {
    for (let next = await events.next(); ; next = await events.next()) {
      if (next.done) return next.value;
      yield next.value;
      const draft = await written.take(next.value);
      if (draft !== undefined) yield { kind: "draft", at: Date.now(), draft };
    }
  } catch (thrown) {
    const { stopped, isEnough } = asking.interventions;
    if (stopped.aborted || !isEnough || written.answer === "") throw thrown;
    return { thought: written.thought, answer: written.answer, reason: "stop", metrics: {} };
  } finally {
    await events.return(undefined as never);
  }
}

/** The answer as it grows, and its whole edits. */
class WrittenEdits {
  /** The answer up to its last edit that has a place; empty while there is none. */
  answer = "";
  thought = "";
  #text = "";
  #parser: AnswerParser;
  readonly #own: OwnText;

  readonly #facts: ProposeFacts;

  constructor(facts: ProposeFacts) {
    this.#facts = facts;
    this.#own = new OwnText([facts.target, ...(facts.shown ?? [])]);
    this.#parser = new AnswerParser(this.#own);
  }

  /** @returns what the edits come to, when the event brought the end of one. */
  async take(event: RunEvent): Promise<Draft | undefined> {
    if (event.kind === "thought") this.thought += event.text;
    if (event.kind === "answerWasThought" || event.kind === "attempt") this.#startAnew();
    if (event.kind !== "answer") return undefined;
    let whole: string | undefined;
    // Line by line, as the next edit may begin in the piece that ends this one.
    for (const line of event.text.split(/(?<=\n)/)) {
      this.#text += line;
      if (this.#parser.push(line).length > 0) whole = this.#text;
    }
    if (whole === undefined) return undefined;
    const verdict = await propose(whole, false, this.#facts);
    if (verdict.kind !== "proposal") return undefined;
    this.answer = whole;
    return { files: verdict.proposal.files.map(({ path, hunks }) => ({ path, hunks })) };
  }

  #startAnew(): void {
    this.thought += this.#text;
    this.#text = "";
    this.answer = "";
    this.#parser = new AnswerParser(this.#own);
  }
}
