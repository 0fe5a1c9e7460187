import { beforeEach, expect, it, vi } from "vitest";
import { keepContextKeys } from "../../src/editor/context-keys";
import type { RunEvent } from "../../src/protocol/run-events";
import { RunHistory } from "../../src/session/history/run-history";

const keys = vi.hoisted(() => ({ told: [] as string[], now: new Map<string, boolean>() }));

vi.mock("vscode", () => ({
  window: {},
  commands: {
    executeCommand: async (_command: string, key: string, value: boolean) => {
      keys.told.push(`${key.replace("thinkaloud.", "")} ${value}`);
      keys.now.set(key.replace("thinkaloud.", ""), value);
    },
  },
}));

const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
const started: RunEvent = {
  ...{ kind: "started", at: 1, runId: "run", action: "fix", uri: "file:///p/a.py", path: "a.py" },
  ...{ range, subject: "" },
};
const phase = (name: "thinking" | "answering"): RunEvent => ({ kind: "phase", at: 2, phase: name });
const draft: RunEvent = { kind: "draft", at: 3, draft: { files: [] } };

let history: RunHistory;

beforeEach(() => {
  history = new RunHistory(undefined);
  keepContextKeys(history);
  history.add("run", started);
});

it("the change so far can be reviewed as long as there is one: not when the answer was a thought, nor once it is proposed", () => {
  history.add("run", { kind: "answer", text: "x = 1" });
  history.add("run", draft);
  expect(keys.now.get("hasDraft")).toBe(true);
  history.add("run", { kind: "answerWasThought" });
  expect(keys.now.get("hasDraft")).toBe(false);
  history.add("run", draft);
  history.add("run", { kind: "proposal", proposal: { id: "p", files: [] } });
  expect(keys.now.get("hasDraft")).toBe(false);
});

it("a decision about an earlier run says nothing of the one that goes on", () => {
  history.add("run", { kind: "proposal", proposal: { id: "p", files: [] } });
  history.add("run", { kind: "finished", at: 4, outcome: "proposed", metrics: {} });
  expect(keys.now.get("running")).toBe(false);
  history.add("next", started);
  history.add("next", phase("thinking"));
  history.add("run", { kind: "proposalState", at: 5, proposalId: "p", state: "accepted" });
  expect([keys.now.get("running"), keys.now.get("thinking")]).toEqual([true, true]);
});

it("the editor is told of a key only when it changes", () => {
  history.add("run", phase("thinking"));
  keys.told.length = 0;
  for (const text of ["a", "b", "c"]) history.add("run", { kind: "thought", text });
  expect(keys.told).toEqual([]);
  history.add("run", { kind: "thoughtEnded", at: 6, by: "person" });
  expect(keys.told).toEqual(["thinking false"]);
});
