import { defined } from "../../../base/defined";
import { isRecord, type Json, positive } from "../../../base/guards";
import type { ModelInfo } from "../language-model";
import { type ServerKind, serverKindOf } from "./server-kinds";

/** One model as the server lists it. */
export interface ListedModel {
  readonly info: ModelInfo;
  /** The window that the server gives it, in tokens, where it tells. */
  readonly contextTokens?: number;
}

export interface ModelList {
  readonly kind: ServerKind;
  readonly models: readonly ListedModel[];
}

/** Reads the answer to `/v1/models`; undefined when it is none. */
export function modelListOf(answer: Json): ModelList | undefined {
  // Some gateways leave the envelope away.
  const { data } = answer;
  if (!Array.isArray(data)) return undefined;
  const entries = data.filter(isRecord);
  return {
    kind: serverKindOf(entries.map((entry) => entry["owned_by"])),
    models: entries.flatMap((entry) => listedModelOf(entry) ?? []),
  };
}

/**
 * Each server has its own name for the window: `max_model_len` is vLLM's and SGLang's, `meta.n_ctx`
 * llama.cpp's, the rest gateways'.
 */
const windowNames = ["max_model_len", "context_window", "context_length", "max_context_length"];

function listedModelOf(entry: Json): ListedModel | undefined {
  const name = entry["id"];
  if (typeof name !== "string" || name === "") return undefined;
  const meta = isRecord(entry["meta"]) ? entry["meta"] : {};
  const windows = [meta["n_ctx"], ...windowNames.map((key) => entry[key])];
  const parameters = positive(meta["n_params"]);
  const capabilities = thinksByName(name) ? ["completion", "thinking"] : ["completion"];
  return {
    info: {
      name,
      bytes: positive(meta["size"]) ?? 0,
      capabilities,
      ...defined({
        parameterSize: parameters === undefined ? undefined : `${(parameters / 1e9).toFixed(1)}B`,
      }),
    },
    ...defined({ contextTokens: windows.map(positive).find((tokens) => tokens !== undefined) }),
  };
}

/** Families that think unless they are told not to. */
const thinkingNames =
  /(?:^|[-_/. ])(?:r1|qwq|qwen3(?:\.\d+)?|magistral|reasoner|reasoning|thinking|thinker|think|gpt-oss|glm-[45]|smollm3|kimi-k2-thinking|seed-oss|nemotron|minimax-m\d|deepseek-v(?:3\.[1-9]|4)|o[134])(?=$|[-_:/. ])/i;
const plainNames = /coder|instruct-2507|embed|non-?thinking|nothink/i;

/** Whether a model thinks, as far as its name tells: these servers list no abilities. */
function thinksByName(name: string): boolean {
  return thinkingNames.test(name) && !plainNames.test(name);
}
