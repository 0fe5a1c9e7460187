import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { ToPanel } from "../../src/protocol/panel/to-panel";
import type { RunEvent } from "../../src/protocol/run-events";
import {
  batch,
  beginning,
  bitcountThought,
  fixRun,
  inBatches,
  ready,
  spoken,
} from "../support/panel-runs";
import { randomNumbers } from "../support/random-numbers";
import { describeInBrowser } from "./panel-browser";

const longThought = Array.from(
  { length: 30 },
  (_, step) => `Step ${step}.\n\n${bitcountThought}`,
).join("\n");

function thinkingOf(text: string): RunEvent[] {
  const now = Date.now();
  return [
    ...beginning("run-1", now - 9_000),
    { kind: "phase", at: now, phase: "thinking" },
    ...spoken("thought", text),
  ];
}

/**
 * Every node of the runs; attributes in alphabetical order, since the order in which they were set
 * is nobody's business.
 */
function nodesOf(): string {
  const lines: string[] = [];
  const walk = document.createTreeWalker(document.querySelector(".runs") ?? document.body);
  for (let node = walk.nextNode(); node !== null; node = walk.nextNode()) {
    const attributes =
      node instanceof Element
        ? [...node.attributes].map(({ name, value }) => `${name}=${value}`).sort()
        : [];
    lines.push([node.nodeName, ...attributes, node instanceof Text ? node.data : ""].join(" "));
  }
  return lines.join("\n");
}

/** What people wrote: lists in lists, tables, code, links. */
function realTexts(): readonly string[] {
  return ["README.md", "ARCHITECTURE.md", "docs/decisions/0014-steering.md"].map((file) =>
    readFileSync(file, "utf8").slice(0, 6_000),
  );
}

/** Some sixty pieces of all lengths, the same ones each time. */
function cutAnywhere(text: string, seed: number): readonly string[] {
  const random = randomNumbers(seed);
  const cuts = Array.from({ length: 60 }, () => random(text.length));
  const at = [0, ...new Set(cuts.sort((one, other) => one - other)), text.length];
  return at.slice(1).map((to, index) => text.slice(at[index], to));
}

/** Gives the page each message and waits until it has drawn it. */
async function drawEach(messages: readonly ToPanel[]): Promise<void> {
  for (const data of messages) {
    window.dispatchEvent(new MessageEvent("message", { data }));
    await new Promise((resolve) => requestAnimationFrame(resolve));
  }
}

/** The answers' HTML, without what colours code in idle time. */
function textOf(): string {
  const answers = [...document.querySelectorAll(".answer:last-of-type")];
  return answers
    .map((answer) => {
      const copy = answer.cloneNode(true) as Element;
      for (const code of copy.querySelectorAll("pre code"))
        code.textContent = code.textContent ?? "";
      return copy.innerHTML;
    })
    .join("\n");
}

describeInBrowser("the stream in the panel", (open, shown) => {
  it("finished blocks stay the same nodes while the rest grows", async () => {
    const events = thinkingOf("First paragraph.\n\n- a list\n- of two\n\nThird, still\ngr");
    const panel = await shown(events, { size: 4 });
    const kept = await panel.page.evaluateHandle(() => [
      ...document.querySelectorAll(".thought .block:not(.rest)"),
    ]);
    expect(await kept.evaluate((blocks) => blocks.length)).toBe(2);
    const touched = await panel.page.evaluateHandle((blocks) => {
      const seen: string[] = [];
      const observer = new MutationObserver((changes) =>
        seen.push(...changes.map((change) => change.type)),
      );
      for (const block of blocks)
        observer.observe(block, {
          subtree: true,
          childList: true,
          characterData: true,
          attributes: true,
        });
      return seen;
    }, kept);
    await panel.tell(spoken("thought", "owing.\n\nFourth.\n\nFifth"), "run-1", 2);
    const same = await kept.evaluate((blocks) =>
      blocks.map((block, index) => document.querySelectorAll(".thought .block")[index] === block),
    );
    expect(same).toEqual([true, true]);
    expect(await touched.jsonValue()).toEqual([]);
    expect(await panel.page.locator(".thought .block").count()).toBe(5);
  });

  it("a code block that grows only gets text appended, and is coloured when it is closed", async () => {
    const events = thinkingOf("```python\ndef one():\n");
    const panel = await shown(events, { size: 3 });
    const code = await panel.page.evaluateHandle(() => document.querySelector(".growing code"));
    await panel.tell([{ kind: "thought", text: "    return 1\n" }], "run-1", 1);
    expect(await code.evaluate((node) => node?.isConnected && node.textContent)).toBe(
      "def one():\n    return 1\n",
    );
    expect(await panel.page.locator(".hljs-keyword").count()).toBe(0);
    await panel.tell([{ kind: "thought", text: "```\n" }], "run-1", 1);
    await expect
      .poll(() => panel.page.locator(".hljs-keyword").count(), { timeout: 5_000 })
      .toBe(2);
    expect(await panel.page.locator(".thought code").innerText()).toBe(
      "def one():\n    return 1\n",
    );
  });

  it("a replay gives the same page as the live stream", async () => {
    const events = fixRun();
    const replay: ToPanel = { kind: "replay", runs: [batch("run-1", 0, events)] };
    const panel = await shown(events.slice(0, 40), { size: 3 });
    await panel.tell(events.slice(40), "run-1", 3);
    await panel.button("Thought").click();
    const live = await panel.page.evaluate(nodesOf);
    expect(live).toContain("removes exactly one bit for each pass");
    await panel.send({ kind: "replay", runs: [] }, replay);
    expect(await panel.page.evaluate(nodesOf)).toBe(live);
    const fresh = await open();
    await fresh.send(ready, replay);
    await fresh.button("Thought").click();
    expect(await fresh.page.evaluate(nodesOf)).toBe(live);
  });

  it("a text is the same on the page wherever it was cut on its way", async () => {
    const panel = await open({ height: 2_000 });
    const atOnce = await open({ height: 2_000 });
    for (const [number, text] of realTexts().entries()) {
      const runId = `run-${number}`;
      const begun: RunEvent[] = [
        ...beginning(runId, 1),
        { kind: "phase", at: 2, phase: "answering" },
      ];
      const pieces = cutAnywhere(text, number).map((piece): RunEvent => {
        return { kind: "answer", text: piece };
      });
      const end: RunEvent = { kind: "finished", at: 3, outcome: "answered", metrics: {} };
      await panel.send(ready, ...inBatches(runId, begun, 50));
      await panel.page.evaluate(drawEach, inBatches(runId, pieces, 1, begun.length));
      await panel.send(...inBatches(runId, [end], 1, begun.length + pieces.length));
      const whole: RunEvent[] = [...begun, { kind: "answer", text }, end];
      await atOnce.send(ready, ...inBatches(runId, whole, 50));
      const live = await panel.page.evaluate(textOf);
      expect(live.length).toBeGreaterThan(text.length);
      await expect.poll(() => atOnce.page.evaluate(textOf), { timeout: 5_000 }).toBe(live);
    }
  });

  it("what is selected in a text stays selected while the text grows, and when its paragraph is whole", async () => {
    const events = thinkingOf("Some **bold** words of the");
    const panel = await shown(events);
    const selected = () => panel.page.evaluate(() => getSelection()?.toString());
    await panel.page.evaluate(() => {
      const paragraph = document.querySelector(".thought .rest p");
      if (paragraph !== null) getSelection()?.selectAllChildren(paragraph);
    });
    expect(await selected()).toBe("Some bold words of the");
    await panel.tell(spoken("thought", " thought `a` go\n\nThe next"), "run-1", 1);
    expect(await selected()).toContain("Some bold words of the");
  });

  it("the reasoning follows its end until the person scrolls up, then stays put until they come back", async () => {
    const events = thinkingOf(longThought);
    const panel = await shown(events);
    const box = panel.page.locator(".thought-box");
    const toEnd = (): Promise<number> =>
      box.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
    await expect.poll(toEnd, { timeout: 5_000 }).toBeLessThan(2);
    await box.hover();
    await panel.page.mouse.wheel(0, -400);
    await expect.poll(toEnd, { timeout: 5_000 }).toBeGreaterThan(300);
    await panel.page.waitForTimeout(200);
    const place = await box.evaluate((node) => node.scrollTop);
    await panel.tell(spoken("thought", `\n\n${longThought}`));
    expect(Math.abs((await box.evaluate((node) => node.scrollTop)) - place)).toBeLessThan(2);
    await panel.page.getByRole("button", { name: "jump to latest", exact: true }).click();
    await expect.poll(toEnd, { timeout: 5_000 }).toBeLessThan(2);
    expect(await panel.button("following").isDisabled()).toBe(true);
  });

  it("the page stays where the person scrolled to while an answer comes, and offers the way back", async () => {
    const events: RunEvent[] = [
      ...beginning("run-1", Date.now()),
      ...spoken("answer", longThought),
    ];
    const panel = await shown(events, { height: 500 });
    const page = panel.page.locator(".page");
    const top = (): Promise<number> => page.evaluate((node) => node.scrollTop);
    await expect
      .poll(() => page.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop))
      .toBeLessThan(2);
    await page.hover();
    await panel.page.mouse.wheel(0, -600);
    const jump = panel.page.getByRole("button", { name: "Jump to latest", exact: true });
    await jump.waitFor();
    await panel.page.waitForTimeout(200);
    const place = await top();
    await panel.tell(spoken("answer", longThought));
    expect(Math.abs((await top()) - place)).toBeLessThan(2);
    await jump.click();
    await expect
      .poll(() => page.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop))
      .toBeLessThan(2);
  });

  it("what is unfolded at the end of the page stays in sight with the button that unfolds it", async () => {
    const finished: RunEvent = { kind: "finished", at: 9, outcome: "answered", metrics: {} };
    const answer = "It toggles bits.\n\n".repeat(6);
    const events = [...thinkingOf(longThought), ...spoken("answer", answer), finished];
    const panel = await shown(events, { height: 500 });
    const page = panel.page.locator(".page");
    const toEnd = (): Promise<number> =>
      page.evaluate((node) => node.scrollHeight - node.clientHeight - node.scrollTop);
    await expect.poll(toEnd).toBeLessThan(2);
    const thought = panel.page.locator(".thought .disclosure-button");
    const height = (): Promise<number | undefined> =>
      Promise.all([thought.boundingBox(), page.boundingBox()]).then(
        ([button, box]) => (button?.y ?? Number.NaN) - (box?.y ?? 0),
      );
    await thought.click();
    await expect.poll(toEnd).toBeGreaterThan(50);
    expect(await height()).toBeGreaterThanOrEqual(0);
  });

  it("whoever scrolled up in the reasoning is not cut off when the run ends", async () => {
    const events = thinkingOf(longThought);
    const panel = await shown(events);
    const box = panel.page.locator(".thought-box");
    await box.hover();
    // On a busy machine not all of it is drawn yet.
    await expect.poll(() => box.evaluate(({ scrollTop }) => scrollTop)).toBeGreaterThan(400);
    await panel.page.mouse.wheel(0, -400);
    await panel.page.getByRole("button", { name: "jump to latest", exact: true }).waitFor();
    await panel.tell([{ kind: "finished", at: Date.now(), outcome: "answered", metrics: {} }]);
    expect(
      await panel.page.locator(".thought .disclosure-button").getAttribute("aria-expanded"),
    ).toBe("true");
  });

  it("an edit in the answer is folded, with every character of what the model wrote", async () => {
    const panel = await shown(fixRun(), { size: 7 });
    await panel.page.getByText("The edit as the model wrote it").click();
    expect(await panel.page.locator(".raw-edit code").textContent()).toBe(
      "<<<<<<< SEARCH\n        n ^= n - 1\n=======\n        n &= n - 1\n>>>>>>> REPLACE\n",
    );
  });
});
