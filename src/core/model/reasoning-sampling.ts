import type { ModelDetails, SamplingOptions } from "./language-model";

/**
 * What DeepSeek recommends for R1, and the makers of other models that think for theirs. A server's
 * own default (Ollama's 0.8) makes such models ramble.
 */
const reasoningSampling = { temperature: 0.6, topP: 0.95 } as const satisfies SamplingOptions;

/**
 * What Ollama did by itself until 0.32.10, and no other server does: without it a small model that
 * thinks goes round in circles on one server and not on another. A model that only can be made to
 * think writes as it was trained to, which for code is to repeat it.
 */
const repeatPenalty = 1.1;

/**
 * Ollama has to be told of it, whose own is the one above until 0.32.10: code that repeats itself,
 * or is to be given back as it stands, is unlikely with that.
 */
export const noRepeatPenalty = 1;

/** How a model is asked to choose its words where neither the request nor its own file says so. */
export function fallbackSampling(
  thinks: boolean,
  { nativeThinking }: Pick<ModelDetails, "nativeThinking">,
): SamplingOptions {
  if (!thinks) return {};
  return nativeThinking === false ? reasoningSampling : { ...reasoningSampling, repeatPenalty };
}
