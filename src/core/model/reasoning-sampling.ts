import type { SamplingOptions } from "./language-model";

/**
 * What DeepSeek recommends for R1, and the makers of other models that think for theirs. A server's
 * own default (Ollama's 0.8) makes such models ramble.
 */
export const reasoningSampling = {
  temperature: 0.6,
  topP: 0.95,
} as const satisfies SamplingOptions;
