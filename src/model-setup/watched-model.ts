import { FailureError } from "../core/failure-error";
import type { ChatRequest, LanguageModel } from "../core/model/language-model";
import type { Failure } from "../protocol/failure";

/**
 * The same model, whose failed answers are heard of: whoever found the model learns so that it may be gone, without every caller
 * having to tell.
 * @param heard gives back what the failure really means, known to whoever runs the model.
 */
export function watchedModel(
  model: LanguageModel,
  heard: (failure: Failure, request: ChatRequest) => Promise<Failure> | Failure,
): LanguageModel {
  return {
    endpoint: model.endpoint,
    version: (signal) => model.version(signal),
    list: (signal) => model.list(signal),
    describe: (name, signal) => model.describe(name, signal),
    loaded: (signal) => model.loaded(signal),
    pull: (name, signal) => model.pull(name, signal),
    unload: (name, signal) => model.unload(name, signal),
    async *chat(request, signal) {
      try {
        yield* model.chat(request, signal);
      } catch (thrown) {
        if (!(thrown instanceof FailureError)) throw thrown;
        throw new FailureError(await heard(thrown.failure, request), { cause: thrown });
      }
    },
  };
}
