import { expect, it } from "vitest";
import type { FoundRun } from "../../../src/protocol/history";
import { deletionWords } from "../../../src/session/history/deletion-words";

const at = new Date(2026, 4, 2, 9, 30).getTime();
const run = (runId: string, pinned: boolean): FoundRun => {
  return { runId, at, action: "ask", path: "shop/basket.py", subject: "Why two?", pinned };
};
const extent = "With questions, thoughts, answers and edits. Files stay as they are.";

it("who is asked whether to delete a run reads which one", () => {
  const words = deletionWords([run("a", false), { ...run("b", false), subject: "" }], "a");
  expect(words).toMatch(/^Ask about shop\/basket\.py, .*2026.*\nWhy two\?\n\n/);
  expect(words).toContain(extent);
});

it("who is asked whether to delete all runs reads how many, and that pinned ones are among them", () => {
  expect(deletionWords([run("a", false)], undefined)).toBe(`1 run\n\n${extent}`);
  const some = [run("a", true), run("b", false), run("c", true)];
  expect(deletionWords(some, undefined)).toBe(`3 runs, pinned: 2\n\n${extent}`);
});

it("a run that is gone already is asked about without a name", () => {
  expect(deletionWords([], "a")).toBe(extent);
});
