import { t } from "../../base/l10n";
import { FailureError } from "../../core/failure-error";
import type { Log } from "../../core/log";
import type { Address } from "../../core/model/normalise-endpoint";
import type { ModelOffer } from "../../protocol/setup";
import type { GraphicsBuild } from "../engine/graphics-builds";
import type { Folders } from "../folders";
import { modelBudgetBytes, readMemory } from "../models/memory";
import type { ModelSettings } from "../settings/settings";
import type { Connector } from "./connector";

/** What a front end brings so that a model can be set up with the person. */
export interface SetupFront {
  /** What they agreed to. */
  readonly consent: {
    agreeToBuiltInEngine(): Promise<void>;
    /** Asks, unless they have agreed before. @param folder where what is fetched is kept. */
    askForBuiltInEngine(offer: ModelOffer, needsEngine: boolean, folder: string): Promise<boolean>;
  };
  /** What they entered. */
  readonly credentials: {
    /** @returns false when they changed their mind. */
    enter(endpoint: string): Promise<boolean>;
    /** Offers a better place to a password that stands in the settings. */
    offerToMove(address: Address): Promise<void>;
  };
  settings(): ModelSettings;
  writeSetting(key: "engine" | "model", value: string): Promise<void>;
  showPanel(): void;
  /** Keeps a model of the built-in engine in mind until the work that fetches it ends. */
  remember(model: string, work: () => Promise<boolean>): Promise<boolean>;
}

export interface ModelSetupParts extends SetupFront {
  readonly connector: Connector;
  readonly folders: Folders;
  readonly log: Log;
}

/**
 * The steps from an empty machine to a model that answers, each begun by the person and stopped by
 * them.
 */
export class ModelSetup {
  readonly #parts: ModelSetupParts;
  #work = new AbortController();

  constructor(parts: ModelSetupParts) {
    this.#parts = parts;
  }

  /**
   * Looks who answers, in the background; what it finds is told as setup. A password in the
   * settings is offered a better place.
   */
  look(): void {
    this.#offerToMove().catch((thrown) => this.#parts.log.debug(`no offer to move: ${thrown}`));
    this.#parts.connector
      .look(new AbortController().signal)
      .then(undefined, (thrown) => this.#parts.log.debug(`looking ended: ${thrown}`));
  }

  /**
   * Gets and uses the built-in engine with a model.
   * @param agreed whether the person has just read what it fetches, as in the panel; else they are
   * asked, once.
   * @param wished a model of the catalogue, or one that is here; absent: the best for this machine.
   * @returns false when the person did not agree, or when it failed and the panel says so.
   */
  async useBuiltIn(agreed: boolean, wished?: ModelOffer): Promise<boolean> {
    const { connector, consent, folders } = this.#parts;
    const offer = wished ?? (await this.#offer());
    if (offer === undefined) {
      const cause = t("you have not agreed to the built-in engine");
      throw new FailureError({ kind: "engineNotInstalled", cause });
    }
    if (agreed) await consent.agreeToBuiltInEngine();
    else {
      const { engineInstalled } = await import("../engine/install-engine");
      const isMissing = !(await engineInstalled(folders.engine));
      if (!(await consent.askForBuiltInEngine(offer, isMissing, folders.cache))) return false;
    }
    if (!(await this.#getBuiltIn(offer.id))) return false;
    // With a daemon that has a model, or instead of one that was asked for, the engine is used
    // because the person said so.
    const { setup } = connector;
    if (wished !== undefined) await this.#useInEngine(wished.id);
    else if (setup.kind !== "ready" || setup.engine !== "builtin")
      await this.#parts.writeSetting("engine", "builtin");
    return true;
  }

  /**
   * Gets the engine's build for the graphics card. @returns false when it failed and the panel says
   * so.
   */
  useGraphics(gpu: GraphicsBuild["gpu"]): Promise<boolean> {
    return this.#told(this.#parts.connector.steps.useGraphics(gpu, this.#work.signal));
  }

  /** Goes on with what was agreed to before. @param isSeen whether the panel comes to the front. */
  async goOnBuiltIn(model: string, isSeen: boolean): Promise<void> {
    if (await this.#getBuiltIn(model, isSeen)) await this.#useInEngine(model);
  }

  #getBuiltIn(model: string, isSeen = true): Promise<boolean> {
    const { connector, remember } = this.#parts;
    return remember(model, () =>
      this.#told(connector.steps.useBuiltIn(model, this.#work.signal), isSeen),
    );
  }

  /**
   * Starts the Ollama that is installed here, unless it answers by now. @returns false when it
   * failed and the panel says so.
   */
  startDaemon(): Promise<boolean> {
    return this.#told(this.#parts.connector.steps.startOllama(this.#work.signal));
  }

  /**
   * Gets a model into the Ollama daemon.
   * @param agreedHost the host in the name, where the person read it and said yes.
   * @param isSeen whether the panel comes to the front.
   * @returns false when it failed and the panel says so.
   */
  pull(model: string, agreedHost?: string, isSeen = true): Promise<boolean> {
    const { connector } = this.#parts;
    return this.#told(connector.steps.pullIntoOllama(model, this.#work.signal, agreedHost), isSeen);
  }

  /**
   * Asks for a user name and password, or a key, and looks again with them.
   * @param endpoint absent: the one that is asked now. Throws FailureError when that is none.
   * @returns false when the person changed their mind.
   */
  async enterCredentials(
    endpoint = this.#parts.connector.servers.chosen.address.endpoint,
  ): Promise<boolean> {
    if (!(await this.#parts.credentials.enter(endpoint))) return false;
    this.look();
    return true;
  }

  /** Stops what is going on. What was fetched so far stays, and is used the next time. */
  cancel(): void {
    this.#work.abort(new DOMException("stopped by the person", "AbortError"));
    this.#work = new AbortController();
  }

  /**
   * Work that the panel shows as setup, its failure included: that must not reach the person a
   * second time.
   */
  async #told(work: Promise<void>, isSeen = true): Promise<boolean> {
    if (isSeen) this.#parts.showPanel();
    try {
      await work;
      return true;
    } catch (thrown) {
      if (thrown instanceof FailureError && this.#parts.connector.setup.kind === "failed")
        return false;
      throw thrown;
    }
  }

  /** Of an entry, the settings hold a list: that is for the person to change. */
  async #offerToMove(): Promise<void> {
    const { endpoint } = this.#parts.settings();
    const { address, name } = this.#parts.connector.servers.chosen;
    if (endpoint !== "" && name === undefined) await this.#parts.credentials.offerToMove(address);
  }

  async #offer(): Promise<ModelOffer | undefined> {
    const { connector, folders, settings } = this.#parts;
    const { setup } = connector;
    if ("offer" in setup && setup.offer !== undefined) return setup.offer;
    const { modelFile } = settings();
    const { downloadedModels, modelOffer } = await import("../engine/built-in-offer");
    const downloaded = downloadedModels(folders.models, modelFile);
    return modelOffer({
      downloaded,
      modelsFolder: folders.models,
      wish: "",
      memoryBytes: modelBudgetBytes(readMemory()),
      hubReachable: true,
    });
  }

  async #useInEngine(model: string): Promise<void> {
    const { writeSetting } = this.#parts;
    await writeSetting("engine", "builtin");
    await writeSetting("model", model);
  }
}
