import { RequestError } from "./chat-request";
import type { Generation } from "./writing/generate";

const nanoseconds = 1e6;

/** The overflow as the daemon reports it: an error text that is itself JSON. */
export function overflow(promptTokens: number, contextTokens: number): RequestError {
  const error = {
    code: 400,
    message: `request (${promptTokens} tokens) exceeds the available context size (${contextTokens} tokens), try increasing it`,
    type: "exceed_context_size_error",
    n_prompt_tokens: promptTokens,
    n_ctx: contextTokens,
  };
  return new RequestError(400, JSON.stringify({ error }), {
    kind: "contextOverflow",
    promptTokens,
    contextTokens,
  });
}

/** What a request took, as the daemon tells it. @param startedAt in `performance.now()`. */
export function metrics(startedAt: number, loadedAt: number, generation: Generation): object {
  const ns = (ms: number): number => Math.round(ms * nanoseconds);
  return {
    total_duration: ns(performance.now() - startedAt),
    load_duration: ns(loadedAt - startedAt),
    prompt_eval_count: generation.promptTokens,
    prompt_eval_duration: ns(generation.promptMs),
    eval_count: generation.answerTokens,
    eval_duration: ns(generation.answerMs),
    thinkaloud_cached_count: generation.cachedTokens,
  };
}
