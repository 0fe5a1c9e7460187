import { fullName, refuseUnallowedCloudModel } from "../cloud-models";
import type { ChatRequest, ModelDetails } from "../language-model";
import { modelDetailsOf } from "./model-details";
import type { OllamaClient } from "./ollama-client";

interface Known {
  details?: ModelDetails;
  /** Although it is listed as able to. */
  refusesToThink?: boolean;
  /** How its thoughts arrived. */
  arrival?: "field" | "marks";
}

/**
 * What a server told of its models, or showed of them, since it was reached; what follows from it
 * for a request.
 */
export class KnownModels {
  readonly #byName = new Map<string, Known>();
  readonly #client: OllamaClient;

  constructor(client: OllamaClient) {
    this.#client = client;
  }

  /** To be read and added to. */
  of(model: string): Known {
    const name = fullName(model);
    const known = this.#byName.get(name) ?? {};
    this.#byName.set(name, known);
    return known;
  }

  /** The model is another one from now on, or none. */
  forget(model: string): void {
    this.#byName.delete(fullName(model));
  }

  /**
   * Asked once per model; the answer is kept until the model is pulled again or turns out to be
   * gone.
   */
  async describe(model: string, signal?: AbortSignal): Promise<ModelDetails> {
    const { details } = this.of(model);
    if (details !== undefined) return details;
    const shown = await this.#client.ask({ model }, signal, (client) => client.show({ model }));
    const told = modelDetailsOf(model, shown);
    this.of(model).details = told;
    return told;
  }

  /** What is known of a model that may be asked. Throws FailureError for one that may not. */
  async allowed(
    { model, allowedCloudModels = [] }: Pick<ChatRequest, "model" | "allowedCloudModels">,
    signal: AbortSignal,
  ): Promise<ModelDetails> {
    signal.throwIfAborted();
    // By name first: even the question about a cloud model leaves the machine.
    refuseUnallowedCloudModel(model, undefined, allowedCloudModels);
    const details = await this.describe(model, signal);
    refuseUnallowedCloudModel(model, details.remoteHost, allowedCloudModels);
    return details;
  }

  canThink(model: string, { capabilities }: ModelDetails): boolean {
    return capabilities.includes("thinking") && !this.of(model).refusesToThink;
  }
}
