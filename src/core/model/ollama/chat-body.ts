import { defined } from "../../../base/defined";
import { keepAliveOnWire } from "../../../base/keep-alive";
import { givenTurn } from "../../../base/thoughts/given-turn";
import { commonForm } from "../../../base/thoughts/marks";
import type { ChatRequest, ModelDetails, SamplingOptions } from "../language-model";
import { isReasoningModel } from "./model-details";

/** What DeepSeek recommends for R1; the daemon's own default (0.8) makes such models ramble. */
const reasoningSampling = { temperature: 0.6, topP: 0.95 } as const satisfies SamplingOptions;

/** The body of a chat request as it goes over the wire. */
export interface ChatBody {
  readonly model: string;
  readonly messages: { role: string; content: string }[];
  readonly stream: true;
  readonly truncate: false;
  readonly shift: false;
  readonly options: Record<string, number>;
  readonly think?: boolean;
  readonly keep_alive?: number | string;
}

/**
 * `truncate` and `shift` are refused always, so that the daemon reports what does not fit and drops nothing; one that does not know
 * them ignores them. `think` is named only to a model that can think: others answer 400.
 */
export function chatBody(request: ChatRequest, details: ModelDetails, canThink: boolean): ChatBody {
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
    shift: false,
    options: options(request, details),
    ...defined({
      think: canThink ? request.think : undefined,
      keep_alive: request.keepAlive === undefined ? undefined : keepAliveOnWire(request.keepAlive),
    }),
  };
}

function options(request: ChatRequest, details: ModelDetails): Record<string, number> {
  const { sampling } = request;
  const fallback: SamplingOptions = isReasoningModel(request.model, details)
    ? reasoningSampling
    : {};
  const temperature =
    sampling.temperature ??
    (details.sampling.temperature === undefined ? fallback.temperature : undefined);
  const topP = sampling.topP ?? (details.sampling.topP === undefined ? fallback.topP : undefined);
  return {
    num_ctx: request.contextTokens,
    ...defined({ temperature, top_p: topP, seed: sampling.seed, num_predict: sampling.maxTokens }),
  };
}
