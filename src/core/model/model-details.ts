import { remoteHostOf } from "./cloud-models";
import type { LoadedModel, ModelDetails, ModelInfo, SamplingOptions } from "./language-model";

type Json = Record<string, unknown>;

/** Reads one entry of the daemon's model list; undefined when it has no name. */
export function modelInfoOf(entry: unknown): ModelInfo | undefined {
  if (!isObject(entry)) return undefined;
  const name = textIn(entry, "name") ?? textIn(entry, "model");
  if (name === undefined) return undefined;
  const details = isObject(entry["details"]) ? entry["details"] : {};
  const parameterSize = textIn(details, "parameter_size");
  const family = textIn(details, "family");
  const remoteHost = remoteHostOf(name, entry["remote_host"]);
  return {
    name,
    bytes: numberIn(entry, "size") ?? 0,
    capabilities: textsIn(entry["capabilities"]),
    ...(parameterSize === undefined ? {} : { parameterSize }),
    ...(family === undefined ? {} : { family }),
    ...(remoteHost === undefined ? {} : { remoteHost }),
  };
}

/** Reads one entry of the daemon's list of loaded models. */
export function loadedModelOf(entry: unknown): LoadedModel | undefined {
  if (!isObject(entry)) return undefined;
  const name = textIn(entry, "name") ?? textIn(entry, "model");
  if (name === undefined) return undefined;
  const contextTokens = numberIn(entry, "context_length");
  return { name, bytes: numberIn(entry, "size") ?? 0, ...(contextTokens === undefined ? {} : { contextTokens }) };
}

/** Reads what the daemon tells about a model. */
export function modelDetailsOf(name: string, shown: unknown): ModelDetails {
  const answer = isObject(shown) ? shown : {};
  const measures = isObject(answer["model_info"]) ? answer["model_info"] : {};
  const parameters = parameterLines(answer["parameters"]);
  const architecture = textIn(measures, "general.architecture");
  const capabilities = textsIn(answer["capabilities"]);
  const family = (isObject(answer["details"]) ? textIn(answer["details"], "family") : undefined) ?? architecture;
  // The built-in engine can make any model think; it tells which ones were trained to.
  const nativeThinking = measures["thinkaloud.native_thinking"];
  return {
    capabilities,
    sampling: samplingOf(parameters),
    ...defined({
      trainedContextTokens: numberIn(measures, `${architecture}.context_length`),
      configuredContextTokens: parameters.get("num_ctx"),
      family,
      remoteHost: remoteHostOf(name, answer["remote_host"]),
      pools: (numberIn(measures, `${architecture}.pooling_type`) ?? 0) > 0 ? true : undefined,
      hasChatTemplate: hasChatTemplate(answer["template"], measures["tokenizer.chat_template"]),
      nativeThinking: typeof nativeThinking === "boolean" ? nativeThinking : undefined,
      cacheBytesPerToken: cacheBytesPerToken(measures, architecture),
    }),
  };
}

/** The daemon's template for a model of which nothing is known is the prompt alone. */
function hasChatTemplate(template: unknown, own: unknown): boolean | undefined {
  if (typeof own === "string" && own !== "") return true;
  if (typeof template !== "string" || template === "") return undefined;
  return !/^\s*\{\{-?\s*\.Prompt\s*-?\}\}\s*$/.test(template);
}

/** Whether the model reasons before it answers, so that the sampling made for such models fits it. */
export function isReasoningModel(name: string, details: ModelDetails): boolean {
  return details.capabilities.includes("thinking") || /(^|[-_/])r1([-_:.]|$)/i.test(name.replace(/-cloud$/i, ""));
}

/** The daemon names its parameters line by line: the name, spaces, the value. */
function parameterLines(text: unknown): Map<string, number> {
  const found = new Map<string, number>();
  if (typeof text !== "string") return found;
  for (const line of text.split("\n")) {
    const [, name, value] = /^\s*(\w+)\s+(-?[\d.]+(?:e-?\d+)?)\s*$/i.exec(line) ?? [];
    if (name !== undefined && value !== undefined && Number.isFinite(Number(value))) found.set(name, Number(value));
  }
  return found;
}

function samplingOf(parameters: ReadonlyMap<string, number>): SamplingOptions {
  return defined({
    temperature: parameters.get("temperature"),
    topP: parameters.get("top_p"),
    seed: parameters.get("seed"),
    maxTokens: parameters.get("num_predict"),
  });
}

/** Keys and values of every layer at two bytes a number. */
function cacheBytesPerToken(measures: Json, architecture: string | undefined): number | undefined {
  const measure = (key: string) => numberIn(measures, `${architecture}.${key}`);
  const layers = measure("block_count");
  const heads = measure("attention.head_count");
  const keyHeads = measure("attention.head_count_kv") ?? heads;
  const width = measure("embedding_length");
  if (layers === undefined || keyHeads === undefined) return undefined;
  const headWidth = heads === undefined || width === undefined ? undefined : width / heads;
  const keyWidth = measure("attention.key_length") ?? headWidth;
  const valueWidth = measure("attention.value_length") ?? keyWidth;
  return keyWidth === undefined || valueWidth === undefined ? undefined : Math.round(layers * keyHeads * (keyWidth + valueWidth) * 2);
}

/** Leaves out what is undefined. */
function defined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as never;
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textIn(object: Json, key: string): string | undefined {
  const value = object[key];
  return typeof value === "string" && value !== "" ? value : undefined;
}

function numberIn(object: Json, key: string): number | undefined {
  const value = object[key];
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function textsIn(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one) => typeof one === "string") : [];
}
