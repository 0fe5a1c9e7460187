import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { FoundRun } from "../../src/protocol/history";
import type { RunEvent } from "../../src/protocol/run-events";
import { beginning, fixRun, spoken } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const thinking: readonly RunEvent[] = [
  ...beginning("run-1", Date.now()),
  { kind: "phase", at: Date.now(), phase: "thinking" },
  ...spoken("thought", "The loop toggles bits."),
];
const asked: RunEvent = { kind: "looping", at: 6_500, where: "thought", state: "asked" };

/** The name of what has the focus. */
const focused = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("aria-label") ?? activeElement?.textContent ?? "";
  });

describeInBrowser("the keyboard's place in the panel", (_open, shown) => {
  it("goes from Answer now to Stop, and from there to the box when the run is over", async () => {
    const panel = await shown(thinking);
    await panel.button("Answer now").press("Enter");
    await expect.poll(() => focused(panel.page)).toBe("Stop");
    const stopped: RunEvent = { kind: "finished", at: 9_000, outcome: "stopped", metrics: {} };
    await panel.tell([stopped]);
    await expect.poll(() => focused(panel.page)).toBe("Ask about your code");
  });

  it("goes from a choice that was made to what the model is told next", async () => {
    const panel = await shown([...thinking, asked]);
    await panel.button("Let it go on").press("Enter");
    const over: RunEvent = { ...asked, state: "letGoOn" };
    await panel.tell([over]);
    await expect.poll(() => focused(panel.page)).toBe("Give the model a hint");
  });

  it("stays in the history when a run is pinned or deleted, and goes back to the button that opened it", async () => {
    const panel = await shown(fixRun());
    const run = (runId: string, pinned = false): FoundRun => {
      const path = `${runId}.py`;
      return { runId, at: 0, action: "ask", path, subject: "Why?", pinned };
    };
    const found = (...runs: FoundRun[]) =>
      panel.send({ kind: "found", found: { query: "", runs, total: runs.length } });
    await panel.button("History").press("Enter");
    await found(run("a"), run("b"));
    await panel.button("Pin: Ask about a.py").press("Enter");
    await found(run("a", true), run("b"));
    await expect.poll(() => focused(panel.page)).toBe("Pin: Ask about a.py");
    await panel.button("Delete: Ask about a.py").press("Enter");
    await found(run("b"));
    await expect.poll(() => focused(panel.page)).toBe("Delete: Ask about b.py");
    await found();
    await expect.poll(() => focused(panel.page)).toBe("Search earlier runs");
    await panel.page.keyboard.press("Escape");
    await expect.poll(() => focused(panel.page)).toBe("History");
  });

  it("is nobody's business when the person clicks beside everything", async () => {
    const panel = await shown(fixRun());
    await panel.page.getByRole("combobox").focus();
    await panel.page.locator(".run-subject").click();
    await panel.page.waitForTimeout(100);
    expect(await panel.page.evaluate(() => document.activeElement === document.body)).toBe(true);
  });
});
