import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { foldEvent } from "../../src/runs/fold/fold-event";
import { blankRun, type RunState } from "../../src/runs/run-state";
import { Announcer, announcement, stepAnnouncement } from "../../src/webview/announcer";
import { fixRun } from "../support/panel-runs";

function told(events: readonly RunEvent[]): string[] {
  let run: RunState | undefined;
  return events.flatMap((event) => {
    const next = foldEvent(run ?? blankRun("run-1"), event);
    const words = announcement(run, next);
    run = next;
    return words === undefined ? [] : [words];
  });
}

describe("what a screen reader is told", () => {
  it("the stages and the result, and not a word of the stream", () => {
    expect(told(fixRun())).toEqual([
      "Fix bitcount.py",
      "Connecting",
      "Loading the model",
      "Reading the prompt",
      "Thinking",
      "Answering",
      "Checking the edit",
      "Proposal ready: 1 change in bitcount.py",
    ]);
  });

  it("a failure with its remedy, and what became of a proposal", () => {
    const report = {
      failure: { kind: "serverBusy" as const },
      title: "The daemon is busy",
      remedy: "Try again.",
    };
    expect(told([...fixRun().slice(0, 8), { kind: "failed", at: 0, report }]).at(-1)).toBe(
      "Failed: The daemon is busy. Try again.",
    );
    const proposalId = "proposal-1";
    const accepted: RunEvent = { kind: "proposalState", at: 1, proposalId, state: "accepted" };
    expect(told([...fixRun(), accepted]).at(-1)).toBe("Proposal accepted");
    const one = (state: "accepted" | "open"): RunEvent => {
      return { kind: "hunkState", at: 1, proposalId, fileIndex: 0, block: 0, state };
    };
    expect(told([...fixRun(), one("accepted"), one("open")]).slice(-2)).toEqual([
      "Change accepted",
      "Change not decided any more",
    ]);
  });
});

it("a screen reader hears that a thought came to its next step, once", () => {
  const events: RunEvent[] = [
    ...fixRun().slice(0, 12),
    { kind: "step", at: 1, back: 0 },
    { kind: "thought", text: "So it goes." },
    { kind: "step", at: 2, back: 0 },
  ];
  let run = blankRun("run-1");
  const words = events.flatMap((event) => {
    const next = foldEvent(run, event);
    const step = stepAnnouncement(run, next);
    run = next;
    return step === undefined ? [] : [step];
  });
  expect(words).toEqual(["Step 2", "Step 3"]);
});

describe("the announcer", () => {
  beforeEach(() => {
    vi.useFakeTimers();
  });
  afterEach(() => {
    vi.useRealTimers();
  });

  it("says the first thing at once and of what follows quickly only the newest", () => {
    const region = { textContent: "" };
    const announcer = new Announcer(region as HTMLElement, 1_000);
    announcer.say("Connecting");
    announcer.say("Loading the model");
    announcer.say("Thinking");
    expect(region.textContent).toBe("Connecting");
    vi.advanceTimersByTime(1_000);
    expect(region.textContent).toBe("Thinking");
    vi.advanceTimersByTime(5_000);
    announcer.say("Answering");
    expect(region.textContent).toBe("Answering");
  });

  it("passes over a step that begins while it still says something else", () => {
    const region = { textContent: "" };
    const announcer = new Announcer(region as HTMLElement, 1_000);
    announcer.say("Thinking");
    announcer.say("Your hint is in the thought");
    announcer.mention("Step 2");
    vi.advanceTimersByTime(1_000);
    expect(region.textContent).toBe("Your hint is in the thought");
    vi.advanceTimersByTime(1_000);
    announcer.mention("Step 3");
    expect(region.textContent).toBe("Step 3");
  });
});
