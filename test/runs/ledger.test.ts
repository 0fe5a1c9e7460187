import { describe, expect, it } from "vitest";
import type { CheckSaid } from "../../src/protocol/checks";
import { bySmallChanges, type Proposal } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";
import { runAsMarkdown } from "../../src/runs/export-run";
import { foldEvent } from "../../src/runs/fold/fold-event";
import {
  commitMessage,
  doubtsIn,
  ledgerEntry,
  ledgerLines,
  withMessage,
} from "../../src/runs/ledger";
import { blankRun, type RunState } from "../../src/runs/run-state";
import { searchableText } from "../../src/runs/run-summary";

const said = (state: "passed" | "failed"): CheckSaid => ({
  cases: [{ name: "test_two", state }],
  output: "",
  tookMs: 1,
});
const proposal: Proposal = {
  id: "p",
  files: [
    {
      uri: "file:///project/shop/net.py",
      path: "shop/net.py",
      languageId: "python",
      change: "edit",
      base: "a - b\n",
      proposed: "a + b\n",
      hunks: [],
      match: "exact",
      syntax: "clean",
      notices: [],
    },
  ],
  checks: [
    {
      id: "tests",
      kind: "tests",
      label: "python -m pytest test_net.py",
      before: said("failed"),
      after: said("passed"),
    },
  ],
};
const start = { line: 0, character: 0 };
const answer =
  "I'm not sure about negative numbers.\n\n```python\n# I assume nothing.\na + b\n```\n\nThe sign was wrong. It adds now.";

function runOf(said = answer, thought = ""): RunState {
  const events: RunEvent[] = [
    {
      kind: "started",
      at: 1_000,
      runId: "r",
      action: "fix",
      uri: "file:///project/shop/net.py",
      path: "shop/net.py",
      range: { start, end: start },
      subject: "",
    },
    {
      kind: "model",
      model: "coder-1.5b",
      endpoint: "http://127.0.0.1:1",
      local: true,
      contextTokens: 4096,
    },
    { kind: "thought", text: thought },
    { kind: "answer", text: "I guess it is a - b." },
    { kind: "attempt", at: 5_000, number: 2, reason: "`test_two` still fails." },
    { kind: "answer", text: said },
    { kind: "proposal", proposal },
    { kind: "finished", at: 43_400, outcome: "proposed", metrics: {} },
    { kind: "proposalState", at: 60_000, proposalId: "p", state: "accepted" },
  ];
  return events.reduce(foldEvent, blankRun("r"));
}

describe("the ledger of an accepted edit", () => {
  it("tells what was checked, the answers, the seconds, the model and its own doubts", () => {
    const entry = ledgerEntry(runOf(), "p");
    expect(entry && ledgerLines(entry)).toEqual([
      "Checked: python -m pytest test_net.py: 1 test: 1 failed, now 0",
      "Written by coder-1.5b: 2 answers in 42 s, reviewed as a diff",
      "The model’s own doubt: I'm not sure about negative numbers.",
    ]);
    expect(ledgerEntry(runOf(), "another")).toBeUndefined();
  });

  it("is words for a commit, with the model's reason and without its code", () => {
    expect(commitMessage(runOf(), proposal).split("\n")).toEqual([
      "Fix net.py",
      "",
      "I'm not sure about negative numbers. The sign was wrong. It adds now.",
      "",
      expect.stringContaining("Checked: python -m pytest test_net.py"),
      expect.stringContaining("Written by coder-1.5b"),
      expect.stringContaining("The model’s own doubt"),
      "",
    ]);
  });

  it("has the reason of an answer that came in pieces, with a thought between them", () => {
    const [first = "", last = ""] = answer.split("It adds now.");
    const events: RunEvent[] = [
      { kind: "thought", text: "Is that all?" },
      { kind: "answer", text: `It adds now.${last}` },
    ];
    const run = events.reduce(foldEvent, runOf(first));
    expect(commitMessage(run, proposal)).toContain("The sign was wrong. It adds now.");
  });

  it("says that no model wrote a small change, and gives it no model's reason", () => {
    const found = proposal.files.map((file) => ({ ...file, by: [bySmallChanges] }));
    const events: RunEvent[] = [
      { kind: "tried", at: 44_000, proposal },
      { kind: "attempt", at: 45_000, number: 3, reason: "Small changes are tried.", aside: true },
      { kind: "answer", text: "```diff\n-a - b\n+a + b\n```" },
      { kind: "proposal", proposal: { ...proposal, id: "q", files: found } },
    ];
    const run = events.reduce(foldEvent, runOf());
    expect(commitMessage(run, { ...proposal, id: "q", files: found }).split("\n")).toEqual([
      "Fix net.py",
      "",
      "Checked: python -m pytest test_net.py: 1 test: 1 failed, now 0",
      "Found among small changes, by no model, in 42 s, reviewed as a diff",
      "",
    ]);
    expect(ledgerEntry(run, "p")?.tries).toBe(2);
  });

  it("is exported with the run, and found by what was checked", () => {
    expect(runAsMarkdown(runOf())).toContain(
      "## Ledger of shop/net.py\n\n- Checked: python -m pytest",
    );
    expect(searchableText(runOf())).toContain("python -m pytest test_net.py");
  });
});

describe("a doubt of the model", () => {
  it.each([
    ["It adds now. This assumes that both are numbers.", ["This assumes that both are numbers."]],
    ["The change is untested! It adds now.", ["The change is untested!"]],
    ["I am certain that it adds.", []],
    ["calc.py\n<<<<<<< SEARCH\n# I assume a\n=======\n# I guess b\n>>>>>>> REPLACE\n\nDone.", []],
  ])("in %j", (text, doubts) => {
    expect(doubtsIn(runOf(text))).toEqual(doubts);
  });

  it("counts from the end of a thought only, where it was not answered", () => {
    const early = `I'm not sure what it does. ${"It adds two numbers. ".repeat(40)}`;
    expect(doubtsIn(runOf("Done.", early))).toEqual([]);
    expect(doubtsIn(runOf("Done.", `${early}I don't know about zero.`))).toEqual([
      "I don't know about zero.",
    ]);
  });
});

it.each([
  ["", "Fix it\n", "Fix it\n"],
  ["mine\n\n", "Fix it\n", "mine\n\nFix it\n"],
  ["mine\n\nFix it\n\nand more", "Fix it\n", "mine\n\nFix it\n\nand more"],
])("what was written of a commit, %j, gets a message below it once", (written, message, both) => {
  expect(withMessage(written, message)).toBe(both);
});
