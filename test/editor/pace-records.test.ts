import { expect, it } from "vitest";
import type { Memento } from "vscode";
import { PaceRecords } from "../../src/editor/model/pace-records";

function memory(stored?: unknown): Memento {
  let kept = stored;
  return {
    keys: () => [],
    // What is read back has been through JSON, as in the editor.
    get: () => (kept === undefined ? undefined : JSON.parse(JSON.stringify(kept))),
    update: async (_key: string, value: unknown) => {
      kept = value;
    },
  };
}

it("the pace of each model outlives the window", () => {
  const memento = memory();
  new PaceRecords(memento).add("a:1b", { tokens: 100, ms: 2_000 });
  new PaceRecords(memento).add("b:1b", { tokens: 50, ms: 2_000 });
  expect(new PaceRecords(memento).measured("a:1b")).toEqual([{ tokens: 100, ms: 2_000 }]);
  expect(new PaceRecords(memento).measured("c:1b")).toEqual([]);
});

it.each([
  ["nothing", undefined],
  ["a text", "fast"],
  ["entries of another kind", [["a:1b", [{ tokens: "many" }]], 7, [1, []]]],
])("%s in its place is no pace", (_what, stored) => {
  expect(new PaceRecords(memory(stored)).measured("a:1b")).toEqual([]);
});
