import type { ChatRequest, LanguageModel, ModelEvent } from "../../model/language-model";
import { EventQueue } from "../event-queue";
import type { Move } from "../interventions";

/** What comes to a chat. `over`: a request ended, well or not. */
export type Arrival =
  | { readonly kind: "model"; readonly event: ModelEvent }
  | { readonly kind: "over"; readonly failure?: { readonly thrown: unknown } }
  | { readonly kind: "move"; readonly move: Move }
  | { readonly kind: "timeUp" };

/** Everything that comes to a chat, from the model, the person and the clock, in one row. */
export class Arrivals {
  readonly #queue = new EventQueue<{ readonly arrival: Arrival; readonly of?: ChatRequest }>();

  push(arrival: Extract<Arrival, { kind: "move" | "timeUp" }>): void {
    this.#queue.push({ arrival });
  }

  /** What comes while a request goes on; the request ends when nobody listens any more. */
  async *during(
    request: ChatRequest,
    model: LanguageModel,
    signal: AbortSignal,
  ): AsyncGenerator<Arrival, void, void> {
    const left = new AbortController();
    const pump = this.#pump(request, model, AbortSignal.any([signal, left.signal]));
    try {
      // What an earlier request still brought is nobody's affair.
      for await (const { arrival, of = request } of this.#queue) if (of === request) yield arrival;
    } finally {
      left.abort();
      await pump;
    }
  }

  async #pump(request: ChatRequest, model: LanguageModel, signal: AbortSignal): Promise<void> {
    const push = (arrival: Arrival): void => this.#queue.push({ arrival, of: request });
    try {
      for await (const event of model.chat(request, signal)) push({ kind: "model", event });
      push({ kind: "over" });
    } catch (thrown) {
      push({ kind: "over", failure: { thrown } });
    }
  }
}
