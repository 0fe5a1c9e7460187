import { defined } from "../../../base/defined";
import { isRecord, type Json } from "../../../base/guards";
import { architectureNumber, cacheBytesPerToken } from "../../../base/model-memory";
import { levelsByName, levelsIn } from "../../../base/thoughts/levels";
import {
  harmony,
  type ThoughtForm,
  thoughtFormByName,
  thoughtFormIn,
} from "../../../base/thoughts/marks";
import { fullName, remoteHostOf } from "../cloud-models";
import type {
  ChatRequest,
  LoadedModel,
  ModelDetails,
  ModelInfo,
  SamplingOptions,
} from "../language-model";

/** Reads one entry of the daemon's model list; undefined when it has no name. */
export function modelInfoOf(entry: unknown): ModelInfo | undefined {
  if (!isRecord(entry)) return undefined;
  const name = textIn(entry, "name") ?? textIn(entry, "model");
  if (name === undefined) return undefined;
  const details = isRecord(entry["details"]) ? entry["details"] : {};
  const parameterSize = textIn(details, "parameter_size");
  const family = textIn(details, "family");
  const remoteHost = remoteHostOf(name, entry["remote_host"]);
  const contextTokens = numberIn(details, "context_length");
  return {
    name,
    bytes: numberIn(entry, "size") ?? 0,
    capabilities: textsIn(entry["capabilities"]),
    ...defined({ parameterSize, family, remoteHost, contextTokens }),
  };
}

/** Reads one entry of the daemon's list of loaded models. */
export function loadedModelOf(entry: unknown): LoadedModel | undefined {
  if (!isRecord(entry)) return undefined;
  const name = textIn(entry, "name") ?? textIn(entry, "model");
  if (name === undefined) return undefined;
  return {
    name,
    bytes: numberIn(entry, "size") ?? 0,
    ...defined({ contextTokens: numberIn(entry, "context_length") }),
  };
}

/** Whether a request has its model loaded first, or loaded anew with another window. */
export function mustBeLoaded(
  { model, contextTokens }: ChatRequest,
  { trainedContextTokens = contextTokens }: ModelDetails,
  loaded: readonly LoadedModel[],
): boolean {
  const found = loaded.find(({ name }) => fullName(name) === fullName(model));
  const allocated = found?.contextTokens;
  const wanted = Math.min(contextTokens, trainedContextTokens);
  return found === undefined || (allocated !== undefined && allocated !== wanted);
}

/** Reads what the daemon tells about a model. */
export function modelDetailsOf(name: string, shown: unknown): ModelDetails {
  const answer = isRecord(shown) ? shown : {};
  const measures = isRecord(answer["model_info"]) ? answer["model_info"] : {};
  const parameters = parameterLines(answer["parameters"]);
  const architecture = textIn(measures, "general.architecture");
  const capabilities = textsIn(answer["capabilities"]);
  const family =
    (isRecord(answer["details"]) ? textIn(answer["details"], "family") : undefined) ?? architecture;
  // The built-in engine can make any model think; it tells which ones were trained to.
  const nativeThinking = measures["thinkaloud.native_thinking"];
  return {
    capabilities,
    sampling: samplingOf(parameters),
    ...defined({
      trainedContextTokens: architectureNumber(measures, "context_length"),
      configuredContextTokens: parameters.get("num_ctx"),
      family,
      remoteHost: remoteHostOf(name, answer["remote_host"]),
      pools: (numberIn(measures, `${architecture}.pooling_type`) ?? 0) > 0 ? true : undefined,
      hasChatTemplate: hasChatTemplate(answer["template"], measures["tokenizer.chat_template"]),
      thoughtForm: thoughtForm(name, answer["template"], measures["tokenizer.chat_template"]),
      graphicsFailed: measures["thinkaloud.graphics_failed"] === true ? true : undefined,
      levels: levels(name, answer["template"], measures["tokenizer.chat_template"]),
      nativeThinking: typeof nativeThinking === "boolean" ? nativeThinking : undefined,
      cacheBytesPerToken: cacheBytesPerToken(measures),
    }),
  };
}

function levels(name: string, ...templates: readonly unknown[]) {
  const found = templates.flatMap((each) => (typeof each === "string" ? levelsIn(each) : []));
  const all = found.length > 0 ? [...new Set(found)] : levelsByName(name);
  return all.length > 0 ? all : undefined;
}

/** The daemon's own template goes before the one in the model's file. */
function thoughtForm(name: string, template: unknown, own: unknown): ThoughtForm | undefined {
  for (const text of [template, own]) {
    const form = typeof text === "string" ? thoughtFormIn(text) : undefined;
    // The daemon writes harmony's headers itself, whatever stands in a turn.
    if (form !== undefined && !form.open.startsWith(harmony.channel)) return form;
  }
  return thoughtFormByName(name);
}

/** The daemon's template for a model of which nothing is known is the prompt alone. */
function hasChatTemplate(template: unknown, own: unknown): boolean | undefined {
  if (typeof own === "string" && own !== "") return true;
  if (typeof template !== "string" || template === "") return undefined;
  return !/^\s*\{\{-?\s*\.Prompt\s*-?\}\}\s*$/.test(template);
}

/**
 * Whether the model reasons before it answers, so that the sampling made for such models fits it.
 */
export function isReasoningModel(name: string, details: ModelDetails): boolean {
  return (
    details.capabilities.includes("thinking") ||
    /(^|[-_/])r1([-_:.]|$)/i.test(name.replace(/-cloud$/i, ""))
  );
}

/** The daemon names its parameters line by line: the name, spaces, the value. */
function parameterLines(text: unknown): Map<string, number> {
  const found = new Map<string, number>();
  if (typeof text !== "string") return found;
  for (const line of text.split("\n")) {
    const [, name, value] = /^\s*(\w+)\s+(-?[\d.]+(?:e-?\d+)?)\s*$/i.exec(line) ?? [];
    if (name !== undefined && value !== undefined && Number.isFinite(Number(value)))
      found.set(name, Number(value));
  }
  return found;
}

function samplingOf(parameters: ReadonlyMap<string, number>): SamplingOptions {
  return defined({
    temperature: parameters.get("temperature"),
    topP: parameters.get("top_p"),
    repeatPenalty: parameters.get("repeat_penalty"),
    seed: parameters.get("seed"),
    maxTokens: parameters.get("num_predict"),
  });
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
