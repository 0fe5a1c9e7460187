import { describe, expect, it } from "vitest";
import type { Memento } from "vscode";
import { FormRecords } from "../../src/editor/model/form-records";

class Memory implements Memento {
  readonly #values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.#values.keys()];
  }
  get<T>(key: string, fallback?: T): T {
    // What is read back has been through JSON, as in the editor.
    return (
      this.#values.has(key) ? JSON.parse(JSON.stringify(this.#values.get(key))) : fallback
    ) as T;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

describe("the records of forms", () => {
  it("are kept per model and outlive the window", () => {
    const memory = new Memory();
    new FormRecords(memory).add("a:1b", { form: "blocks", worked: false });
    new FormRecords(memory).add("a:1b", { form: "function", worked: true });
    const later = new FormRecords(memory);
    expect(later.outcomes("a:1b")).toEqual([
      { form: "blocks", worked: false },
      { form: "function", worked: true },
    ]);
    expect(later.outcomes("b:1b")).toEqual([]);
  });

  it("forget the models that were not used for longest", () => {
    const records = new FormRecords(new Memory());
    for (let number = 0; number < 60; number++)
      records.add(`m${number}`, { form: "file", worked: true });
    expect(records.outcomes("m0")).toEqual([]);
    expect(records.outcomes("m59")).toHaveLength(1);
  });

  it("leave out what is none of theirs", async () => {
    const memory = new Memory();
    new FormRecords(memory).add("a", { form: "file", worked: true });
    const [key = ""] = memory.keys();
    await memory.update(key, [
      ["a", [{ form: "poem", worked: true }]],
      "b",
      ["c", [{ form: "file", worked: true }]],
    ]);
    const records = new FormRecords(memory);
    expect(records.outcomes("a")).toEqual([]);
    expect(records.outcomes("c")).toHaveLength(1);
    await memory.update(key, { a: 1 });
    expect(new FormRecords(memory).outcomes("a")).toEqual([]);
  });
});
