import { beforeEach, describe, expect, it } from "vitest";
import { Assistant } from "../../../src/core/run/assistant";
import type { RunEvent } from "../../../src/protocol/run-events";
import { variedText } from "../../support/varied-text";
import { code, fixed, RunWorld, rewritten, targetIn } from "./run-world";

const request = { action: "fix", target: targetIn(code) } as const;

describe("the assistant", () => {
  let world: RunWorld;
  let assistant: Assistant;
  beforeEach(async () => {
    world = await RunWorld.start(rewritten(fixed));
    assistant = new Assistant(world.environment);
  });

  it("gives every event of a run to everyone who listens, in order, under the id that start returned", async () => {
    const heard: [string, RunEvent][] = [];
    const heardToo: [string, RunEvent][] = [];
    assistant.subscribe((runId, event) => heard.push([runId, event]));
    const runId = assistant.start(request);
    assistant.subscribe((id, event) => heardToo.push([id, event]));
    await assistant.idle();
    expect(heard[0]?.[1]).toMatchObject({ kind: "started", runId });
    expect(heard.at(-1)?.[1]).toMatchObject({ kind: "finished", outcome: "proposed" });
    expect(heard.every(([id]) => id === runId)).toBe(true);
    expect(heardToo).toEqual(heard);
  });

  it("refuses a second start while one goes on", async () => {
    const runId = assistant.start(request);
    expect(assistant.current).toMatchObject({ runId, action: "fix", path: "calc.py" });
    expect(() => assistant.start(request)).toThrow();
    await assistant.idle();
    expect(assistant.current).toBeUndefined();
    expect(world.daemon.chats()).toHaveLength(1);
  });

  it("lets the next run start from the last event of the one before", async () => {
    const ended: string[] = [];
    const both = new Promise<void>((resolve) => {
      assistant.subscribe((runId, event) => {
        if (event.kind !== "finished") return;
        ended.push(runId);
        if (ended.length === 1) assistant.start(request);
        else resolve();
      });
    });
    const first = assistant.start(request);
    await both;
    expect(ended[0]).toBe(first);
    expect(ended[1]).not.toBe(first);
  });

  it("is not disturbed by a listener that throws", async () => {
    const heard: RunEvent[] = [];
    assistant.subscribe(() => {
      throw new Error("a listener's own fault");
    });
    assistant.subscribe((_runId, event) => heard.push(event));
    assistant.start(request);
    await assistant.idle();
    expect(heard.at(-1)).toMatchObject({ kind: "finished", outcome: "proposed" });
    expect(world.errors[0]).toContain("a listener's own fault");
  });

  it("stops with the last event out, and has nothing to stop when nothing goes on", async () => {
    world = await RunWorld.start({ answer: variedText(2_000), delayMsPerChunk: 5 });
    assistant = new Assistant(world.environment);
    const heard: RunEvent[] = [];
    const answering = new Promise<void>((resolve) => {
      assistant.subscribe((_runId, event) => {
        heard.push(event);
        if (event.kind === "answer") resolve();
      });
    });
    assistant.start(request);
    await answering;
    const reason = "The window was closed.";
    await assistant.stop(reason);
    expect(heard.at(-1)).toMatchObject({ kind: "finished", outcome: "stopped", detail: reason });
    expect(assistant.current).toBeUndefined();
    await assistant.stop();
  });

  it("forgets who unsubscribed", async () => {
    const heard: RunEvent[] = [];
    const unsubscribe = assistant.subscribe((_runId, event) => heard.push(event));
    unsubscribe();
    assistant.start(request);
    await assistant.idle();
    expect(heard).toEqual([]);
  });
});
