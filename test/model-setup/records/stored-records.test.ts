import { describe, expect, it } from "vitest";
import {
  formOutcomes,
  paces,
  StoredRecords,
  tokenCounts,
} from "../../../src/model-setup/records/stored-records";
import { KeptInMemory } from "../../support/kept-in-memory";

describe("the records of models", () => {
  it("are kept per model and outlive the window", () => {
    const memory = new KeptInMemory();
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
    const records = new StoredRecords(new KeptInMemory(), formOutcomes);
    for (let number = 0; number < 60; number++)
      records.add(`m${number}`, { form: "file", worked: true });
    expect(records.of("m0")).toEqual([]);
    expect(records.of("m59")).toHaveLength(1);
  });

  it("leave out what is none of theirs", async () => {
    const memory = new KeptInMemory();
    new StoredRecords(memory, formOutcomes).add("a", { form: "file", worked: true });
    const [key = ""] = memory.names;
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
    const memory = new KeptInMemory();
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
      const memory = new KeptInMemory();
      await memory.update(kind.key, stored);
      expect(new StoredRecords<unknown>(memory, { ...kind, added: () => [] }).of("a:1b")).toEqual(
        [],
      );
    }
  });
});
