import { sameData } from "../../base/same-data";
import type { Setup } from "../../protocol/setup";

/** How far things are, for whoever shows it. */
export class SetupBoard {
  readonly #listeners = new Set<(setup: Setup) => void>();
  #setup: Setup = { kind: "unknown" };
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
    if (!this.isHeld) this.tell(setup);
  }

  tell(setup: Setup): void {
    if (sameData(setup, this.#setup)) return;
    this.#setup = setup;
    for (const listener of this.#listeners) listener(setup);
  }

  dispose(): void {
    this.#listeners.clear();
  }
}
