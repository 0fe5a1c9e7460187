import { describe, expect, it } from "vitest";
import type { ToPanel } from "../../src/protocol/panel/to-panel";
import type { RunEvent } from "../../src/protocol/run-events";
import { timeIn } from "../../src/runs/phase-times";
import {
  carriesOn,
  decidableProposal,
  emptyPanel,
  type PanelState,
  reduce,
  runningRun,
} from "../../src/webview/state";
import {
  batch,
  beginning,
  bitcountProposal,
  bitcountThought,
  fixRun,
  inBatches,
} from "../support/panel-runs";

/** The page asks for a replay before anything else. */
function stateAfter(...messages: readonly ToPanel[]): PanelState {
  return messages.reduce(reduce, reduce(emptyPanel, { kind: "replay", runs: [] }));
}

function replay(runId: string, events: readonly RunEvent[]): ToPanel {
  return { kind: "replay", runs: [batch(runId, 0, events)] };
}

const events = fixRun();

describe("the panel's state", () => {
  it("a replay gives what the live stream gave, however the events were batched", () => {
    const replayed = stateAfter(replay("run-1", events));
    for (const size of [1, 2, 7, 1000])
      expect(stateAfter(...inBatches("run-1", events, size))).toEqual(replayed);
  });

  it("a replay in several messages changes nothing that is shown before the last of them has come", () => {
    const runs = ["run-1", "run-2", "run-3"].map((runId) => batch(runId, 0, fixRun(runId)));
    const shown = stateAfter(replay("run-0", events));
    const begun = reduce(shown, { kind: "replay", runs: runs.slice(0, 2), more: true });
    expect(begun.runs).toBe(shown.runs);
    const whole = stateAfter({ kind: "replay", runs });
    expect(reduce(begun, { kind: "replay", runs: runs.slice(2) })).toEqual(whole);
  });

  it("the same list twice gives the same state, and no state that was given out is changed later", () => {
    const first = stateAfter(replay("run-1", events.slice(0, 20)));
    const frozen = JSON.stringify(first);
    const second = reduce(first, { kind: "events", batch: batch("run-1", 20, events.slice(20)) });
    expect(JSON.stringify(first)).toBe(frozen);
    expect(second).toEqual(stateAfter(replay("run-1", events)));
  });

  it("events that came before are dropped, also when only part of a batch is new", () => {
    const once = stateAfter(...inBatches("run-1", events, 5));
    expect(reduce(once, { kind: "events", batch: batch("run-1", 0, events.slice(0, 12)) })).toBe(
      once,
    );
    const half = stateAfter({ kind: "events", batch: batch("run-1", 0, events.slice(0, 10)) });
    const overlapping = reduce(half, { kind: "events", batch: batch("run-1", 4, events.slice(4)) });
    expect(overlapping).toEqual(once);
  });

  it("after a gap nothing of that run is shown out of order, and a replay is wanted", () => {
    const begun = stateAfter({ kind: "events", batch: batch("run-1", 0, events.slice(0, 10)) });
    const gap = reduce(begun, { kind: "events", batch: batch("run-1", 12, events.slice(12)) });
    expect(gap.incomplete).toBe(true);
    expect(gap.runs).toBe(begun.runs);
    expect(reduce(gap, replay("run-1", events))).toEqual(stateAfter(replay("run-1", events)));
  });

  it("a run that is first heard of in its middle wants a replay too", () => {
    expect(
      stateAfter({ kind: "events", batch: batch("run-9", 3, events.slice(3)) }).incomplete,
    ).toBe(true);
  });

  it("a replay forgets the runs that it does not name and keeps the set-up", () => {
    const setup: ToPanel = {
      kind: "setup",
      setup: { kind: "looking", endpoint: "http://127.0.0.1:11434" },
    };
    const state = stateAfter(setup, replay("run-1", events), replay("run-2", fixRun("run-2")));
    expect(state.runs.map((run) => run.runId)).toEqual(["run-2"]);
    expect(state.setup.kind).toBe("looking");
  });

  it("thought and answer keep every character, in the order in which they came", () => {
    const run = stateAfter(replay("run-1", events)).runs[0];
    expect(run?.parts.map((part) => part.kind)).toEqual(["thought", "answer", "proposal"]);
    expect(run?.parts[0]).toMatchObject({ text: bitcountThought });
  });

  it("an answer that turns out to be reasoning moves to the end of the thought", () => {
    const moved: RunEvent[] = [
      ...beginning("run-1", 0),
      { kind: "thought", text: "First. " },
      { kind: "answer", text: "Second." },
      { kind: "answerWasThought" },
      { kind: "answer", text: "Done." },
    ];
    const parts = stateAfter(replay("run-1", moved)).runs[0]?.parts;
    expect(parts?.map((part) => [part.kind, "text" in part ? part.text : ""])).toEqual([
      ["thought", "First. Second."],
      ["answer", "Done."],
    ]);
  });

  it("each attempt keeps its own thought, answer and times", () => {
    const twice: RunEvent[] = [
      ...beginning("run-1", 0),
      { kind: "phase", at: 10_000, phase: "thinking" },
      { kind: "thought", text: "one" },
      { kind: "attempt", at: 12_000, number: 2, reason: "nothing was changed" },
      { kind: "phase", at: 13_000, phase: "thinking" },
      { kind: "thought", text: "two" },
    ];
    const run = stateAfter(replay("run-1", twice)).runs[0];
    expect(run?.parts.map((part) => part.kind)).toEqual(["thought", "attempt", "thought"]);
    expect(run && timeIn(run, "thinking", 18_000, 1)).toBe(2_000);
    expect(run && timeIn(run, "thinking", 18_000, 2)).toBe(5_000);
    expect(run && timeIn(run, "thinking", 18_000)).toBe(7_000);
    expect(run && timeIn(run, "checking", 18_000)).toBeUndefined();
  });

  it("only the newest proposal can be decided, and only while it is open", () => {
    const open = stateAfter({
      kind: "replay",
      runs: [batch("run-1", 0, events), batch("run-2", 0, beginning("run-2", 0))],
    });
    expect(decidableProposal(open)?.proposal.id).toBe("proposal-1");
    const proposalId = "proposal-1";
    const accepted: RunEvent = { kind: "proposalState", at: 1, proposalId, state: "accepted" };
    expect(decidableProposal(stateAfter(replay("run-1", [...events, accepted])))).toBeUndefined();
    const newer = { ...bitcountProposal, id: "proposal-2" };
    const both = stateAfter(replay("run-1", [...events, { kind: "proposal", proposal: newer }]));
    expect(decidableProposal(both)?.proposal.id).toBe("proposal-2");
  });

  it("a run is running until it finishes or fails", () => {
    expect(runningRun(stateAfter(replay("run-1", events.slice(0, -1))))?.runId).toBe("run-1");
    expect(runningRun(stateAfter(replay("run-1", events)))).toBeUndefined();
  });

  it("what is on the page is carried on when a replay only adds to it, and not when the text differs", () => {
    const before = stateAfter(replay("run-1", events.slice(0, 20)));
    expect(carriesOn(before, stateAfter(replay("run-1", events)))).toBe(true);
    expect(carriesOn(before, stateAfter(replay("run-2", fixRun("run-2"))))).toBe(false);
    expect(
      carriesOn(
        before,
        stateAfter(replay("run-1", [...beginning("run-1", 0), { kind: "thought", text: "Other" }])),
      ),
    ).toBe(false);
  });

  it("what a newer host may send is passed over without harm", () => {
    const strange = { kind: "somethingNew" } as unknown as RunEvent;
    const state = stateAfter(replay("run-1", [...events.slice(0, 5), strange, ...events.slice(5)]));
    expect(state.runs[0]?.end?.kind).toBe("finished");
    expect(reduce(state, { kind: "unheardOf" } as unknown as ToPanel)).toBe(state);
  });
});
