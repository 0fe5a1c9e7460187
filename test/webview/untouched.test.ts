import { expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { batch, beginning, inBatches, ready, spoken } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const before = "The loop ends too late.\n\n- one\n- two\n\n```\nwhile n\n```\n\n";
/** A step is told of when so much of it is there that it is worth one. */
const turn = "Wait, the mask is `n - 1`, and the\n\nlowest one is what it clears";

function thinking(): RunEvent[] {
  const now = Date.now();
  return [...beginning("run-1", now - 9_000), { kind: "phase", at: now, phase: "thinking" }];
}

/** Marks the elements that match now, and watches what is set in them to what it was. */
function watchFor(selector: string): void {
  const panel = document.querySelector("#panel") ?? document.body;
  const idle: string[] = [];
  const observer = new MutationObserver((changes) => {
    for (const { target, attributeName, oldValue } of changes) {
      if (!(target instanceof Element) || attributeName === null) continue;
      if (target.getAttribute(attributeName) === oldValue)
        idle.push(`${target.className} ${attributeName}=${oldValue}`);
    }
  });
  observer.observe(panel, { subtree: true, attributes: true, attributeOldValue: true });
  Object.assign(window, { marked: [...document.querySelectorAll(selector)], idle });
}

describeInBrowser("what does not change in the panel", (open, shown) => {
  it("the blocks before a step that begins in what is shown stay, and its text goes over to it", async () => {
    const events = [...thinking(), ...spoken("thought", before), ...spoken("thought", turn)];
    const panel = await shown(events, { size: 8 });
    const blocks = panel.page.locator(".step-body .block");
    await expect.poll(() => blocks.count()).toBe(5);
    await panel.page.evaluate(watchFor, ".step-body .block");
    const step: RunEvent = { kind: "step", at: Date.now(), back: turn.length };
    const rest: RunEvent = { kind: "thought", text: ".\n" };
    await panel.tell([step, rest], "run-1", 1);
    const steps = panel.page.locator(".step-body");
    await expect.poll(() => steps.count()).toBe(2);
    const kept = await panel.page.evaluate(() =>
      (window as unknown as { marked: Element[] }).marked.map((block) => block.isConnected),
    );
    expect(kept).toEqual([true, true, true, false, false]);
    const content = () => panel.page.locator(".thought-content").innerHTML();
    const live = await content();
    expect(live).toContain("The loop ends too late.");
    expect(live.split("the mask is")).toHaveLength(2);
    const replay = batch("run-1", 0, [...events, step, rest]);
    await panel.send({ kind: "replay", runs: [] }, { kind: "replay", runs: [replay] });
    await expect.poll(content).toBe(live);
  });

  it("nothing moves by itself while text comes", async () => {
    const panel = await open();
    const moving = () =>
      panel.page.evaluate(
        () => document.getAnimations().filter(({ playState }) => playState === "running").length,
      );
    const [...events] = thinking();
    const thought = events.pop();
    await panel.send(ready, ...inBatches("run-1", events, 8));
    expect(await moving()).toBeGreaterThan(0);
    const begun = [...(thought === undefined ? [] : [thought]), ...spoken("thought", before)];
    await panel.tell(begun, "run-1", 8);
    await panel.page.getByText("The loop ends too late.").waitFor();
    await expect.poll(moving).toBe(0);
  });

  it("a drawing sets nothing to what it was", async () => {
    const events = [...thinking(), ...spoken("thought", before)];
    const panel = await shown(events, { size: 8 });
    await panel.page.evaluate(watchFor, "body");
    await panel.tell(spoken("thought", turn), "run-1", 4);
    await panel.page.getByText("lowest one is what it clears").waitFor();
    expect(await panel.page.evaluate(() => (window as unknown as { idle: string[] }).idle)).toEqual(
      [],
    );
  });
});
