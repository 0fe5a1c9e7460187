import type { Log } from "../core/log";
import type { LanguageModel, ModelDaemon } from "../core/model/language-model";
import type { Address } from "../core/model/normalise-endpoint";
import { OllamaModel } from "../core/model/ollama/ollama-model";
import type { Failure } from "../protocol/failure";
import type { EngineEndpoint } from "./engine-process";
import { failureInEngine } from "./told-failure";
import { watched } from "./watched";

export interface ClientParts {
  readonly log: Log;
  /** What the person entered for an endpoint, as the value of an `Authorization` header. */
  credentials(endpoint: string): Promise<string | undefined>;
  /** How the engine's process ended, when it did. */
  crash(): string | undefined;
  /** An answer of a model failed. */
  onFailure(failure: Failure, model: string, engine: "ollama" | "builtin", endpoint: string): void;
}

/** One client for the daemon and one for the engine, kept while they stay where they are, since each keeps what it learnt about models. */
export class ModelClients {
  readonly #parts: ClientParts;
  #ollama: ModelDaemon | undefined;
  #engine: { readonly place: EngineEndpoint; readonly model: ModelDaemon } | undefined;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  ollamaAt(address: Address): ModelDaemon {
    const { endpoint } = address;
    if (this.#ollama?.endpoint !== endpoint) {
      const authorization = async () =>
        (await this.#parts.credentials(endpoint)) ?? address.authorization;
      const model = new OllamaModel({ endpoint, authorization, log: this.#parts.log });
      this.#ollama = watched(model, (failure, request) => {
        this.#parts.onFailure(failure, request.model, "ollama", endpoint);
        return failure;
      });
    }
    return this.#ollama;
  }

  engineAt(place: EngineEndpoint): ModelDaemon {
    if (this.#engine?.place !== place) {
      const { endpoint, headers } = place;
      const model = new OllamaModel({ endpoint, headers, steers: true, log: this.#parts.log });
      const heard = watched(model, async (failure, request) => {
        const told = await failureInEngine(failure, () => this.#parts.crash());
        this.#parts.onFailure(told, request.model, "builtin", endpoint);
        return told;
      });
      this.#engine = { place, model: heard };
    }
    return this.#engine.model;
  }

  /** Where the model runs, when it runs in the engine. */
  placeOf(model: LanguageModel): EngineEndpoint | undefined {
    return this.#engine?.model === model ? this.#engine.place : undefined;
  }

  /** The next clients know nothing of what these learnt. */
  forget(): void {
    this.#ollama = undefined;
    this.#engine = undefined;
  }
}
