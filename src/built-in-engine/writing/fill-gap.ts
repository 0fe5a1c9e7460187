import type { GenerationOptions } from "../chat-request";
import type { LlamaModel, LlamaSequence, Token } from "../runtime";
import type { Generation } from "./generate";
import { OwnWindow } from "./own-window";
import { type CopyMemory, type Draft, PromptLookup } from "./prompt-lookup";
import { readPrompt } from "./read-prompt";
import { samplingAt } from "./sampling";
import { StopTexts, TokenText } from "./token-text";
import { writeTokens } from "./write-tokens";
import type { WritingPace } from "./writing-pace";

/** How likely it is that a text goes on as was foretold, where it did so up to there. */
const chanceOfLikely = 0.95;
/** A line is short: nobody waits longer for it than for one step. */
const draftMs = 800;

export interface Gap {
  readonly model: LlamaModel;
  readonly sequence: LlamaSequence;
  readonly contextTokens: number;
  /** As {@link gapTokens} gives it. */
  readonly prompt: readonly Token[];
  readonly likely: string;
  readonly options: GenerationOptions;
  readonly signal: AbortSignal;
  readonly pace: WritingPace;
  readonly copies: CopyMemory;
  readonly isAlone: () => boolean;
}

/**
 * A text with a gap, as the model was trained to fill it in: the text before, the text after, and
 * then what stands between them (https://arxiv.org/abs/2207.14255). Where the model has no mark for
 * that, what is after comes first. Undefined for a model that was not trained for it. Marks inside
 * the texts stay text.
 */
export function gapTokens(
  model: LlamaModel,
  { before, after }: { readonly before: string; readonly after: string },
): Token[] | undefined {
  const { bos, shouldPrependBosToken, infill } = model.tokens;
  const { prefix, middle, suffix } = infill;
  if (prefix === null || suffix === null) return undefined;
  const first = [prefix, ...model.tokenize(before, false, "trimLeadingSpace")];
  const last = [suffix, ...model.tokenize(after, false, "trimLeadingSpace")];
  const begin = shouldPrependBosToken && bos !== null ? [bos] : [];
  return middle === null ? [...begin, ...last, ...first] : [...begin, ...first, ...last, middle];
}

/**
 * Writes what stands in the gap, until the model ends it, a stop text, the token limit or the end
 * of the window. Throws as {@link readPrompt} does.
 */
export async function fillGap(gap: Gap): Promise<Generation & { readonly text: string }> {
  const { model, sequence, contextTokens, prompt, options, signal } = gap;
  const startedAt = performance.now();
  const cachedTokens = await readPrompt({ ...gap, onReading: () => {} });
  const readAt = performance.now();
  const limit = Math.min(
    options.maxTokens ?? Number.POSITIVE_INFINITY,
    contextTokens - prompt.length,
  );
  const stops = new StopTexts(options.stop);
  const tokens = new TokenText(model);
  const written: Token[] = [];
  let text = "";
  let reason: Generation["reason"] = "stop";
  const likely = model.tokenize(gap.likely, false, "trimLeadingSpace");
  const lookup = new ForetoldText(likely, new PromptLookup(prompt.slice(0, -1), gap.copies));
  const source = new OwnWindow(sequence, {
    sampling: samplingAt(options, prompt, written),
    lookup,
    pace: gap.pace,
    isAlone: gap.isAlone,
    draftMs: () => draftMs,
  });
  for await (const token of writeTokens(source, lookup, prompt.slice(-1))) {
    signal.throwIfAborted();
    if (model.isEogToken(token)) break;
    written.push(token);
    text += stops.push(tokens.push(token));
    if (stops.stopped) break;
    if (written.length >= limit) {
      reason = "length";
      break;
    }
  }
  if (!stops.stopped) text += stops.push(tokens.end()) + stops.end();
  return {
    text,
    reason,
    promptTokens: prompt.length,
    cachedTokens,
    answerTokens: written.length,
    promptMs: readAt - startedAt,
    answerMs: performance.now() - readAt,
  };
}

/** Foretells a text that is known before; where it comes out otherwise, what stands further up. */
class ForetoldText {
  #at = -1;
  #isRight = true;

  readonly #likely: readonly Token[];
  readonly #lookup: PromptLookup;

  constructor(likely: readonly Token[], lookup: PromptLookup) {
    this.#likely = likely;
    this.#lookup = lookup;
  }

  push(token: Token): void {
    // The first is the last of the prompt.
    if (this.#at >= 0 && this.#likely[this.#at] !== token) this.#isRight = false;
    this.#at++;
    this.#lookup.push(token);
  }

  draft(most: number): Draft {
    if (!this.#isRight || this.#at < 0) return this.#lookup.draft(most);
    const tokens = this.#likely.slice(this.#at, this.#at + most);
    return { tokens, chances: tokens.map((_token, at) => chanceOfLikely ** (at + 1)) };
  }
}
