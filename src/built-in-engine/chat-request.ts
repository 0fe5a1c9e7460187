import { isRecord } from "../base/guards";
import { type Think, type ThinkingLevel, thinkingLevels } from "../base/thoughts/levels";
import type { Failure } from "../protocol/failure";

/**
 * A message of a request. `thinking` of the last assistant turn is a finished thought that the
 * model goes on from.
 */
export interface WireMessage {
  readonly role: string;
  readonly content: string;
  readonly thinking?: string;
}

export interface GenerationOptions {
  readonly contextTokens?: number;
  readonly temperature: number;
  readonly topP: number;
  readonly topK: number;
  readonly minP: number;
  readonly repeatPenalty: number;
  readonly seed?: number;
  /** Tokens to write at most, thinking included; absent: as many as the window holds. */
  readonly maxTokens?: number;
  readonly stop: readonly string[];
}

export interface ChatRequest {
  readonly model: string;
  /** Names the chat while it goes on, so that its thought can be steered. */
  readonly id?: string;
  readonly messages: readonly WireMessage[];
  readonly stream: boolean;
  /** Absent: as the model was trained. */
  readonly think?: Think;
  readonly options: GenerationOptions;
  /** Answers that are wanted to the one prompt. */
  readonly samples: number;
  /** How long the model stays loaded afterwards, in milliseconds; Infinity for ever. */
  readonly keepAliveMs: number;
}

/** A request that is not as the API says; answered with the status. */
export class RequestError extends Error {
  constructor(
    readonly status: number,
    message: string,
    readonly failure?: Failure,
  ) {
    super(message);
    this.name = "RequestError";
  }
}

const unitMs: Readonly<Record<string, number>> = {
  ns: 1e-6,
  us: 1e-3,
  µs: 1e-3,
  ms: 1,
  s: 1000,
  m: 60_000,
  h: 3_600_000,
};
const defaultKeepAliveMs = 5 * 60_000;

/** `keep_alive`: a number of seconds, or a duration such as "1h30m"; negative is for ever. */
export function parseKeepAlive(value: unknown): number {
  if (value === undefined || value === null) return defaultKeepAliveMs;
  if (typeof value === "number" && Number.isFinite(value))
    return value < 0 ? Number.POSITIVE_INFINITY : value * 1000;
  if (typeof value === "string") {
    const match = /^(-?)((?:\d+(?:\.\d+)?(?:ns|us|µs|ms|s|m|h))+|0)$/.exec(value);
    if (match) {
      if (match[1] === "-") return Number.POSITIVE_INFINITY;
      let sum = 0;
      for (const [, amount, unit = ""] of value.matchAll(/(\d+(?:\.\d+)?)(ns|us|µs|ms|s|m|h)/g))
        sum += Number(amount) * (unitMs[unit] ?? 0);
      return sum;
    }
  }
  throw new RequestError(400, `time: invalid duration ${JSON.stringify(value)}`);
}

function parseMessages(value: unknown): WireMessage[] {
  if (value === undefined || value === null) return [];
  if (!Array.isArray(value)) throw new RequestError(400, "messages must be an array");
  return value.map((message: unknown) => {
    if (
      !isRecord(message) ||
      typeof message["role"] !== "string" ||
      (message["content"] !== undefined && typeof message["content"] !== "string")
    ) {
      throw new RequestError(400, "each message needs a role and a text");
    }
    const { role, content, thinking } = message;
    return {
      role: String(role),
      content: typeof content === "string" ? content : "",
      ...(typeof thinking === "string" && thinking !== "" && { thinking }),
    };
  });
}

const mostSamples = 16;

/** Absent: one answer, as the API knows it. */
function parseSamples(value: unknown): number {
  if (value === undefined) return 1;
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= mostSamples)
    return value;
  throw new RequestError(400, `thinkaloud_samples must be a number from 1 to ${mostSamples}`);
}

export function parseOptions(value: unknown): GenerationOptions {
  const options = isRecord(value) ? value : {};
  const number = (key: string): number | undefined => {
    const found = options[key];
    if (found === undefined || found === null) return undefined;
    if (typeof found !== "number" || !Number.isFinite(found))
      throw new RequestError(500, `option "${key}" must be a number`);
    return found;
  };
  const stop = options["stop"];
  const contextTokens = number("num_ctx");
  const seed = number("seed");
  const maxTokens = number("num_predict");
  return {
    temperature: number("temperature") ?? 0.8,
    topP: number("top_p") ?? 0.9,
    topK: number("top_k") ?? 40,
    minP: number("min_p") ?? 0,
    repeatPenalty: number("repeat_penalty") ?? 1,
    stop: (Array.isArray(stop) ? stop : [stop]).filter(
      (text): text is string => typeof text === "string" && text !== "",
    ),
    ...(contextTokens !== undefined &&
      contextTokens > 0 && { contextTokens: Math.trunc(contextTokens) }),
    ...(seed !== undefined && seed >= 0 && { seed: Math.trunc(seed) }),
    ...(maxTokens !== undefined && maxTokens >= 0 && { maxTokens: Math.trunc(maxTokens) }),
  };
}

function isLevel(value: unknown): value is ThinkingLevel {
  return thinkingLevels.some((level) => level === value);
}

/** Reads the model's name from any request's body. */
export function modelName(body: unknown): string {
  const name = isRecord(body) ? (body["model"] ?? body["name"]) : undefined;
  if (typeof name !== "string" || name === "") throw new RequestError(400, "model is required");
  return name;
}

/**
 * Reads the body of a chat request. `truncate` and `shift` are not read: this engine never drops a
 * part of a prompt, whether asked to or not.
 *
 * @throws RequestError in the daemon's words.
 */
export function parseChatRequest(body: unknown): ChatRequest {
  if (!isRecord(body)) throw new RequestError(400, "missing request body");
  const think = body["think"];
  if (think !== undefined && think !== null && typeof think !== "boolean" && !isLevel(think)) {
    throw new RequestError(
      400,
      `invalid think value: ${JSON.stringify(think)} (must be "high", "medium", "low", "max", true, or false)`,
    );
  }
  const id = body["thinkaloud_id"];
  return {
    model: modelName(body),
    ...(typeof id === "string" && id !== "" && { id }),
    messages: parseMessages(body["messages"]),
    stream: body["stream"] !== false,
    options: parseOptions(body["options"]),
    samples: parseSamples(body["thinkaloud_samples"]),
    keepAliveMs: parseKeepAlive(body["keep_alive"]),
    ...(think !== undefined && think !== null && { think }),
  };
}
