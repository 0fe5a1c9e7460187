import { sameData } from "../../base/same-data";
import type { ReadySetup, Setup } from "../../protocol/setup";

/** How far things are, for whoever shows it. */
export class SetupBoard {
  readonly #listeners = new Set<(setup: Setup) => void>();
  #setup: Setup = { kind: "unknown" };
  /** Who answers, as the last search saw it. */
  #ready: ReadySetup | undefined;
  /** Set while work goes on that the person waits for: what a search sees is not shown over it. */
  isHeld = false;

  /** As last seen. */
  get setup(): Setup {
    return this.#setup;
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: (setup: Setup) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** What a search sees. */
  show(setup: Setup): void {
    if (setup.kind !== "looking") this.#ready = setup.kind === "ready" ? setup : undefined;
    this.tell(this.isHeld ? this.#setup : setup);
  }

  /** What comes of work that the person waits for. */
  tell(told: Setup): void {
    const setup =
      told.kind === "installing" || told.kind === "failed" ? this.#withReady(told) : told;
    if (sameData(setup, this.#setup)) return;
    this.#setup = setup;
    for (const listener of this.#listeners) listener(setup);
  }

  /** Somebody may answer while another model is fetched, also after a reload of the window. */
  #withReady({ ready: _, ...told }: Extract<Setup, { kind: "installing" | "failed" }>): Setup {
    return this.#ready === undefined ? told : { ...told, ready: this.#ready };
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
