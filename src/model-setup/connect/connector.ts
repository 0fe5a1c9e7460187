import { fullName } from "../../core/model/cloud-models";
import type { Connection } from "../../core/model/connection";
import type { ModelDaemon, ModelInfo } from "../../core/model/language-model";
import { readyIn, type Setup } from "../../protocol/setup";
import type { ConnectorOptions, KnownOptions } from "./connector-options";
import { connected, ModelSearch } from "./model-search";
import type { ModelWork } from "./model-work";
import { Servers } from "./servers";
import { SetupBoard } from "./setup-board";
import { SetupSteps } from "./setup-steps";

/** Finds, starts and sizes the model, keeps what it found, and tells how far things are. */
export class Connector {
  /** What one click does so that there is a model. */
  readonly steps: SetupSteps;
  readonly servers: Servers;
  readonly #options: KnownOptions;
  readonly #board = new SetupBoard();
  readonly #search: ModelSearch;
  readonly #end = new AbortController();
  #loaded: Promise<ModelWork> | undefined;

  constructor(options: ConnectorOptions) {
    this.#options = { env: process.env, ...options };
    const work = () => this.#work();
    const { signal: end } = this.#end;
    const board = this.#board;
    const forget = () => void this.#loaded?.then((loaded) => loaded.forget()).catch(() => {});
    this.#search = new ModelSearch({ options: this.#options, board, work, forget, end });
    this.steps = new SetupSteps({ board, search: this.#search, work, end });
    this.servers = new Servers(this.#options, work);
  }

  /** Loads what reaches models, so that the first request does not wait for it. Looks for none. */
  async prepare(): Promise<void> {
    await this.#work();
  }

  /** How far things are, as last seen. */
  get setup(): Setup {
    return this.#board.setup;
  }

  /** @returns a function that ends the subscription. */
  onSetup(listener: (setup: Setup) => void): () => void {
    return this.#board.subscribe(listener);
  }

  /**
   * A model that is ready to be asked, with the engine started where the person agreed to it.
   * Immediate when one was found lately.
   * @throws FailureError when there is none; the signal's reason when aborted.
   */
  async connect(signal: AbortSignal): Promise<Connection> {
    signal.throwIfAborted();
    return await this.#search.connect(signal);
  }

  /**
   * What was found last, if the settings are still the same; whether it still answers is not asked.
   */
  get atHand(): Connection | undefined {
    return this.#search.atHand;
  }

  /**
   * The same for a model that is named, whatever the settings name.
   * @param model on the chosen server, or in the built-in engine where that answers.
   */
  async connectTo(model: string, signal: AbortSignal): Promise<Connection> {
    const { setup } = this;
    if (setup.kind === "ready" && fullName(setup.model) === fullName(model))
      return this.connect(signal);
    const work = await this.#work();
    return connected(await work.find(true, AbortSignal.any([signal, this.#end.signal]), model));
  }

  /**
   * The models that {@link connectTo} could be asked for now: of who answers, and the built-in
   * engine's files where that is it. Starts nothing.
   */
  async offered(signal: AbortSignal): Promise<readonly ModelInfo[]> {
    const ready = readyIn(this.setup) ?? readyIn(await this.look(signal));
    if (ready === undefined) return [];
    if (ready.engine === "builtin") return (await this.#work()).downloaded();
    const server = await this.servers.at(this.servers.chosen);
    const { mayBeBase, withDetails } = await import("../find/with-details");
    return withDetails(server, await server.list(signal), signal, mayBeBase);
  }

  /**
   * Looks at everything anew without starting anything, and says how things are. Throws only the
   * signal's reason.
   */
  async look(signal: AbortSignal): Promise<Setup> {
    await this.#search.look(signal);
    return this.setup;
  }

  /** Forgets what was found, but no model's window. To be called when the settings changed. */
  invalidate(): void {
    this.#search.invalidate();
  }

  /**
   * Loads the model that answers now, with the window that requests ask for, so that it waits for
   * the first one. @throws FailureError.
   */
  async keepWarm(signal: AbortSignal): Promise<void> {
    const { model, name, contextTokens } = await this.connect(signal);
    if ("load" in model) await (model as ModelDaemon).load(name, contextTokens, signal);
  }

  /**
   * Ends all work and the engine's process. A daemon that was started for the person goes on: it is
   * theirs.
   */
  async dispose(): Promise<void> {
    this.#end.abort(new DOMException("the connector was disposed of", "AbortError"));
    this.invalidate();
    this.#board.dispose();
    await this.#options.engine?.dispose();
  }

  /** Loaded when it is first needed: a window that opens asks no model. */
  #work(): Promise<ModelWork> {
    this.#loaded ??= import("./model-work").then(
      ({ ModelWork }) =>
        new ModelWork({
          options: this.#options,
          tell: (setup) => this.#board.tell(setup),
          onDoubt: () => {
            if (this.#end.signal.aborted) return;
            this.#search.invalidate();
            this.#search.again(false);
          },
        }),
    );
    return this.#loaded;
  }
}
