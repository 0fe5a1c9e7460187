import { type ThinkingLevel, thinkingLevels } from "../../base/thoughts/levels";
import { type EndpointSettings, readEndpoints } from "./endpoints";
import { noPolicy, type Policy, readPolicy } from "./policy";

/** What the person may set about the model and who runs it. */
export interface ModelSettings extends EndpointSettings {
  readonly policy: Policy;
  /** `server`: the one at `endpoint`, and never the built-in engine. */
  readonly engine: "auto" | "server" | "builtin";
  /** Empty: the best reasoning model that is there. */
  readonly model: string;
  /** Absolute path of a GGUF file for the built-in engine; empty: none. */
  readonly modelFile: string;
  /** 0: what is loaded already, else what fits this machine. */
  readonly contextTokens: number;
  readonly thinking: "auto" | "off" | ThinkingLevel;
  /** `10m`, `1h`, `0` or `-1`. */
  readonly keepAlive: string;
  /** Full names of models that may run off this machine. */
  readonly allowedCloudModels: readonly string[];
}

export const defaultModelSettings: ModelSettings = {
  endpoint: "",
  endpoints: [],
  policy: noPolicy,
  engine: "auto",
  model: "",
  modelFile: "",
  contextTokens: 0,
  thinking: "auto",
  keepAlive: "10m",
  allowedCloudModels: [],
};

export type RawModelSettings = { readonly [Key in keyof ModelSettings]?: unknown };

export interface ReadSettings {
  readonly settings: ModelSettings;
  /** A sentence for every value that could not be used. */
  readonly problems: readonly string[];
}

const minContextTokens = 512;
const maxContextTokens = 1_048_576;
const maxTextCharacters = 4_096;
const keepAlivePattern = /^(?:-1|0|\d{1,9}(?:ms|s|m|h))$/;

/**
 * Reads values that anyone may have written: what is absent or cannot be used takes its default,
 * the latter with a sentence about it.
 */
export function readModelSettings(raw: RawModelSettings): ReadSettings {
  const problems: string[] = [];

  const refuse = (key: keyof ModelSettings, wanted: string): void => {
    problems.push(`The setting "${key}" must be ${wanted}; its default is used instead.`);
  };
  const text = (key: "endpoint" | "model" | "modelFile"): string => {
    const value = raw[key];
    if (value === undefined || value === null) return "";
    // A control character has no place in an address, a name or a path, and would forge lines in
    // the log.
    if (
      typeof value === "string" &&
      value.length <= maxTextCharacters &&
      !/\p{Cc}/u.test(value.trim())
    )
      return value.trim();
    refuse(key, "a line of text");
    return "";
  };
  const oneOf = <Value extends string>(
    key: keyof ModelSettings,
    values: readonly Value[],
    fallback: Value,
  ): Value => {
    const value = raw[key];
    if (value === undefined || value === null) return fallback;
    const found = values.find((each) => each === value);
    if (found === undefined) refuse(key, `one of ${values.join(", ")}`);
    return found ?? fallback;
  };
  const contextTokens = (): number => {
    const value = raw.contextTokens;
    if (value === undefined || value === null) return 0;
    if (
      typeof value === "number" &&
      Number.isInteger(value) &&
      (value === 0 || (value >= minContextTokens && value <= maxContextTokens))
    ) {
      return value;
    }
    refuse("contextTokens", `0 or a whole number from ${minContextTokens} to ${maxContextTokens}`);
    return 0;
  };
  const keepAlive = (): string => {
    const value = raw.keepAlive;
    if (value === undefined || value === null || value === "")
      return defaultModelSettings.keepAlive;
    if (typeof value === "string" && keepAlivePattern.test(value.trim())) return value.trim();
    refuse("keepAlive", "a number with a unit, such as 10m, or 0, or -1");
    return defaultModelSettings.keepAlive;
  };
  const names = (): readonly string[] => {
    const value = raw.allowedCloudModels;
    if (value === undefined || value === null) return [];
    const list = Array.isArray(value)
      ? value.filter((each) => typeof each === "string" && each.trim() !== "")
      : [];
    if (!Array.isArray(value) || list.length < value.length)
      refuse("allowedCloudModels", "a list of model names");
    return list.map((each: string) => each.trim());
  };

  const { endpoints, problems: endpointProblems } = readEndpoints(raw.endpoints);
  const { policy, problems: policyProblems } = readPolicy(raw.policy);
  problems.push(...endpointProblems, ...policyProblems);
  const engine = oneOf("engine", ["auto", "ollama", "builtin"], "auto");
  const settings: ModelSettings = {
    endpoint: text("endpoint"),
    endpoints,
    policy,
    engine: engine === "ollama" ? "server" : engine,
    model: text("model"),
    modelFile: text("modelFile"),
    contextTokens: contextTokens(),
    thinking: oneOf("thinking", ["auto", "off", ...thinkingLevels], "auto"),
    keepAlive: keepAlive(),
    allowedCloudModels: policy.cloudModels === "never" ? [] : names(),
  };
  return { settings, problems };
}
