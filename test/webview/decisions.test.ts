import { describe, expect, it } from "vitest";
import type { BlockState, Proposal, UnplacedEdit } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";
import type { RunPart } from "../../src/runs/run-state";
import { emptyPanel, reduce } from "../../src/webview/state";
import { batch, beginning } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const file: Proposal["files"][number] = {
  uri: "file:///sample/calc.py",
  path: "src/calc.py",
  languageId: "python",
  change: "edit",
  base: "a\nb\nc\nd\n",
  proposed: "a\nB\nc\nD\n",
  hunks: [
    {
      oldStart: 1,
      oldLines: 4,
      newStart: 1,
      newLines: 4,
      lines: [" a", "-b", "+B", " c", "-d", "+D"],
    },
  ],
  match: "exact",
  syntax: "clean",
  notices: [],
};
const proposal: Proposal = {
  id: "proposal-1",
  files: [file, { ...file, path: "src/other.py", uri: "file:///sample/other.py" }],
};

const edit: UnplacedEdit = {
  id: "edit-1",
  uri: "file:///sample/calc.py",
  path: "src/calc.py",
  languageId: "python",
  reason: "The same lines stand in two places.",
  search: "    total = 0",
  replace: "    total = 1",
  candidates: [{ startLine: 2, endLine: 2 }],
  others: [],
};

const metrics = {};
const proposed: RunEvent[] = [
  ...beginning("run-1", 1),
  { kind: "proposal", proposal },
  { kind: "finished", at: 9, outcome: "proposed", metrics },
];
const unplaced: RunEvent[] = [
  ...beginning("run-1", 1),
  { kind: "unplaced", at: 8, edit },
  { kind: "finished", at: 9, outcome: "refused", metrics },
];

function decided(fileIndex: number, block: number, state: BlockState): RunEvent {
  return { kind: "hunkState", at: 10, proposalId: "proposal-1", fileIndex, block, state };
}

function partsAfter(events: readonly RunEvent[]): readonly RunPart[] {
  return (
    reduce(emptyPanel, { kind: "replay", runs: [batch("run-1", 0, events)] }).runs[0]?.parts ?? []
  );
}

describe("the decisions about single changes", () => {
  it("are folded from the events, the newest of each block", () => {
    const events = [
      ...proposed,
      decided(0, 1, "accepted"),
      decided(1, 0, "rejected"),
      decided(0, 1, "open"),
    ];
    expect(partsAfter(events).at(-1)).toMatchObject({
      state: "open",
      blocks: { "0/1": "open", "1/0": "rejected" },
    });
  });

  it("an edit without a place is placed by the proposal that follows, and open again when that is rejected", () => {
    expect(partsAfter(unplaced).at(-1)).toMatchObject({ kind: "unplaced", placed: false });
    const placed: RunEvent[] = [...unplaced, { kind: "proposal", proposal }];
    expect(partsAfter(placed).find((part) => part.kind === "unplaced")).toMatchObject({
      placed: true,
    });
    const rejected: RunEvent[] = [
      ...placed,
      { kind: "proposalState", at: 11, proposalId: "proposal-1", state: "rejected" },
    ];
    expect(partsAfter(rejected).find((part) => part.kind === "unplaced")).toMatchObject({
      placed: false,
    });
  });
});

const draft: RunEvent = {
  kind: "draft",
  at: 7,
  draft: { files: [{ path: "src/calc.py", hunks: file.hunks }] },
};
const writing: RunEvent[] = [
  ...beginning("run-1", 1),
  { kind: "phase", at: 6, phase: "answering" },
  { kind: "answer", text: "So:" },
  draft,
];

describe("a draft", () => {
  const draftAfter = (...events: RunEvent[]): unknown =>
    reduce(emptyPanel, { kind: "replay", runs: [batch("run-1", 0, [...writing, ...events])] })
      .runs[0]?.draft;

  it("is shown until it is a proposal, or the run ends or asks anew", () => {
    expect(draftAfter()).toEqual(draft.kind === "draft" && draft.draft);
    expect(draftAfter({ kind: "proposal", proposal })).toBeUndefined();
    expect(
      draftAfter({ kind: "attempt", at: 8, number: 2, reason: "It broke the syntax." }),
    ).toBeUndefined();
    expect(draftAfter({ kind: "answerWasThought" })).toBeUndefined();
    expect(draftAfter({ kind: "finished", at: 9, outcome: "stopped", metrics })).toBeUndefined();
  });
});

describeInBrowser("a draft in the panel", (_open, shown) => {
  it("shows the change while the model writes, and can be taken", async () => {
    const panel = await shown(writing);
    const card = panel.page.getByRole("region", { name: "Change so far" });
    expect(await card.innerText()).toContain("2 changes so far");
    expect(await card.locator(".line.added").count()).toBe(2);
    await panel.button("Review now").click();
    expect(await panel.last()).toEqual({ kind: "takeNow", runId: "run-1" });
    await panel.tell([{ kind: "proposal", proposal }]);
    expect(await card.isHidden()).toBe(true);
  });

  it("shows every file that it changes, each under its name", async () => {
    const files = ["src/calc.py", "src/rates.py"].map((path) => ({ path, hunks: file.hunks }));
    const both: RunEvent = { kind: "draft", at: 8, draft: { files } };
    const panel = await shown([...writing, both]);
    const card = panel.page.getByRole("region", { name: "Change so far" });
    expect(await card.innerText()).toMatch(
      /4 changes so far[\s\S]*calc\.py[\s\S]*rates\.py[\s\S]*Review now/,
    );
    expect(await card.locator(".line.added").count()).toBe(4);
  });
});

describeInBrowser("a proposal with several changes in the panel", (_open, shown) => {
  it("has two buttons per change that a keyboard reaches, and each names its change to who does not see it", async () => {
    const panel = await shown(proposed);
    const button = panel.button("Accept change 2 of 4, at line 4");
    await button.focus();
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Tab");
    await panel.page.keyboard.press("Enter");
    await panel.button("Reject change 3 of 4, at line 2").click();
    expect((await panel.sent()).slice(1)).toEqual([
      { kind: "acceptHunk", proposalId: "proposal-1", fileIndex: 0, block: 1 },
      { kind: "rejectHunk", proposalId: "proposal-1", fileIndex: 0, block: 1 },
      { kind: "rejectHunk", proposalId: "proposal-1", fileIndex: 1, block: 0 },
    ]);
  });

  it("says of each change what was decided, keeps the focus, and counts at the end", async () => {
    const panel = await shown(proposed);
    await panel.button("Accept change 1 of 4").focus();
    await panel.tell([decided(0, 0, "accepted")]);
    expect(await panel.page.evaluate(() => document.activeElement?.className)).toContain(
      "block-verdict",
    );
    expect(await panel.page.locator(".block-verdict").allInnerTexts()).toEqual(["accepted"]);
    expect(await panel.button("Accept Rest").isVisible()).toBe(true);
    const rest: RunEvent[] = [
      decided(0, 1, "rejected"),
      decided(1, 0, "rejected"),
      { kind: "proposalState", at: 12, proposalId: "proposal-1", state: "accepted" },
    ];
    await panel.tell(rest);
    expect(await panel.page.locator(".block-verdict").allInnerTexts()).toEqual([
      "accepted",
      "rejected",
      "rejected",
      "accepted",
    ]);
    expect(
      await panel.page.getByText("2 changes of 4 accepted, the rest rejected.").isVisible(),
    ).toBe(true);
    expect(await panel.button(/change/).count()).toBe(0);
  });

  it("says what was undone of it, change by change and as a whole, and offers it again", async () => {
    const panel = await shown(proposed);
    const tell = (...events: RunEvent[]): Promise<void> => panel.tell(events);
    const foot = panel.page.locator(".proposal > .card-foot");
    await tell({ kind: "proposalState", at: 12, proposalId: "proposal-1", state: "accepted" });
    expect(await foot.innerText()).toMatch(/^Accepted\. Undo takes it back\./);
    await tell(decided(0, 1, "undone"));
    expect(await foot.innerText()).toMatch(/^1 change of 4 was undone\.[\s\S]*Commit Message/);
    expect(await panel.page.locator(".block-verdict").allInnerTexts()).toEqual([
      "accepted",
      "undone",
      "accepted",
      "accepted",
    ]);
    await tell(decided(0, 0, "undone"), decided(1, 0, "undone"), decided(1, 1, "undone"));
    expect(await foot.innerText()).toMatch(/^Undone\. It is no longer in the code\./);
    expect(await panel.page.locator(".run-badge").innerText()).toBe("undone");
    expect(await panel.button("Commit Message").count()).toBe(0);
    await panel.button("Accept Again").click();
    expect(await panel.last()).toEqual({ kind: "accept", proposalId: "proposal-1" });
  });

  it("is reviewed in all files at once", async () => {
    const panel = await shown(proposed);
    await panel.button("Review all files").click();
    expect(await panel.last()).toEqual({ kind: "reviewAll", proposalId: "proposal-1" });
  });

  it("shows an edit without a place with what it says, and the way to point at one", async () => {
    const panel = await shown(unplaced);
    const card = panel.page.getByRole("region", { name: "Edit without a place", exact: true });
    expect(await card.innerText()).toContain("The same lines stand in two places.");
    expect(await card.innerText()).toContain("total = 1");
    await panel.button("Show Likely Place").click();
    await panel.button("Place Here").click();
    await panel.button("Ask for It Again").click();
    expect((await panel.sent()).slice(1)).toEqual([
      { kind: "showPlace", editId: "edit-1" },
      { kind: "placeHere", editId: "edit-1" },
      { kind: "askAgain", editId: "edit-1" },
    ]);
    await panel.tell([{ kind: "proposal", proposal }]);
    expect(await panel.button("Place Here").count()).toBe(0);
    expect(await panel.page.evaluate(() => document.activeElement?.className)).toContain("verdict");
  });
});
