import { isRecord } from "../../base/guards";
import type { KeptValues } from "../../core/kept-values";
import type { ModelSetup } from "./model-setup";

const key = "thinkaloud.pull";

/** A window that fetches looks so often whether it was stopped in another one. */
const lookMs = 1_000;

/** A download that is not complete: into Ollama, or for the built-in engine. */
export interface UnfinishedPull {
  readonly model: string;
  readonly isBuiltIn?: boolean;
  /** The host in its name that the person agreed to. */
  readonly agreedHost?: string;
  readonly isPaused: boolean;
}

/**
 * Downloads of models that last longer than a window: what was begun goes on after a reload, unless
 * it was paused.
 */
export class Pulls {
  readonly #modelSetup: ModelSetup;
  readonly #kept: KeptValues;
  readonly #listeners = new Set<() => void>();
  /** What was asked for here and is not over: the first is fetched, the others wait for it. */
  #asked: readonly Omit<UnfinishedPull, "isPaused">[] = [];

  constructor(modelSetup: ModelSetup, kept: KeptValues) {
    this.#modelSetup = modelSetup;
    this.#kept = kept;
  }

  get unfinished(): UnfinishedPull | undefined {
    const stored = this.#kept.get(key);
    if (!isRecord(stored) || typeof stored["model"] !== "string" || stored["isOver"])
      return undefined;
    const { model, agreedHost, isPaused, isBuiltIn } = stored;
    return {
      model,
      isPaused: isPaused === true,
      ...(typeof agreedHost === "string" && { agreedHost }),
      ...(isBuiltIn === true && { isBuiltIn }),
    };
  }

  onChange(listener: () => void): void {
    this.#listeners.add(listener);
  }

  /**
   * Fetches a model into Ollama. @returns false when it failed and the panel says so. Throws as
   * `ModelSetup.pull` does.
   */
  async pull(model: string, agreedHost?: string, isSeen = true): Promise<boolean> {
    const pull = { model, ...(agreedHost !== undefined && { agreedHost }) };
    return this.remember(pull, () => this.#modelSetup.pull(model, agreedHost, isSeen));
  }

  /**
   * Keeps a download in mind until its work ends: after a reload it goes on. Ends as the work does.
   */
  async remember(
    pull: Omit<UnfinishedPull, "isPaused">,
    work: () => Promise<boolean>,
  ): Promise<boolean> {
    this.#asked = [...this.#asked, pull];
    const [first = pull] = this.#asked;
    await this.#keep({ ...first, isPaused: false });
    let isStopped = false;
    // Whatever window the person pauses or cancels a download in, they mean all that fetch it.
    const look = setInterval(() => {
      const stored = this.#kept.get(key);
      const isPaused = isRecord(stored) && stored["isPaused"] && stored["model"] === pull.model;
      if (isPaused && this.#asked[0] === pull) this.#modelSetup.cancel();
    }, lookMs);
    try {
      return await work();
    } catch (thrown) {
      isStopped = thrown instanceof Error && thrown.name === "AbortError";
      throw thrown;
    } finally {
      clearInterval(look);
      const isFirst = this.#asked[0] === pull;
      this.#asked = this.#asked.filter((each) => each !== pull);
      const [next] = this.#asked;
      // What was stopped is kept or forgotten by whoever stopped it.
      if (isFirst && !isStopped) await this.#keep(next && { ...next, isPaused: false });
    }
  }

  /** Goes on with what a window before this one began. */
  async goOnAfterReload(): Promise<void> {
    const pull = this.unfinished;
    if (pull !== undefined && !pull.isPaused) await this.#goOn(pull, false);
  }

  async goOn(): Promise<void> {
    const pull = this.unfinished;
    if (pull !== undefined) await this.#goOn(pull, true);
  }

  async #goOn({ model, agreedHost, isBuiltIn }: UnfinishedPull, isSeen: boolean): Promise<void> {
    if (isBuiltIn === true) await this.#modelSetup.goOnBuiltIn(model, isSeen);
    else await this.pull(model, agreedHost, isSeen);
  }

  async pause(): Promise<void> {
    const pull = this.unfinished;
    if (pull !== undefined) await this.#keep({ ...pull, isPaused: true });
    this.#modelSetup.cancel();
  }

  async cancel(): Promise<void> {
    const pull = this.unfinished;
    await this.#keep(pull && { ...pull, isPaused: true, isOver: true });
    this.#modelSetup.cancel();
  }

  async #keep(pull: (UnfinishedPull & { isOver?: true }) | undefined): Promise<void> {
    await this.#kept.update(key, pull);
    for (const listener of this.#listeners) listener();
  }
}
