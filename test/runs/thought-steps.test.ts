import { describe, expect, it } from "vitest";
import { usualThought } from "../../src/core/run/attempts/model-pace";
import { withSteps } from "../../src/core/run/thought-steps";
import type { RunEvent } from "../../src/protocol/run-events";
import { foldEvent } from "../../src/runs/fold/fold-event";
import { joinText } from "../../src/runs/join-text";
import { blankRun, type RunState } from "../../src/runs/run-state";
import { stepOfChange, stepsOf } from "../../src/runs/thought-steps";
import { beginning, spoken } from "../support/panel-runs";

const first = `The loop toggles bits. ${"It is read once more. ".repeat(8)}\n\n`;
const second = `Wait, \`n &= n - 1\` clears exactly one. ${"That is it. ".repeat(8)}`;

async function told(events: readonly RunEvent[]): Promise<RunEvent[]> {
  async function* source() {
    yield* events;
  }
  const all: RunEvent[] = [];
  for await (const event of withSteps(source())) all.push(event);
  return all;
}

function folded(events: readonly RunEvent[]): RunState {
  return events.reduce(foldEvent, blankRun("run-1"));
}

const events: RunEvent[] = [
  ...beginning("run-1", 0),
  { kind: "phase", at: 5_000, phase: "thinking" },
  ...spoken("thought", first + second),
];

describe("a run with steps in its thought", () => {
  it("tells each step's text, also from a log whose words are joined", async () => {
    const all = await told(events);
    for (const each of [all, joinText(all)]) {
      const run = folded(each);
      const part = run.parts.find(({ kind }) => kind === "thought");
      if (part?.kind !== "thought") throw new Error("no thought");
      const steps = stepsOf(part, run, Date.now());
      expect(steps.map(({ from, to }) => part.text.slice(from, to))).toEqual([first, second]);
      expect(steps.every(({ ms }) => ms !== undefined)).toBe(true);
    }
  });

  it("begins anew with each thought", async () => {
    const again: RunEvent[] = [
      { kind: "attempt", at: 9_000, number: 2, reason: "" },
      ...spoken("thought", second),
    ];
    const steps = (await told([...events, ...again])).filter(({ kind }) => kind === "step");
    expect(steps).toHaveLength(1);
  });
});

describe("the step that speaks of a change", () => {
  const hunk = { lines: ["     while n:", "-        n ^= n - 1", "+        n &= n - 1"] };

  it("is the one that quotes its lines", () => {
    expect(stepOfChange([hunk], ["The loop is long.", second, "So it is done."])).toBe(1);
  });

  it("is the last one that names most of its words", () => {
    const renamed = { lines: ["-    return total", "+    return total / len(values)"] };
    const steps = ["`values` may be empty.", "Divide by len of values.", "Then it is right."];
    expect(stepOfChange([renamed], steps)).toBe(1);
  });

  it("is none where nothing speaks of it, or where there is one step only", () => {
    expect(stepOfChange([hunk], ["One thing.", "Another thing."])).toBeUndefined();
    expect(stepOfChange([hunk], [second])).toBeUndefined();
  });
});

it("a model's usual thought is the middle one of its last, once there are three", () => {
  const measure = (thoughtTokens: number) => ({ tokens: 500, ms: 1_000, thoughtTokens });
  expect(usualThought([measure(100), measure(900)])).toBeUndefined();
  expect(usualThought([measure(100), measure(900), measure(300)])).toBe(300);
});
