import { FailureError } from "../../core/failure-error";
import type { ChatRequest, LanguageModel, ModelEvent } from "../../core/model/language-model";
import type { Failure } from "../../protocol/failure";

/** Gives back what a failed answer really means, known to whoever runs the model. */
export type HearFailure = (failure: Failure, request: ChatRequest) => Promise<Failure> | Failure;

/**
 * The same server, whose failed answers are heard of: whoever found the model learns so that it may
 * be gone, without every caller having to tell. Everything else goes to the server itself.
 */
export function watched<Server extends LanguageModel>(server: Server, heard: HearFailure): Server {
  async function* chat(
    request: ChatRequest,
    signal: AbortSignal,
  ): AsyncGenerator<ModelEvent, void, void> {
    try {
      yield* server.chat(request, signal);
    } catch (thrown) {
      if (!(thrown instanceof FailureError)) throw thrown;
      throw new FailureError(await heard(thrown.failure, request), { cause: thrown });
    }
  }
  return new Proxy(server, {
    get(target, name) {
      if (name === "chat") return chat;
      const value: unknown = Reflect.get(target, name);
      return typeof value === "function" ? value.bind(target) : value;
    },
  });
}
