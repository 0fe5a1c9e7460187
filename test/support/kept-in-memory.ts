import type { KeptValues } from "../../src/core/kept-values";

/** Values that are kept as in the editor: what is read back has been through JSON. */
export class KeptInMemory implements KeptValues {
  readonly #values = new Map<string, unknown>();

  get names(): readonly string[] {
    return [...this.#values.keys()];
  }

  get(name: string): unknown {
    const value = this.#values.get(name);
    return value === undefined ? undefined : JSON.parse(JSON.stringify(value));
  }

  async update(name: string, value: unknown): Promise<void> {
    if (value === undefined) this.#values.delete(name);
    else this.#values.set(name, value);
  }
}
