import { describe, expect, it } from "vitest";
import { obviousCure } from "../../../src/core/run/attempts/obvious-cures";
import type { Diagnostic } from "../../../src/protocol/document";
import {
  code,
  fixed,
  noticesIn,
  proposalOf,
  RunWorld,
  ready,
  rewritten,
  targetIn,
} from "./run-world";

const place = { start: { line: 1, character: 0 }, end: { line: 1, character: 5 } };
const misspelt: Diagnostic = {
  range: place,
  message: "Cannot find name 'ad'. Did you mean 'add'?",
  severity: "error",
  source: "ts",
  code: "2552",
};
const wrong = "def add(a, b):\n    return a * b\n";

let world: RunWorld;

async function fixWith(
  answers: readonly string[],
  problem: Diagnostic,
  canTell = true,
  thinkingOff?: "emptyThought" | "never",
) {
  world = await RunWorld.start(
    answers.map((text) => ({ thinking: "Let me see.", answer: rewritten(text) })),
    { thinks: true },
  );
  const checker = {
    prepare: async () =>
      ready({ id: "problems", kind: "problems", label: "problems" }, async (_id, [file]) => {
        const isRight = file?.proposed === fixed;
        const cases = isRight ? [] : [{ name: problem.message, state: "failed" as const }];
        return { cases, output: "", tookMs: 1 };
      }),
  };
  if (canTell) world.environment.checkers = [checker];
  const { connect } = world.environment;
  world.environment.connect = async (signal) => ({
    ...(await connect(signal)),
    ...(thinkingOff && { thinkingOff }),
  });
  const events = await world.all({ target: targetIn(code, { diagnostics: [problem] }) });
  return { events, thinks: world.daemon.chats().map(({ body }) => body.think) };
}

describe("a problem that names its own cure", () => {
  it("is asked without a thought, and the panel says what that saves", async () => {
    const { events, thinks } = await fixWith([fixed], misspelt);
    expect(thinks).toEqual([false]);
    expect(proposalOf(events)).toBe(fixed);
    expect(noticesIn(events).join("\n")).toContain("without a thought");
    expect(noticesIn(events).join("\n")).toContain("up to 120 s");
  });

  it("is thought about when the check says no to the quick answer", async () => {
    const { events, thinks } = await fixWith([wrong, fixed], misspelt);
    expect(thinks).toEqual([false, true]);
    expect(proposalOf(events)).toBe(fixed);
    expect(noticesIn(events).join("\n")).not.toContain("without a thought");
  });

  it("is thought about at once where nothing can tell whether the answer is right", async () => {
    expect((await fixWith([fixed], misspelt, false)).thinks).toEqual([true]);
  });

  it("is given an empty thought where the model was found to think in spite of the request", async () => {
    const { thinks } = await fixWith([fixed], misspelt, true, "emptyThought");
    expect(thinks).toEqual([false]);
    const messages = world.daemon.chats()[0]?.body.messages ?? [];
    expect(JSON.stringify(messages.at(-1))).toContain("assistant");
  });

  it("is thought about at once where nothing keeps the model from it", async () => {
    expect((await fixWith([fixed], misspelt, true, "never")).thinks).toEqual([true]);
  });

  it("is another one than a problem that has to be understood", async () => {
    const deep = { ...misspelt, code: "2345", message: "Argument of type 'x' is not assignable." };
    expect((await fixWith([fixed], deep)).thinks).toEqual([true]);
  });

  it.each([
    ["unusedName", "Pylance", "reportUnusedImport", '"os" is not accessed'],
    ["missingAwait", "Pylance", "reportUnusedCoroutine", "Result of async call is not used"],
    ["unusedName", "Ruff", "F401", "`os` imported but unused"],
    ["unusedName", "eslint", "@typescript-eslint/no-unused-vars", "'x' is defined but never used."],
    [
      "missingAwait",
      "eslint",
      "@typescript-eslint/no-floating-promises",
      "Promises must be awaited",
    ],
    ["unusedName", "rustc", "unused_imports", "unused import: `std::fmt`"],
    [
      "misspeltName",
      "rustc",
      "E0425",
      "cannot find value: a local variable with a similar name exists",
    ],
    ["unusedName", "compiler", "UnusedImport", '"os" imported and not used'],
    [undefined, "rustc", "E0502", "cannot borrow `x` as mutable"],
    [undefined, "Pylance", "reportAttributeAccessIssue", 'Cannot access attribute "x"'],
  ])("is known as %s by %s's %s", (cure, source, code_, message) => {
    const problem = { range: place, message, severity: "warning" as const, source, code: code_ };
    expect(obviousCure(problem)).toBe(cure);
  });
});
