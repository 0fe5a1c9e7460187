import { describe, expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { foldEvent } from "../../src/runs/fold/fold-event";
import { parseRunLines, runLine } from "../../src/runs/run-lines";
import { blankRun } from "../../src/runs/run-state";
import { fixRun } from "../support/panel-runs";

const thought: RunEvent = { kind: "thought", text: "hm" };

describe("the lines of a run's log", () => {
  it("give every event back, and each names its version", () => {
    const events = fixRun();
    const lines = events.map((event) => `${runLine(event)}\n`).join("");
    expect(parseRunLines(lines)).toEqual(events);
    for (const line of lines.trimEnd().split("\n"))
      expect(JSON.parse(line)).toMatchObject({ v: 1 });
  });

  it("that were written before lines had a version are read", () => {
    expect(parseRunLines(`${JSON.stringify(thought)}\n`)).toEqual([thought]);
  });

  it.each([
    ["of a later version", '{"v":2,"kind":"thought","text":"other"}'],
    ["with a version that is none", '{"v":"one","kind":"thought","text":"other"}'],
    ["of a kind that is not known", '{"v":1,"kind":"dreamt","text":"other"}'],
    ["of a kind that every object has", '{"v":1,"kind":"toString"}'],
    ["without its text", '{"v":1,"kind":"thought"}'],
    [
      "with a range that is none",
      '{"v":1,"kind":"started","at":1,"runId":"r","action":"fix","uri":"u","path":"p","subject":"","range":{}}',
    ],
    ["with a report that is none", '{"v":1,"kind":"failed","at":1,"report":null}'],
    ["that is cut", '{"v":1,"kind":"thou'],
    ["that is a list", "[1, 2]"],
    ["of nothing", "null"],
  ])("pass over one %s, and go on behind it", (_what, line) => {
    const events = parseRunLines(`${line}\n${runLine(thought)}\n`);
    expect(events).toEqual([thought]);
    expect(events.reduce(foldEvent, blankRun("r")).parts).toHaveLength(1);
  });
});
