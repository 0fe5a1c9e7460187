import type { TextBegins } from "../../base/thoughts/splitter-options";
import { endsSentence, hintInThought, hintLeadsOn } from "../../base/thoughts/spoken-hint";
import type { ThoughtPiece } from "../../base/thoughts/thought-piece";
import { ThoughtSplitter } from "../../base/thoughts/thought-splitter";
import type { GenerationOptions } from "../chat-request";
import type { LlamaModel, Token } from "../runtime";
import { type CopyMemory, PromptLookup } from "./prompt-lookup";
import { stepMs } from "./read-prompt";
import { samplingAt } from "./sampling";
import type { ThoughtSteering } from "./thought-steering";
import { StopTexts, TokenText } from "./token-text";
import { type TokenSource, type Writing, writeTokens } from "./write-tokens";
import type { WritingPace } from "./writing-pace";

const tailCharacters = 80;
/**
 * A thought that turns out to have been one after its text has gone out: told as the daemon tells
 * it, by a mark in the text.
 */
const orphanClose = "\n</think>\n\n";
/** A hint that finds no end of a sentence goes in between two words after so many tokens. */
const longestHintWait = 100;
/** Tokens for an answer that a hint leaves at least. */
const leastAnswerTokens = 16;
/**
 * Tokens of thought for a model that was not trained to think; "a few short sentences" is what it
 * was asked for.
 */
const maxUntrainedThought = 400;

export interface AnswerRequest {
  readonly model: LlamaModel;
  readonly contextTokens: number;
  readonly prompt: readonly Token[];
  readonly begins: TextBegins;
  /** Closes the thought of this model and leads to its answer. */
  readonly closeThought: string;
  /** Whether a message of the request holds the text. */
  readonly wasSent: (text: string) => boolean;
  /**
   * A model that was not trained to think may not find an end: its thought is then closed for it,
   * so that an answer follows.
   */
  readonly nativeThinking: boolean;
  readonly options: GenerationOptions;
  /** Asked between two tokens. */
  readonly steering: ThoughtSteering;
  readonly signal: AbortSignal;
  /** Is told how long reading and writing take. */
  readonly pace: WritingPace;
  /** Is told what the model copies, and what it wrote. */
  readonly copies: CopyMemory;
  /** Whether no other request is written in the same steps. */
  readonly isAlone: () => boolean;
  readonly onText: (text: { readonly thinking: string; readonly content: string }) => void;
  readonly onSteered: (what: Steered) => void;
}

/** What was done to a thought: it was ended, or it took in the hint of this id. */
export type Steered = { readonly ended: true } | { readonly hint: string };

/** What was written, and why it ended. */
export interface Written {
  readonly reason: "stop" | "length";
  readonly answerTokens: number;
}

/**
 * Writes behind a prompt, of which all but the last token is read, until the model ends its turn, a
 * stop text, the token limit or the end of the window. A model that would end inside its thought
 * has it closed and goes on to the answer.
 *
 * @param sourceFor gives what the model chooses, token by token.
 * @throws the signal's reason within one step of an abort.
 */
export async function writeAnswer(
  request: AnswerRequest,
  sourceFor: (writing: Writing) => TokenSource,
): Promise<Written> {
  const { model, prompt, options, signal, steering } = request;
  const splitter = new ThoughtSplitter({ begins: request.begins, wasSent: request.wasSent });
  const stops = new StopTexts(options.stop);
  let text = new TokenText(model);
  /** The end of what was written, as far as it tells where a sentence ends. */
  let tail = "";
  let hintWaitsSince: number | undefined;
  const written: Token[] = [];
  const limit = Math.min(
    options.maxTokens ?? Number.POSITIVE_INFINITY,
    request.contextTokens - prompt.length,
  );
  const give = (pieces: readonly ThoughtPiece[]): void => {
    for (const piece of pieces) {
      if (piece.kind === "thought") request.onText({ thinking: piece.text, content: "" });
      else
        request.onText({
          thinking: "",
          content: piece.kind === "answer" ? piece.text : orphanClose,
        });
    }
  };
  const write = (piece: string): void => {
    if (piece === "") return;
    tail = (tail + piece).slice(-tailCharacters);
    give(splitter.push(stops.push(piece)));
  };

  const thoughtLimit = request.nativeThinking
    ? Number.POSITIVE_INFINITY
    : Math.min(maxUntrainedThought, Math.floor(limit / 2));

  const closing = model.tokenize(request.closeThought, true, "trimLeadingSpace");
  const closeThought = (): readonly Token[] => {
    give(splitter.push(stops.end() + text.end() + request.closeThought));
    written.push(...closing);
    return closing;
  };
  /** Hints that wait for the end of a sentence go in before: the thought ends here. */
  const endThought = (): readonly Token[] => {
    const hints = takeHints("");
    const tokens = [...hints, ...closeThought()];
    request.onSteered({ ended: true });
    return tokens;
  };
  /**
   * Puts the hints into the thought, with the words that lead on from them. Those that the window
   * has no room for are dropped.
   */
  const takeHints = (leadsOn = hintLeadsOn): readonly Token[] => {
    const fed: Token[] = [];
    hintWaitsSince = undefined;
    for (const { id, text: hint } of steering.takeHints()) {
      const words = tail === "" ? hintInThought(hint).trimStart() : hintInThought(hint);
      const told = model.tokenize(words, false, "trimLeadingSpace");
      const room = limit - written.length - fed.length - closing.length - leastAnswerTokens;
      if (told.length > room) continue;
      fed.push(...told);
      write(text.end());
      request.onSteered({ hint: id });
    }
    if (fed.length === 0) return fed;
    fed.push(...model.tokenize(leadsOn, false, "trimLeadingSpace"));
    written.push(...fed);
    text = new TokenText(model);
    write(`\n\n${leadsOn}`);
    return fed;
  };
  /** Whether hints go in before this piece of text. */
  const isPlaceForHints = (piece: string): boolean => {
    if (!splitter.inThought || !steering.hasHints) return false;
    hintWaitsSince ??= written.length;
    const waited = written.length - hintWaitsSince;
    return endsSentence(tail, piece) || (waited > longestHintWait && /^\s/.test(piece));
  };
  const noteWhereItIs = (): void => {
    if (!splitter.inThought) steering.thoughtIsOver();
  };

  let reason: Written["reason"] = limit > 0 ? "stop" : "length";
  let input: readonly Token[] = limit > 0 ? prompt.slice(-1) : [];
  noteWhereItIs();
  const lookup = new PromptLookup(prompt.slice(0, -1), request.copies);
  const source = sourceFor({
    sampling: samplingAt(options, prompt, written),
    lookup,
    pace: request.pace,
    isAlone: request.isAlone,
    draftMs: () => (splitter.inThought ? stepMs : 2 * stepMs),
  });
  if (input.length > 0 && steering.hasHints && !steering.wantsEnd)
    input = [...input, ...takeHints()];
  if (input.length > 0 && steering.wantsEnd && closing.length + 1 < limit)
    input = [...input, ...endThought()];
  while (input.length > 0) {
    let next: readonly Token[] = [];
    noteWhereItIs();
    for await (const token of writeTokens(source, lookup, input)) {
      signal.throwIfAborted();
      const roomToClose = written.length + closing.length + 1 < limit;
      if (model.isEogToken(token)) {
        if (splitter.inThought && steering.hasHints) next = takeHints();
        if (next.length > 0) break;
        if (splitter.inThought && roomToClose) next = closeThought();
        else if (splitter.inThought) reason = "length";
        break;
      }
      const piece = text.push(token);
      if (isPlaceForHints(piece)) {
        // The token is not in the model's state yet, and makes way for the hints.
        next = takeHints();
        if (next.length > 0) break;
      }
      written.push(token);
      write(piece);
      if (stops.stopped || splitter.ended) break;
      if (written.length >= limit) {
        reason = "length";
        break;
      }
      if (!splitter.inThought) {
        noteWhereItIs();
        continue;
      }
      // The token itself is not in the model's state yet; it goes in front of the closing tag.
      if (steering.wantsEnd && roomToClose) next = [token, ...endThought()];
      else if (written.length >= thoughtLimit && roomToClose) next = [token, ...closeThought()];
      if (next.length > 0) break;
    }
    signal.throwIfAborted();
    input = next;
  }
  steering.thoughtIsOver();

  if (!stops.stopped) {
    write(text.end());
    give(splitter.push(stops.end()));
  }
  give(splitter.end());
  request.copies.wrote(prompt, written);
  return { reason, answerTokens: written.length };
}
