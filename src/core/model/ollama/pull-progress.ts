import { positive } from "../../../base/guards";
import type { PullProgress } from "../language-model";

/**
 * Adds up a download of several layers. The daemon's own numbers are per layer, may go back after a
 * resume and are missing at the start; the sums here never decrease.
 */
export class PullProgressSum {
  readonly #layers = new Map<string, { total: number; completed: number }>();
  #completed = 0;
  #total = 0;

  add(line: Record<string, unknown>): PullProgress {
    const status = typeof line["status"] === "string" ? line["status"] : "";
    const digest = line["digest"];
    if (typeof digest === "string") {
      const layer = this.#layers.get(digest) ?? { total: 0, completed: 0 };
      layer.total = Math.max(layer.total, positive(line["total"]) ?? 0);
      layer.completed = Math.max(layer.completed, positive(line["completed"]) ?? 0);
      this.#layers.set(digest, layer);
      let total = 0;
      let completed = 0;
      for (const one of this.#layers.values()) {
        total += Math.max(one.total, one.completed);
        completed += one.completed;
      }
      this.#total = Math.max(this.#total, total);
      this.#completed = Math.max(this.#completed, completed);
    }
    return this.#total === 0
      ? { status }
      : { status, completed: this.#completed, total: this.#total };
  }
}
