import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";
import { type Json, parsedObject } from "../base/guards";
import type { KeptValues } from "../core/kept-values";

/** What is kept of models from one call of the command line to the next, as one JSON file. */
export class RecordFile implements KeptValues {
  readonly #path: string;

  constructor(path: string) {
    this.#path = path;
  }

  get(key: string): unknown {
    return this.#all()[key];
  }

  /** Rejects where the file cannot be written. */
  async update(key: string, value: unknown): Promise<void> {
    // In one go, so that a call that ends meanwhile leaves no half.
    const scratch = `${this.#path}.${process.pid}`;
    mkdirSync(dirname(this.#path), { recursive: true });
    writeFileSync(scratch, JSON.stringify({ ...this.#all(), [key]: value }), { mode: 0o600 });
    renameSync(scratch, this.#path);
  }

  #all(): Json {
    try {
      return parsedObject(readFileSync(this.#path, "utf8")) ?? {};
    } catch {
      return {};
    }
  }
}
