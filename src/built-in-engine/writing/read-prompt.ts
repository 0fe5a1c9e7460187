import type { LlamaSequence, Token } from "../runtime";
import { inOrder } from "./window-order";
import type { WritingPace } from "./writing-pace";

/**
 * A prompt is read in steps, since a step cannot be interrupted: each is meant to take this long,
 * so that a stop takes effect within a second whatever the model, also where the machine does
 * something else.
 */
export const stepMs = 400;
/**
 * The library multiplies in tiles of 16 tokens: a 1.5B model on two cores with AVX2 reads 16 tokens
 * in the time of 13 (34 to 37 tokens a second, instead of 27 with 11 to 15 a step), and 32 or more
 * no faster than 16. Below 8 tokens the price climbs, and a machine that is busy otherwise would
 * come to a halt.
 */
const stepTokens = { least: 8, tile: 16, most: 128 };

export interface PromptReading {
  readonly sequence: LlamaSequence;
  readonly prompt: readonly Token[];
  readonly signal: AbortSignal;
  readonly pace: WritingPace;
  readonly onReading: (done: number, total: number) => void;
}

/**
 * Tokens of the next step after one of `tokens` took so long: whole tiles, unless there is time for
 * less than half of one. At most twice as many as before, since a single step tells little.
 */
export function nextStep(tokens: number, tookMs: number): number {
  const fitting = (tokens * stepMs) / Math.max(tookMs, 1);
  const tiles = Math.round(fitting / stepTokens.tile) * stepTokens.tile;
  return Math.min(Math.max(tiles, stepTokens.least), 2 * tokens, stepTokens.most);
}

/**
 * Makes the sequence hold exactly the prompt but for its last token, reading only what differs from
 * what it held before.
 */
export async function readPrompt({
  sequence,
  prompt,
  signal,
  pace,
  onReading,
}: PromptReading): Promise<number> {
  const wanted = prompt.length - 1;
  const cached = Math.min(sequence.compareContextTokens(prompt).firstDifferentIndex, wanted);
  if (cached < sequence.nextTokenIndex)
    await sequence.eraseContextTokenRanges([{ start: cached, end: sequence.nextTokenIndex }]);
  // The library may have dropped more than it was asked to, where a model's state cannot be cut
  // anywhere.
  let done = Math.min(cached, sequence.nextTokenIndex);
  onReading(done + 1, prompt.length);
  let size = stepTokens.least;
  while (done < wanted) {
    signal.throwIfAborted();
    const step = prompt.slice(done, Math.min(done + size, wanted));
    const startedAt = performance.now();
    await sequence.evaluateWithoutGeneratingNewTokens(step, inOrder(sequence));
    const tookMs = performance.now() - startedAt;
    pace.read(step.length, tookMs);
    size = nextStep(step.length, tookMs);
    done += step.length;
    onReading(done + 1, prompt.length);
  }
  signal.throwIfAborted();
  return cached;
}
