import { describe, expect, it } from "vitest";
import { Interventions } from "../../../src/core/run/interventions";
import type { RunEvent } from "../../../src/protocol/run-events";
import { variedText } from "../../support/varied-text";
import { collected, fixed, kinds, RunWorld, rewritten, textOf } from "./run-world";

let world: RunWorld;

const oneSecondMs = 1_000;

/**
 * Runs until the event is there, stops, and gives all events and how long after the stop the daemon
 * saw its client leave.
 */
async function stopAt(wanted: (event: RunEvent) => boolean, when = async (): Promise<void> => {}) {
  const interventions = new Interventions();
  const events: RunEvent[] = [];
  let stoppedAt = 0;
  const stop = async (): Promise<void> => {
    await when();
    stoppedAt = performance.now();
    interventions.stop();
  };
  let stopping: Promise<void> | undefined;
  for await (const event of world.run({}, interventions)) {
    events.push(event);
    if (stopping === undefined && wanted(event)) stopping = stop();
  }
  await stopping;
  const left = await Promise.all(world.daemon.chats().map((chat) => chat.over));
  return { events, left, tookMs: performance.now() - stoppedAt };
}

describe("stopping", () => {
  it("before the headers leaves the daemon idle within a second", async () => {
    world = await RunWorld.start({ answer: "", fault: "hangAtOnce" });
    const { events, left, tookMs } = await stopAt(
      (event) => event.kind === "sent",
      async () => {
        await world.daemon.received("/api/chat");
      },
    );
    expect(left).toEqual(["clientLeft"]);
    expect(tookMs).toBeLessThan(oneSecondMs);
    expect(world.daemon.busy()).toBe(0);
    expect(events.at(-1)).toMatchObject({ kind: "finished", outcome: "stopped" });
  });

  it("while the model loads leaves the daemon idle within a second", async () => {
    world = await RunWorld.start({
      models: [{ name: "deepseek-r1:1.5b", loadMs: 20_000 }],
      chat: "late",
    });
    const { left, tookMs } = await stopAt(
      (event) => event.kind === "phase" && event.phase === "loading",
      async () => {
        await world.daemon.received("/api/chat");
      },
    );
    expect(left).toEqual(["clientLeft"]);
    expect(tookMs).toBeLessThan(oneSecondMs);
  });

  it("in the middle of a thought keeps the thought", async () => {
    world = await RunWorld.start(
      {
        thinking: variedText(1_500),
        answer: rewritten(fixed),
        delayMsPerChunk: 5,
      },
      { thinks: true },
    );
    const { events, left, tookMs } = await stopAt((event) => event.kind === "thought");
    expect(left).toEqual(["clientLeft"]);
    expect(tookMs).toBeLessThan(oneSecondMs);
    expect(textOf(events, "thought")).toMatch(/^\w/);
    expect(events.at(-1)).toMatchObject({ kind: "finished", outcome: "stopped" });
    expect(kinds(events)).not.toContain("failed");
  });

  it("in the middle of the answer keeps what was answered and proposes nothing", async () => {
    world = await RunWorld.start({
      answer: `${rewritten(fixed)}\n${variedText(500)}`,
      delayMsPerChunk: 5,
    });
    let text = "";
    const { events, left, tookMs } = await stopAt((event) => {
      if (event.kind === "answer") text += event.text;
      return text.includes("```\n\n");
    });
    expect(left).toEqual(["clientLeft"]);
    expect(tookMs).toBeLessThan(oneSecondMs);
    expect(textOf(events, "answer")).toContain("return a + b");
    expect(kinds(events)).not.toContain("proposal");
  });

  it("before the model is found ends as stopped, not as a failure", async () => {
    const interventions = new Interventions();
    world = await RunWorld.start(
      {},
      {
        environment: {
          connect: (signal) =>
            new Promise((_resolve, reject) => {
              signal.addEventListener("abort", () => reject(signal.reason));
              interventions.stop();
            }),
        },
      },
    );
    const events = await collected(world.run({}, interventions));
    expect(events.at(-1)).toMatchObject({ kind: "finished", outcome: "stopped" });
    expect(world.daemon.chats()).toEqual([]);
  });

  it("by whoever leaves the loop closes the connection as well", async () => {
    world = await RunWorld.start({ answer: variedText(2_000), delayMsPerChunk: 5 });
    for await (const event of world.run()) if (event.kind === "answer") break;
    expect(await world.daemon.chats()[0]?.over).toBe("clientLeft");
  });
});
