import type { Log } from "../../core/log";
import type { LanguageModel, ModelDaemon, ModelServer } from "../../core/model/language-model";
import type { Address } from "../../core/model/normalise-endpoint";
import { OllamaModel } from "../../core/model/ollama/ollama-model";
import type { RouteTo } from "../../core/model/route";
import type { Failure } from "../../protocol/failure";
import type { EngineEndpoint } from "../engine/engine-process";
import { builtInEndpoint } from "../home";
import { type ChosenServer, type EndpointKind, nameOf } from "../settings/endpoints";
import { failureInEngine, saidByEngine } from "./told-failure";
import { watched } from "./watched";

export interface ClientParts {
  readonly log: Log;
  /** What the person entered for an endpoint, as the value of an `Authorization` header. */
  credentials(endpoint: string): Promise<string | undefined>;
  readonly routeTo: RouteTo;
  /** How the engine's process ended, when it did. */
  crash(): string | undefined;
  /** An answer of a model failed. */
  onFailure(failure: Failure, model: string, home: string): void;
}

/**
 * One client for each server and one for the engine, kept while they stay where they are, since
 * each keeps what it learnt about models.
 */
export class ModelClients {
  readonly #parts: ClientParts;
  readonly #daemons = new Map<string, ModelDaemon>();
  readonly #servers = new Map<string, ModelServer>();
  #engine: { readonly place: EngineEndpoint; readonly model: ModelDaemon } | undefined;

  constructor(parts: ClientParts) {
    this.#parts = parts;
  }

  ollamaAt(address: Address): ModelDaemon {
    const { endpoint } = address;
    const known = this.#daemons.get(endpoint);
    if (known !== undefined) return known;
    const authorization = async () =>
      (await this.#parts.credentials(endpoint)) ?? address.authorization;
    const { log, routeTo } = this.#parts;
    const model = watched(
      new OllamaModel({ endpoint, authorization, log, routeTo }),
      (failure, request) => {
        this.#parts.onFailure(failure, request.model, endpoint);
        return failure;
      },
    );
    this.#daemons.set(endpoint, model);
    return model;
  }

  /** A client for the server of an entry; Ollama's is the daemon's. */
  async serverAt(server: ChosenServer): Promise<ModelServer> {
    const { kind, address } = server;
    if (kind === "ollama") return this.ollamaAt(address);
    const { endpoint } = address;
    const known = this.#servers.get(endpoint);
    if (known !== undefined) return known;
    const model = watched(await this.#newClient(kind, address), (failure, request) => {
      this.#parts.onFailure(failure, request.model, endpoint);
      return { ...failure, server: nameOf(server) };
    });
    this.#servers.set(endpoint, model);
    return model;
  }

  /** Each is loaded when it is first needed: most people have no such server. */
  async #newClient(kind: Exclude<EndpointKind, "ollama">, address: Address): Promise<ModelServer> {
    const { endpoint } = address;
    const { routeTo } = this.#parts;
    const authorization = async () =>
      (await this.#parts.credentials(endpoint)) ?? address.authorization;
    switch (kind) {
      case "openai": {
        const { OpenAiModel } = await import("../../core/model/openai/openai-model");
        return new OpenAiModel({ endpoint, authorization, routeTo });
      }
      default:
        return kind satisfies never;
    }
  }

  engineAt(place: EngineEndpoint): ModelDaemon {
    if (this.#engine?.place !== place) {
      const { endpoint, headers } = place;
      const model = new OllamaModel({ endpoint, headers, steers: true, log: this.#parts.log });
      const heard = watched(model, async (failure, request) => {
        const told = await failureInEngine(failure, () => this.#parts.crash());
        this.#parts.onFailure(told, request.model, builtInEndpoint);
        return saidByEngine(told);
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
    this.#daemons.clear();
    this.#servers.clear();
    this.#engine = undefined;
  }
}
