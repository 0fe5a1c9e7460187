import { describe, expect, it } from "vitest";
import type { UnplacedEdit } from "../../../src/protocol/proposal";
import type { RunEvent } from "../../../src/protocol/run-events";
import { foldEvent } from "../../../src/runs/fold/fold-event";
import { joinText } from "../../../src/runs/join-text";
import { blockState, isUndecided, proposalsIn, unplacedIn } from "../../../src/runs/run-lists";
import { blankRun, type RunState } from "../../../src/runs/run-state";
import { fixRun } from "../../support/panel-runs";

const folded = (...events: RunEvent[]): RunState => events.reduce(foldEvent, blankRun("r"));
const proposal = (id: string): RunEvent => ({ kind: "proposal", proposal: { id, files: [] } });
const decided = (
  proposalId: string,
  state: "open" | "accepted" | "rejected" | "conflict",
): RunEvent => ({ kind: "proposalState", at: 1, proposalId, state });
const edit: UnplacedEdit = {
  id: "e",
  uri: "file:///a.py",
  path: "a.py",
  languageId: "python",
  reason: "",
  replace: "x",
  candidates: [],
  others: [],
};
const unplaced: RunEvent = { kind: "unplaced", at: 1, edit };
const waiting = (...events: RunEvent[]): string[] =>
  unplacedIn([folded(...events)]).map((each) => each.edit.id);

describe("the proposals of a run", () => {
  it("are in the state that was told last, with what was decided of their blocks", () => {
    const block: RunEvent = {
      kind: "hunkState",
      at: 1,
      proposalId: "a",
      fileIndex: 0,
      block: 2,
      state: "accepted",
    };
    const [a, b] = proposalsIn([
      folded(
        proposal("a"),
        proposal("b"),
        block,
        decided("b", "conflict"),
        decided("a", "accepted"),
      ),
    ]);
    expect(
      [a, b].map((each) => [each?.proposal.id, each?.state, each && isUndecided(each)]),
    ).toEqual([
      ["a", "accepted", false],
      ["b", "conflict", true],
    ]);
    expect(a && [blockState(a, 0, 2), blockState(a, 0, 1)]).toEqual(["accepted", "open"]);
  });
});

describe("an edit that waits to be placed by hand", () => {
  it("waits until a proposal of it comes", () => {
    expect(waiting(unplaced)).toEqual(["e"]);
    expect(waiting(unplaced, proposal("p"))).toEqual([]);
    expect(waiting(proposal("p"), unplaced)).toEqual(["e"]);
  });

  it("waits again when the newest proposal of it is rejected, whatever became of an older one", () => {
    expect(waiting(unplaced, proposal("p"), decided("p", "rejected"))).toEqual(["e"]);
    expect(waiting(unplaced, proposal("p"), decided("p", "rejected"), proposal("q"))).toEqual([]);
    expect(waiting(unplaced, proposal("p"), proposal("q"), decided("p", "rejected"))).toEqual([]);
    expect(waiting(proposal("p"), unplaced, proposal("q"), decided("p", "rejected"))).toEqual([]);
  });

  it("waits no more when the rejection is taken back", () => {
    expect(
      waiting(unplaced, proposal("p"), decided("p", "rejected"), decided("p", "open")),
    ).toEqual([]);
  });
});

describe("a run that is folded", () => {
  it("comes to the same when its text is joined", () => {
    const events = fixRun();
    expect(folded(...joinText(events))).toEqual(folded(...events));
    expect(joinText(events).length).toBeLessThan(events.length);
  });

  const nothingNew: readonly (readonly [
    what: string,
    before: readonly RunEvent[],
    event: RunEvent,
  ])[] = [
    [
      "the same progress",
      [{ kind: "progress", phase: "loading", done: 100, total: 100 }],
      { kind: "progress", phase: "loading", done: 100, total: 100 },
    ],
    [
      "the phase that lasts",
      [{ kind: "phase", at: 1, phase: "loading" }],
      { kind: "phase", at: 2, phase: "loading" },
    ],
    ["text without a character", [], { kind: "answer", text: "" }],
    [
      "the same draft",
      [{ kind: "draft", at: 1, draft: { files: [{ path: "a", hunks: [] }] } }],
      { kind: "draft", at: 2, draft: { files: [{ path: "a", hunks: [] }] } },
    ],
    [
      "an answer of nothing that was thought",
      [{ kind: "thought", text: "x" }],
      { kind: "answerWasThought" },
    ],
  ];
  for (const [what, before, event] of nothingNew) {
    it(`is the very same object when it is told ${what}`, () => {
      const run = folded(...before);
      expect(foldEvent(run, event)).toBe(run);
    });
  }

  it("is another when it is told of further progress, or of the same in another phase", () => {
    const run = folded({ kind: "progress", phase: "loading", done: 99, total: 100 });
    expect(foldEvent(run, { kind: "progress", phase: "loading", done: 100, total: 100 })).not.toBe(
      run,
    );
    expect(foldEvent(run, { kind: "progress", phase: "reading", done: 99, total: 100 })).not.toBe(
      run,
    );
  });
});

describe("a remark on the run", () => {
  const remark: RunEvent = { kind: "notice", text: "It goes on elsewhere." };
  const kinds = ({ parts }: RunState) => parts.map(({ kind }) => kind);

  it("does not break a thought in two, nor its steps and hints", () => {
    const step: RunEvent = { kind: "step", at: 2, back: 6 };
    const hint: RunEvent = {
      kind: "hint",
      at: 3,
      state: "taken",
      hint: { id: "h", text: "Look." },
    };
    const run = folded(
      { kind: "thought", text: "First. " },
      remark,
      { kind: "thought", text: "Then. " },
      step,
      hint,
    );
    expect(kinds(run)).toEqual(["thought", "notice"]);
    expect(run.parts[0]).toMatchObject({
      text: "First. Then. ",
      steps: [{ from: 7 }],
      hints: [{ at: 13 }],
    });
  });

  it("of a wait stands for those before it, and is over when the model goes on", () => {
    const waits = (seconds: number): RunEvent => {
      return { kind: "notice", text: `Nothing for ${seconds} s.`, until: "next" };
    };
    const waiting = folded({ kind: "thought", text: "First. " }, remark, waits(30), waits(60));
    expect(waiting.parts.slice(1)).toEqual([remark, waits(60)]);
    const run = foldEvent(waiting, { kind: "thought", text: "Then." });
    expect(kinds(run)).toEqual(["thought", "notice"]);
    expect(run.parts[0]).toMatchObject({ text: "First. Then." });
    const elsewhere: RunEvent = { kind: "notice", text: "It goes on elsewhere.", until: "end" };
    const end: RunEvent = { kind: "finished", at: 9, outcome: "answered", metrics: {} };
    const goesOn = folded({ kind: "thought", text: "First. " }, elsewhere, waits(30));
    expect(kinds(goesOn)).toEqual(["thought", "notice", "notice"]);
    expect(kinds(foldEvent(goesOn, end))).toEqual(["thought"]);
  });

  it("does not break an answer in two, but leaves what comes behind a change behind it", () => {
    const answer: RunEvent = { kind: "answer", text: "a" };
    expect(kinds(folded(answer, remark, answer))).toEqual(["answer", "notice"]);
    expect(kinds(folded(answer, proposal("p"), remark, answer))).toEqual([
      "answer",
      "proposal",
      "notice",
      "answer",
    ]);
  });
});
