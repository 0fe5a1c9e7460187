import { describe, expect, it } from "vitest";
import {
  formOutcomes,
  paces,
  type RecordStore,
  StoredRecords,
  tokenCounts,
} from "../../src/session/stored-records";

class Memory implements RecordStore {
  readonly #values = new Map<string, unknown>();
  keys(): readonly string[] {
    return [...this.#values.keys()];
  }
  get(key: string): unknown {
    // What is read back has been through JSON, as in the editor.
    return this.#values.has(key) ? JSON.parse(JSON.stringify(this.#values.get(key))) : undefined;
  }
  async update(key: string, value: unknown): Promise<void> {
    this.#values.set(key, value);
  }
}

describe("the records of models", () => {
  it("are kept per model and outlive the window", () => {
    const memory = new Memory();
    new StoredRecords(memory, formOutcomes).add("a:1b", { form: "blocks", worked: false });
    new StoredRecords(memory, formOutcomes).add("a:1b", { form: "function", worked: true });
    const later = new StoredRecords(memory, formOutcomes);
    expect(later.of("a:1b")).toEqual([
      { form: "blocks", worked: false },
      { form: "function", worked: true },
    ]);
    expect(later.of("b:1b")).toEqual([]);
  });

  it("forget the models that were not used for longest", () => {
    const records = new StoredRecords(new Memory(), formOutcomes);
    for (let number = 0; number < 60; number++)
      records.add(`m${number}`, { form: "file", worked: true });
    expect(records.of("m0")).toEqual([]);
    expect(records.of("m59")).toHaveLength(1);
  });

  it("leave out what is none of theirs", async () => {
    const memory = new Memory();
    new StoredRecords(memory, formOutcomes).add("a", { form: "file", worked: true });
    const [key = ""] = memory.keys();
    await memory.update(key, [
      ["a", [{ form: "poem", worked: true }]],
      "b",
      ["c", [{ form: "file", worked: true }]],
    ]);
    const records = new StoredRecords(memory, formOutcomes);
    expect(records.of("a")).toEqual([]);
    expect(records.of("c")).toHaveLength(1);
    await memory.update(key, { a: 1 });
    expect(new StoredRecords(memory, formOutcomes).of("a")).toEqual([]);
  });

  it("keep each kind apart", () => {
    const memory = new Memory();
    new StoredRecords(memory, paces).add("a:1b", { tokens: 100, ms: 2_000 });
    new StoredRecords(memory, tokenCounts).add("a:1b", { estimated: 1_000, counted: 1_100 });
    expect(new StoredRecords(memory, paces).of("a:1b")).toEqual([{ tokens: 100, ms: 2_000 }]);
    expect(new StoredRecords(memory, tokenCounts).of("a:1b")).toEqual([
      { estimated: 1_000, counted: 1_100 },
    ]);
    expect(new StoredRecords(memory, formOutcomes).of("a:1b")).toEqual([]);
  });

  it.each([
    ["nothing", null],
    ["a text", "fast"],
    ["entries of another kind", [["a:1b", [{ tokens: "many" }]], 7, [1, []]]],
  ])("take %s in their place for none", async (_what, stored) => {
    for (const kind of [paces, tokenCounts, formOutcomes]) {
      const memory = new Memory();
      await memory.update(kind.key, stored);
      expect(new StoredRecords<unknown>(memory, { ...kind, added: () => [] }).of("a:1b")).toEqual(
        [],
      );
    }
  });
});
