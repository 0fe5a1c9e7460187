import { defined } from "../../../base/defined";
import { keepAliveOnWire } from "../../../base/keep-alive";
import { givenTurn } from "../../../base/thoughts/given-turn";
import { levelsByName, type Think } from "../../../base/thoughts/levels";
import { commonForm } from "../../../base/thoughts/marks";
import type { ChatRequest, ModelDetails } from "../language-model";
import { fallbackSampling, noRepeatPenalty } from "../reasoning-sampling";
import { isReasoningModel } from "./model-details";
import { hasTrait } from "./releases";

export interface Daemon {
  readonly canThink: boolean;
  /** Of Ollama, where it is known; absent for the built-in engine. */
  readonly version?: string | undefined;
}

/** The body of a chat request as it goes over the wire. */
export interface ChatBody {
  readonly model: string;
  readonly messages: { role: string; content: string }[];
  readonly stream: true;
  readonly truncate: false;
  readonly shift?: false;
  readonly options: Record<string, number | readonly string[]>;
  readonly think?: Think;
  readonly keep_alive?: number | string;
}

/**
 * `truncate` and `shift` are refused, so that the daemon reports what does not fit and drops
 * nothing; one that does not know them ignores them. A release that would read every prompt anew
 * for it is not asked: it reports what does not fit without it, too. `think` is named only to a
 * model that can think: others answer 400.
 */
export function chatBody(
  request: ChatRequest,
  details: ModelDetails,
  { canThink, version }: Daemon,
): ChatBody {
  return {
    model: request.model,
    messages: request.messages.map(({ role, content }, index) => ({
      role,
      content:
        role === "assistant" && index === request.messages.length - 1
          ? givenTurn(content, details.thoughtForm ?? commonForm)
          : content,
    })),
    stream: true,
    truncate: false,
    options: options(request, details),
    ...defined({
      shift: hasTrait(version, "losesCacheWithoutShift") ? undefined : (false as const),
      think: canThink ? thinkOnWire(request, details, version) : undefined,
      keep_alive: request.keepAlive === undefined ? undefined : keepAliveOnWire(request.keepAlive),
    }),
  };
}

/**
 * A level only where the model has it and the daemon knows it; a model with levels cannot be told
 * not to think, but to think little.
 */
function thinkOnWire(
  { think, model }: ChatRequest,
  details: ModelDetails,
  version: string | undefined,
): Think {
  const refusesLevels = hasTrait(version, "refusesLevels") && levelsByName(model).length === 0;
  const levels = refusesLevels ? [] : (details.levels ?? []);
  const [least] = levels;
  if (think === false) return least === "low" ? least : false;
  if (think === true) return true;
  if (!levels.includes(think)) return true;
  return think === "max" && version !== undefined && !hasTrait(version, "knowsMax")
    ? "high"
    : think;
}

function options(request: ChatRequest, details: ModelDetails): Record<string, number> {
  const { sampling } = request;
  const own = details.sampling;
  const fallback = fallbackSampling(isReasoningModel(request.model, details), details);
  return {
    num_ctx: request.contextTokens,
    ...defined({
      temperature:
        sampling.temperature ?? (own.temperature === undefined ? fallback.temperature : undefined),
      top_p: sampling.topP ?? (own.topP === undefined ? fallback.topP : undefined),
      repeat_penalty:
        sampling.repeatPenalty ??
        (own.repeatPenalty === undefined ? (fallback.repeatPenalty ?? noRepeatPenalty) : undefined),
      seed: sampling.seed,
      num_predict: sampling.maxTokens,
    }),
  };
}
