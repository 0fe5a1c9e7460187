import { describe, expect, it } from "vitest";
import type { ModelInfo } from "../../../src/core/model/language-model";
import {
  chooseModel,
  findByName,
  type ModelWish,
} from "../../../src/model-setup/models/choose-model";

const gib = 1024 ** 3;

function model(
  name: string,
  gigabytes = 1,
  capabilities: readonly string[] = ["completion"],
  remoteHost?: string,
): ModelInfo {
  return {
    name,
    bytes: gigabytes * 1e9,
    capabilities,
    ...(remoteHost === undefined ? {} : { remoteHost }),
  };
}

const thinking = ["completion", "thinking"];
const r1Small = model("deepseek-r1:1.5b", 1.1, thinking);
const r1Large = model("deepseek-r1:8b", 5.2, thinking);
const qwen = model("qwen3:4b", 2.6, thinking);
const coder = model("qwen2.5-coder:1.5b", 1.1);
const llama = model("llama3.2:3b", 2);
const embedder = model("nomic-embed-text:latest", 0.3, ["embedding"]);
const cloud = model("gpt-oss:120b-cloud", 0, thinking, "https://ollama.com:443");
const disguised = model("my-helper:latest", 0, thinking, "https://ollama.com:443");

function choose(models: readonly ModelInfo[], more: Partial<ModelWish> = {}) {
  return chooseModel({
    models,
    loaded: [],
    wish: "",
    allowedCloudModels: [],
    memoryBytes: 11 * gib,
    ...more,
  });
}

function loaded(name: string) {
  return { loaded: [{ name, bytes: 1 }] };
}

const namesIn = (text: string): readonly string[] => text.trim().split(/\s+/);

describe("the model when none is wished for", () => {
  const cases: readonly [string, readonly ModelInfo[], Partial<ModelWish>, string][] = [
    ["a reasoning model goes before any other", [coder, llama, qwen], {}, "qwen3:4b"],
    [
      "R1 goes before other reasoning models",
      [model("qwen3:8b", 5.2, thinking), r1Small],
      {},
      "deepseek-r1:1.5b",
    ],
    ["the larger R1 where it fits", [r1Small, r1Large], {}, "deepseek-r1:8b"],
    [
      "the smaller R1 where memory is short",
      [r1Large, r1Small],
      { memoryBytes: 5 * gib },
      "deepseek-r1:1.5b",
    ],
    [
      "one that is loaded goes before one that must be",
      [r1Large, r1Small],
      loaded("deepseek-r1:1.5b"),
      "deepseek-r1:1.5b",
    ],
    [
      "one loaded under its bare name counts",
      [model("a:latest", 2, thinking), model("b:latest", 3, thinking)],
      loaded("a"),
      "a:latest",
    ],
    [
      "but a loaded one that cannot reason does not win",
      [coder, r1Small],
      loaded("qwen2.5-coder:1.5b"),
      "deepseek-r1:1.5b",
    ],
    [
      "a model made for code goes before a larger one that is not",
      [llama, coder],
      {},
      "qwen2.5-coder:1.5b",
    ],
    [
      "where nothing fits the smallest is taken",
      [model("a", 40), model("b", 30)],
      { memoryBytes: gib },
      "b",
    ],
    [
      "an R1 whose template hides its thinking is still one",
      [llama, model("hf.co/unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q4_K_M", 4.7)],
      {},
      "hf.co/unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF:Q4_K_M",
    ],
    [
      "an old daemon that lists no capabilities gets by",
      [model("all-minilm:latest", 0.1, []), model("llama2:7b", 3.8, [])],
      {},
      "llama2:7b",
    ],
    ["equal models are always told apart the same way", [model("b", 2), model("a", 2)], {}, "a"],
    [
      "a model elsewhere is passed over for a worse one here",
      [cloud, embedder, llama],
      {},
      "llama3.2:3b",
    ],
    [
      "also after the person allowed it",
      [cloud, llama],
      { allowedCloudModels: [cloud.name] },
      "llama3.2:3b",
    ],
    [
      "an allowed one is better than none",
      [cloud, embedder],
      { allowedCloudModels: [cloud.name] },
      "gpt-oss:120b-cloud",
    ],
    [
      "without knowing the memory the largest R1 counts as fitting",
      [r1Small, r1Large],
      { memoryBytes: undefined },
      "deepseek-r1:8b",
    ],
  ];
  it.each(cases)("%s", (_title, models, more, expected) => {
    expect(choose(models, more)).toMatchObject({ kind: "chosen", name: expected });
  });

  it.each([
    ["an empty list", []],
    ["only an embedding model", [embedder]],
    ["only models that run elsewhere", [cloud, disguised]],
    ["only an image generator", [model("flux:latest", 8, ["completion", "image"])]],
  ])("%s gives no model", (_title, models) => {
    expect(choose(models)).toEqual({ kind: "none" });
  });
});

describe("a model that cannot chat", () => {
  const general = model("llama3.2:3b", 2);
  it.each(
    namesIn(`
    dengcao/Qwen3-Embedding-8B:Q5_K_M nomic-embed-text:v1.5 mxbai-embed-large
    snowflake-arctic-embed2:568m embeddinggemma:300m bge-m3:567m all-minilm:33m
    paraphrase-multilingual granite-embedding:278m
    hf.co/intfloat/multilingual-e5-large-instruct-GGUF:Q8_0 jeffh/intfloat-e5-mistral:f16
    hf.co/Alibaba-NLP/gte-Qwen2-7B-instruct-GGUF dengcao/Qwen3-Reranker-8B:Q5_K_M
    linux6200/bge-reranker-v2-m3 hf.co/x/Skywork-Reward-V2-Llama-3.1-8B-GGUF:Q4_K_M
    llama-guard3:8b shieldgemma:9b granite3-guardian:8b gpt-oss-safeguard:20b
    bespoke-minicheck:7b hf.co/QuantFactory/Llama-Guard-4-12B-GGUF:Q4 sileader/qwen3guard:8b
    translategemma:12b 7shi/llm-translate:7b zongwei/gemma3-translator:4b deepseek-ocr:3b
    glm-ocr hf.co/allenai/olmOCR-7B-GGUF:Q4 ibm/granite-docling:258m
    legraphista/Orpheus:3b-ft-q4 hf.co/ggml-org/whisper-large:Q8 x/flux2-klein:4b
    x/z-image-turbo nuextract:3.8b reader-lm:1.5b sqlcoder:15b duckdb-nsql:7b functiongemma:270m
    hf.co/x/Qwen3-0.6B-draft:Q8 starcoder2:15b starcoder:7b codellama:13b-code
    codellama:7b-python qwen2.5-coder:7b-base codegemma:2b deepseek-coder:6.7b-base
    hf.co/x/Nemotron-Content-Safety-Reasoning-4B-GGUF aiden_lu/shieldgemma2
    hf.co/tencent/Hunyuan-MT-7B-GGUF:Q4 hf.co/x/Seed-X-PPO-7B-GGUF hf.co/x/EurusPRM-Stage2-GGUF
    hf.co/x/ArmoRM-Llama3-8B hf.co/ggml-org/LFM2-Audio-1.5B-GGUF hf.co/x/ultravox-v0_5-llama-3_2-1b
    hf.co/x/Arctic-Text2SQL-R1-7B hf.co/LiquidAI/LFM2-1.2B-Extract-GGUF hf.co/x/xlm-roberta-ner
    gemma3:12b-pt hf.co/google/gemma-3-4b-pt-qat-q4_0-gguf hf.co/x/sweep-next-edit-1.5B-GGUF
    hf.co/x/zeta-2-GGUF hf.co/x/Mellum-4b-sft-all
    llama3:8b-text codegemma:2b-code-v1.1 hf.co/Qwen/Qwen3-8B-Base-GGUF:Q8_0 stable-code:3b
  `),
  )(
    "is never chosen by itself, however large it is and whatever the daemon says it can do: %s",
    (name) => {
      const unsuited = [
        model(name, 8),
        model(name, 8, []),
        model(name, 8, ["completion", "insert", "vision"]),
      ];
      for (const other of unsuited) {
        expect(choose([other, general])).toMatchObject({ kind: "chosen", name: general.name });
        expect(choose([other])).toEqual({ kind: "none" });
        expect(choose([other], { wish: name })).toMatchObject({ kind: "chosen", name });
      }
    },
  );

  it.each(["bert", "nomic-bert-moe", "jina-bert-v2", "starcoder2"])(
    "is known by its family under any name: %s",
    (family) => {
      expect(choose([{ ...model("mine:latest", 8), family }])).toEqual({ kind: "none" });
    },
  );

  it.each(
    namesIn(`
    starcoder2:15b-instruct-v0.1-q4_0 codegemma:7b-instruct granite-code:8b codestral:22b
    qwen2.5-coder:7b yi-coder:9b deepseek-r1:8b deepseek-coder-v2:16b codellama:7b
    phi4-mini-reasoning gemma3:4b-it-qat qwen3-vl:8b llava:7b
    hf.co/bartowski/Qwen2.5-Coder-7B-Instruct-GGUF:Q4_K_M
    hf.co/unsloth/DeepSeek-R1-Distill-Qwen-7B-GGUF mistral-small3.2:24b
    hf.co/unsloth/Qwen3.5-27B-MTP-GGUF:Q4_K_M hf.co/x/dots.llm1.inst-GGUF:Q4 command-r7b
    gpt-oss:20b vanguard:7b hf.co/x/Qwen3-Next-80B-A3B-Instruct-GGUF aya-expanse:8b
    hf.co/google/gemma-3-4b-it-qat-q4_0-gguf cogito:14b hf.co/x/Apriel-1.6-15b-Thinker-GGUF
  `),
  )("is not taken for one by its name: %s", (name) => {
    expect(choose([model(name, 4)])).toMatchObject({ kind: "chosen", name });
  });
});

describe("the model when one is wished for", () => {
  const names = [
    "deepseek-r1:8b",
    "qwen3:4b",
    "qwen3:8b",
    "Mixed:latest",
    "plain",
    "hub:5000/team/coder",
  ];
  it.each([
    ["deepseek-r1:8b", "deepseek-r1:8b"],
    ["DeepSeek-R1:8B", "deepseek-r1:8b"],
    ["mixed", "Mixed:latest"],
    ["Mixed:latest", "Mixed:latest"],
    ["plain:latest", "plain"],
    ["hub:5000/team/coder:latest", "hub:5000/team/coder"],
    ["deepseek", "deepseek-r1:8b"],
    ["qwen3", undefined],
    ["qwen3:8", "qwen3:8b"],
    ["r1", undefined],
    ["deepseek-r1:8b-q8", undefined],
  ])("%s means %s", (wish, expected) => {
    expect(findByName(names, wish)).toBe(expected);
  });

  it("of names that differ in their case alone the one as it is written is meant", () => {
    expect(findByName(["Coder:1b", "coder:1b"], "coder:1b")).toBe("coder:1b");
    expect(findByName(["Coder", "coder:1b"], "coder")).toBe("Coder");
  });

  it("a wish goes before every preference, even what does not fit or only embeds", () => {
    expect(choose([r1Small, model("big", 90)], { wish: "big" })).toMatchObject({
      kind: "chosen",
      name: "big",
    });
  });

  it("a wish that is not there is said to be missing, and nothing else is taken instead", () => {
    expect(choose([r1Small], { wish: "qwen3" })).toEqual({ kind: "missing", model: "qwen3" });
  });

  it("a wish for a model that runs elsewhere is refused with its name and host", () => {
    expect(choose([disguised], { wish: "my-helper" })).toEqual({
      kind: "cloud",
      model: "my-helper:latest",
      host: "https://ollama.com:443",
    });
  });

  it("a cloud name that the daemon does not list is refused too, since it would be served all the same", () => {
    expect(choose([r1Small], { wish: "kimi-k2:1T-CLOUD" })).toEqual({
      kind: "cloud",
      model: "kimi-k2:1T-CLOUD",
    });
    expect(choose([r1Small], { wish: "glm:cloud" })).toEqual({ kind: "cloud", model: "glm:cloud" });
  });

  it("once allowed by its full name it is taken, listed or not", () => {
    expect(
      choose([disguised], { wish: "my-helper", allowedCloudModels: ["my-helper"] }),
    ).toMatchObject({ kind: "chosen" });
    expect(choose([], { wish: "glm:cloud", allowedCloudModels: ["glm:cloud"] })).toMatchObject({
      kind: "chosen",
      name: "glm:cloud",
    });
  });

  it("allowing the beginning of a name allows nothing", () => {
    expect(
      choose([cloud], { wish: cloud.name, allowedCloudModels: ["gpt-oss", "gpt-oss:120b"] }),
    ).toMatchObject({ kind: "cloud" });
  });
});
