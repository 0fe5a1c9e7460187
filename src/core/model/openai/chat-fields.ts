import { defined } from "../../../base/defined";
import type { Think, ThinkingLevel } from "../../../base/thoughts/levels";
import type { ChatRequest } from "../language-model";
import { fallbackSampling } from "../reasoning-sampling";
import type { WireTurns } from "./continued-turn";
import type { ServerKind } from "./server-kinds";

/** The body of a chat request. What a server may refuse is left out when it did so before. */
export type ChatFields = Readonly<Record<string, unknown>>;

/**
 * What goes along with the model and the messages, in the order in which strict servers are likely
 * to know it.
 */
export function chatFields(
  request: ChatRequest,
  kind: ServerKind,
  turns: WireTurns,
  thinks: boolean,
  levels: readonly ThinkingLevel[],
): ChatFields {
  const { sampling } = request;
  const fallback = fallbackSampling(thinks, {});
  const isThinking = thinks && request.think !== false;
  const level = levelFor(request.think, levels);
  return {
    model: request.model,
    messages: turns.messages,
    stream: true,
    stream_options: { include_usage: true },
    ...defined({
      temperature: sampling.temperature ?? fallback.temperature,
      top_p: sampling.topP ?? fallback.topP,
      seed: sampling.seed,
      max_tokens: sampling.maxTokens,
      repeat_penalty: kind.penalisesRepeats
        ? (sampling.repeatPenalty ?? fallback.repeatPenalty)
        : undefined,
      // Two names for the same: Qwen, GLM and Nemotron know the first, DeepSeek and Granite the
      // second.
      chat_template_kwargs: kind.takesTemplateArguments
        ? {
            enable_thinking: isThinking,
            thinking: isThinking,
            ...defined({ reasoning_effort: level }),
            ...(isThinking || !/seed-oss/i.test(request.model) ? {} : { thinking_budget: 0 }),
          }
        : undefined,
      reasoning_effort: level ?? (thinks && !isThinking ? kind.noEffort : undefined),
      ...budgetFields(request, kind, thinks),
      return_progress: kind.tellsProgress,
      reasoning_control: kind.endsThoughts && isThinking ? true : undefined,
    }),
    ...turns.fields,
  };
}

function budgetFields(
  { think, thoughtTokens }: ChatRequest,
  { noBudget = [], budget }: ServerKind,
  thinks: boolean,
): ChatFields {
  if (!thinks) return {};
  if (think === false) return Object.fromEntries(noBudget.map((name) => [name, 0]));
  return budget === undefined ? {} : { [budget]: thoughtTokens };
}

/** A model with levels cannot be told not to think, but to think little. */
function levelFor(think: Think, levels: readonly ThinkingLevel[]): ThinkingLevel | undefined {
  if (think === false) return levels[0] === "low" ? "low" : undefined;
  return think === true || !levels.includes(think) ? undefined : think;
}

/** Without these there is no request. */
const needed = new Set(["model", "messages", "stream"]);
/** What the first of these servers knew; a field that is not among them is an extension. */
const standard = new Set([
  ...needed,
  "stream_options",
  "temperature",
  "top_p",
  "seed",
  "max_tokens",
]);

/**
 * The fields that a refusal is about: those that it names, else all that not every server knows.
 * Empty: it is about something else.
 * @param refusal all that the server said.
 */
export function refusedFields(fields: ChatFields, refusal: string): readonly string[] {
  const sent = Object.keys(fields).filter((name) => !needed.has(name));
  const named = sent.filter((name) => new RegExp(`\\b${name}\\b`).test(refusal));
  if (named.length > 0) return named;
  return sent.filter((name) => !standard.has(name));
}
