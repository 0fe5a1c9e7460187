import { FailureError } from "../core/failure-error";
import { refuseUnallowedCloudModel } from "../core/model/cloud-models";
import type { LanguageModel, ModelDaemon, ModelServer } from "../core/model/language-model";
import { isLoopback } from "../core/model/normalise-endpoint";
import { modelNameOf, strangeHostOf } from "../core/model/ollama/model-name";
import type { Failure } from "../protocol/failure";
import type { Setup } from "../protocol/setup";
import { downloadedModels, isInPackages } from "./built-in-offer";
import type { ConnectorOptions } from "./connector-options";
import type { ContextSizes } from "./context-sizes";
import { detectServer } from "./detect-server";
import { ollamaStore } from "./disk-room";
import type { ChosenServer } from "./endpoints";
import type { EngineEndpoint } from "./engine-process";
import { type Found, findModel, type Surroundings, startInstalledOllama } from "./find-model";
import type { GraphicsBuild } from "./graphics-builds";
import { installBuiltIn, installModel } from "./install-model";
import { readMemory } from "./memory";
import { ModelClients } from "./model-clients";
import { Network, plainNetwork } from "./network";
import { refuseForbidden } from "./policy";
import { setupOfFailure, setupOfFound } from "./setup-of";

export interface WorkParts extends ConnectorOptions {
  readonly sizes: ContextSizes;
  /** Whether the person agreed to the built-in engine. */
  agreed(): boolean;
  /** Ollama at its address of now. @throws FailureError invalidEndpoint. */
  chosenOllama(): ChosenServer;
  /** How far a piece of work is. */
  tell(setup: Setup): void;
  /** An answer of a model failed. */
  onFailure(failure: Failure, model: string, home: string): void;
}

/** What a connector does with servers, the engine and their models: reaches, searches, installs, fetches. Settings are read at every use. */
export class ModelWork {
  readonly #parts: WorkParts;
  readonly #clients: ModelClients;

  constructor(parts: WorkParts) {
    this.#parts = parts;
    const { env = process.env, log, engine } = parts;
    const network = parts.network ?? new Network(() => plainNetwork, env, log);
    this.#clients = new ModelClients({
      log,
      crash: () => engine?.crash(),
      credentials: async (endpoint) => parts.credentials?.(endpoint),
      routeTo: (endpoint) => network.routeTo(endpoint),
      onFailure: parts.onFailure,
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

  setupOfFailure(failure: Failure, hubReachable: boolean): Promise<Setup> {
    return setupOfFailure(failure, this.#around(), hubReachable);
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
    const { folders, settings } = this.#parts;
    return downloadedModels(folders.models, settings().modelFile);
  }

  isInPackages(modelId: string): boolean {
    return isInPackages(modelId);
  }

  installBuiltIn(modelId: string, signal: AbortSignal): Promise<void> {
    return installBuiltIn(this.#around(), modelId, this.#parts.tell, signal);
  }

  async installGraphics(gpu: GraphicsBuild["gpu"], signal: AbortSignal): Promise<void> {
    const { engine, tell } = this.#parts;
    if (engine === undefined)
      throw new FailureError({ kind: "engineNotInstalled", cause: "there is none in this build" });
    tell({ kind: "installing", what: "Installing the engine" });
    await engine.install(signal, (what) => tell({ kind: "installing", what }), gpu);
  }

  /** @param agreedHost the host in the name, where the person read it and said yes. */
  async pullIntoOllama(
    name: string,
    agreedHost: string | undefined,
    signal: AbortSignal,
  ): Promise<void> {
    const { settings, tell, env = process.env } = this.#parts;
    refuseUnfit(name, agreedHost, settings().allowedCloudModels);
    const model = this.ollama();
    const store = isLoopback(model.endpoint) ? { store: ollamaStore(env) } : {};
    await installModel({ model, name, label: name, tell, ...store }, signal);
  }

  async startOllama(signal: AbortSignal): Promise<void> {
    const model = this.ollama();
    this.#parts.tell({ kind: "installing", what: "Starting Ollama" });
    if (await startInstalledOllama(this.#around(), model, signal)) return;
    throw new FailureError({
      kind: "daemonUnreachable",
      endpoint: model.endpoint,
      cause: "Ollama was not found on this machine",
    });
  }

  /** Ollama at its address of now. @throws FailureError policyForbids, invalidEndpoint. */
  ollama(): ModelDaemon {
    return this.#clients.ollamaAt(this.#allowed(this.#parts.chosenOllama()).address);
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
    refuseForbidden(server.address.endpoint, this.#parts.settings().policy);
    return server;
  }

  #around(): Surroundings {
    const {
      settings,
      env = process.env,
      folders,
      engine,
      consent,
      log,
      memory = readMemory,
    } = this.#parts;
    return {
      settings: settings(),
      env,
      folders,
      engine,
      builtInAgreed: this.#parts.agreed(),
      startAgreed: consent.startOllama?.() ?? false,
      sizes: this.#parts.sizes,
      log,
      memory: () => memory(),
      ollamaAt: (address) => this.#clients.ollamaAt(address),
      serverAt: (server) => this.#clients.serverAt(server),
      engineAt: (place) => this.#clients.engineAt(place),
    };
  }
}

/** A name may come from a file in the folder that is open: what it has fetched, and from where, is decided by the person. */
function refuseUnfit(
  model: string,
  agreedHost: string | undefined,
  allowedCloudModels: readonly string[],
): void {
  const name = modelNameOf(model);
  if (name === undefined) throw new FailureError({ kind: "pullRefused", model });
  const host = strangeHostOf(name);
  if (host !== undefined && host !== agreedHost)
    throw new FailureError({ kind: "pullRefused", model, host });
  refuseUnallowedCloudModel(model, undefined, allowedCloudModels);
}
