import { afterEach, describe, expect, it, vi } from "vitest";
import type { EventBatch } from "../../../src/protocol/panel/to-panel";
import type { RunEvent } from "../../../src/protocol/run-events";
import { EventBatches } from "../../../src/session/panel/event-batches";

const thought = (text: string): RunEvent => ({ kind: "thought", text });

describe("events on their way to the panel", () => {
  afterEach(() => vi.useRealTimers());

  it("go in one message per interval, in order, numbered by the first", () => {
    vi.useFakeTimers();
    const sent: EventBatch[] = [];
    const batches = new EventBatches(33, (batch) => sent.push(batch));
    for (let seq = 5; seq < 15; seq++) batches.add("run", seq, thought(String(seq)));
    expect(sent).toEqual([]);
    vi.advanceTimersByTime(33);
    expect(sent).toHaveLength(1);
    expect(sent[0]?.seq).toBe(5);
    expect(sent[0]?.events.map((event) => (event.kind === "thought" ? event.text : ""))).toEqual(
      Array.from({ length: 10 }, (_, at) => String(at + 5)),
    );
  });

  it("of two runs are kept apart", () => {
    const sent: EventBatch[] = [];
    const batches = new EventBatches(33, (batch) => sent.push(batch));
    batches.add("first", 9, thought("a"));
    batches.add("second", 0, thought("b"));
    batches.add("first", 10, thought("c"));
    batches.flush();
    expect(sent.map(({ runId, seq }) => [runId, seq])).toEqual([
      ["first", 9],
      ["second", 0],
      ["first", 10],
    ]);
  });

  it("are not sent again after a replay has held them", () => {
    vi.useFakeTimers();
    const sent: EventBatch[] = [];
    const batches = new EventBatches(33, (batch) => sent.push(batch));
    batches.add("run", 0, thought("a"));
    batches.clear();
    vi.advanceTimersByTime(100);
    expect(sent).toEqual([]);
  });
});
