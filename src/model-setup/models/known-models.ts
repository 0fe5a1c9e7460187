/** A model that people fetch, by the name that Ollama's library gives it. */
export interface KnownModel {
  readonly name: string;
  readonly label: string;
  /** Of the download. */
  readonly bytes: number;
  /** The size was not told by anybody but follows from the number of weights. */
  readonly isEstimated?: true;
  readonly thinks: boolean;
  /** Made for code. */
  readonly codes?: true;
  /** Nothing is known of its work on code: it is listed, and recommended to nobody. */
  readonly unproven?: true;
  /** The window in tokens that it was trained for, where it is known. */
  readonly contextTokens?: number;
  readonly source: string;
}

/** When the list was looked through last. Sizes and names in libraries change. */
export const knownModelsDate = "2026-11-25";

const gigabyte = 1e9;
const library = "Ollama's library";
const listed = "a published list of Ollama's library";
const published = "the size of the published file";
const reported = "several reports of its download";
const weights = "four bits and a half for each weight";

/**
 * Weights are never part of the product; these are names, from small to large. A model that is not
 * here can be fetched by its name.
 */
export const knownModels: readonly KnownModel[] = [
  {
    name: "qwen3.5:0.8b",
    label: "Qwen3.5 0.8B",
    bytes: 0.6 * gigabyte,
    isEstimated: true,
    thinks: true,
    unproven: true,
    source: `${weights}; named in the notes of Ollama 0.17.5`,
  },
  {
    name: "deepseek-r1:1.5b",
    label: "DeepSeek R1 Distill 1.5B",
    bytes: 1.1 * gigabyte,
    thinks: true,
    contextTokens: 131_072,
    source: library,
  },
  {
    name: "qwen2.5-coder:1.5b",
    label: "Qwen2.5 Coder 1.5B",
    bytes: 1.1 * gigabyte,
    thinks: false,
    codes: true,
    contextTokens: 32_768,
    source: library,
  },
  {
    name: "qwen3:1.7b",
    label: "Qwen3 1.7B",
    bytes: 1.4 * gigabyte,
    isEstimated: true,
    thinks: true,
    contextTokens: 40_960,
    source: weights,
  },
  {
    name: "qwen3.5:2b",
    label: "Qwen3.5 2B",
    bytes: 1.6 * gigabyte,
    isEstimated: true,
    thinks: true,
    source: `${weights}; named in the notes of Ollama 0.17.5`,
  },
  {
    name: "qwen2.5-coder:3b",
    label: "Qwen2.5 Coder 3B",
    bytes: 1.9 * gigabyte,
    isEstimated: true,
    thinks: false,
    codes: true,
    contextTokens: 32_768,
    source: weights,
  },
  {
    name: "hf.co/ggml-org/SmolLM3-3B-GGUF:Q4_K_M",
    label: "SmolLM3 3B",
    bytes: 1_915_305_312,
    thinks: true,
    unproven: true,
    contextTokens: 65_536,
    source: published,
  },
  {
    name: "phi4-mini-reasoning",
    label: "Phi-4 mini reasoning",
    bytes: 2.5 * gigabyte,
    isEstimated: true,
    thinks: true,
    contextTokens: 131_072,
    source: weights,
  },
  {
    name: "qwen3.5:4b",
    label: "Qwen3.5 4B",
    bytes: 2.8 * gigabyte,
    isEstimated: true,
    thinks: true,
    source: `${weights}; named in the notes of Ollama 0.17.5`,
  },
  {
    name: "hf.co/google/gemma-4-E2B-it-qat-q4_0-gguf",
    label: "Gemma 4 E2B",
    bytes: 3.35 * gigabyte,
    thinks: true,
    unproven: true,
    contextTokens: 131_072,
    source: "a published catalogue of 2026-10",
  },
  {
    name: "deepseek-r1:7b",
    label: "DeepSeek R1 Distill 7B",
    bytes: 4_683_075_271,
    thinks: true,
    contextTokens: 131_072,
    source: listed,
  },
  {
    name: "qwen2.5-coder:7b",
    label: "Qwen2.5 Coder 7B",
    bytes: 4.7 * gigabyte,
    thinks: false,
    codes: true,
    contextTokens: 32_768,
    source: library,
  },
  {
    name: "hf.co/google/gemma-4-E4B-it-qat-q4_0-gguf",
    label: "Gemma 4 E4B",
    bytes: 5_154_941_280,
    thinks: true,
    unproven: true,
    contextTokens: 131_072,
    source: published,
  },
  {
    name: "deepseek-r1:8b",
    label: "DeepSeek R1 0528 Qwen3 8B",
    bytes: 5.2 * gigabyte,
    thinks: true,
    contextTokens: 131_072,
    source: library,
  },
  {
    name: "qwen3:8b",
    label: "Qwen3 8B",
    bytes: 5.2 * gigabyte,
    isEstimated: true,
    thinks: true,
    contextTokens: 40_960,
    source: weights,
  },
  {
    name: "qwen3.5:9b",
    label: "Qwen3.5 9B",
    bytes: 5.9 * gigabyte,
    isEstimated: true,
    thinks: true,
    source: weights,
  },
  {
    name: "hf.co/unsloth/Ministral-3-14B-Reasoning-2512-GGUF:Q4_K_M",
    label: "Ministral 3 14B Reasoning",
    bytes: 8.24 * gigabyte,
    isEstimated: true,
    thinks: true,
    unproven: true,
    contextTokens: 262_144,
    source: published,
  },
  {
    name: "deepseek-r1:14b",
    label: "DeepSeek R1 Distill 14B",
    bytes: 8_988_112_040,
    thinks: true,
    contextTokens: 131_072,
    source: listed,
  },
  {
    name: "qwen2.5-coder:14b",
    label: "Qwen2.5 Coder 14B",
    bytes: 9 * gigabyte,
    isEstimated: true,
    thinks: false,
    codes: true,
    contextTokens: 32_768,
    source: weights,
  },
  {
    name: "qwen3:14b",
    label: "Qwen3 14B",
    bytes: 9.3 * gigabyte,
    isEstimated: true,
    thinks: true,
    contextTokens: 40_960,
    source: weights,
  },
  {
    name: "gemma4:e4b",
    label: "Gemma 4 E4B, all of it",
    bytes: 9.6 * gigabyte,
    thinks: true,
    unproven: true,
    contextTokens: 131_072,
    source: "Ollama's documentation, and reports of its download",
  },
  {
    name: "gpt-oss:20b",
    label: "gpt-oss 20B",
    bytes: 14 * gigabyte,
    isEstimated: true,
    thinks: true,
    contextTokens: 131_072,
    source: "four bits for each weight of its experts",
  },
  {
    name: "devstral-small-2:24b",
    label: "Devstral Small 2 24B",
    bytes: 15 * gigabyte,
    isEstimated: true,
    thinks: false,
    codes: true,
    source: weights,
  },
  {
    name: "qwen3.8:27b",
    label: "Qwen3.8 27B",
    bytes: 17 * gigabyte,
    thinks: true,
    source: "a report of its use with a window of 65,536 tokens",
  },
  {
    name: "qwen3.6:27b",
    label: "Qwen3.6 27B",
    bytes: 17 * gigabyte,
    isEstimated: true,
    thinks: true,
    source: "a report of its use with four bits; named in Ollama's documentation",
  },
  {
    name: "glm-4.7-flash",
    label: "GLM-4.7 Flash",
    bytes: 19 * gigabyte,
    thinks: true,
    unproven: true,
    source: reported,
  },
  {
    name: "qwen3-coder:30b",
    label: "Qwen3 Coder 30B A3B",
    bytes: 19 * gigabyte,
    isEstimated: true,
    thinks: false,
    codes: true,
    contextTokens: 262_144,
    source: weights,
  },
  {
    name: "deepseek-r1:32b",
    label: "DeepSeek R1 Distill 32B",
    bytes: 20 * gigabyte,
    thinks: true,
    contextTokens: 131_072,
    source: library,
  },
  {
    name: "hf.co/unsloth/Seed-OSS-36B-Instruct-GGUF:Q4_K_M",
    label: "Seed-OSS 36B",
    bytes: 21_762_149_024,
    thinks: true,
    unproven: true,
    contextTokens: 524_288,
    source: published,
  },
  {
    name: "nemotron-3-nano:30b",
    label: "Nemotron 3 Nano 30B A3B",
    bytes: 24 * gigabyte,
    thinks: true,
    unproven: true,
    contextTokens: 1_048_576,
    source: reported,
  },
  {
    name: "deepseek-r1:70b",
    label: "DeepSeek R1 Distill 70B",
    bytes: 43 * gigabyte,
    thinks: true,
    contextTokens: 131_072,
    source: library,
  },
];
