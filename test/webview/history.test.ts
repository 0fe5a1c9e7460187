import { expect, it } from "vitest";
import type { FoundRun, FoundRuns } from "../../src/protocol/history";
import { batch, fixRun } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const run = (runId: string, subject: string, more: Partial<FoundRun> = {}): FoundRun => ({
  runId,
  at: Date.UTC(2026, 0, 2, 12),
  action: "ask",
  path: "shop/basket.py",
  subject,
  pinned: false,
  ...more,
});
const found = (query: string, runs: readonly FoundRun[], total = runs.length): FoundRuns => ({
  query,
  runs,
  total,
});

describeInBrowser("the panel's history", (_open, shown) => {
  it("asks for the newest runs when it opens, and for what is typed when the hands rest", async () => {
    const panel = await shown();
    await panel.button("History").click();
    expect(await panel.last()).toEqual({ kind: "searchHistory", query: "", most: 50 });
    const box = panel.page.getByRole("searchbox", { name: "Search earlier runs" });
    await box.pressSequentially("ring");
    await expect.poll(panel.last).toEqual({ kind: "searchHistory", query: "ring", most: 50 });
    expect((await panel.sent()).length).toBeLessThan(6);
  });

  it("shows why a run was found, and how many there are beyond those that are shown", async () => {
    const panel = await shown([], { width: 320 });
    await panel.button("History").click();
    await panel.send({
      kind: "found",
      found: found(
        "",
        [
          run("a", "Why `two`?"),
          run("b", "Other", { excerpt: "a ring of keys" }),
          run("c", "", { outcome: "proposed", decision: "accepted" }),
        ],
        73,
      ),
    });
    expect(await panel.page.locator("[data-found=b]").innerText()).toContain("a ring of keys");
    expect(await panel.page.locator("[data-found=a] code").innerText()).toBe("two");
    expect(await panel.page.locator("[data-found=c]").innerText()).toContain(
      "accepted · Jan 2, 2026",
    );
    expect(await panel.page.locator(".history-count").innerText()).toBe("3 of 73 runs");
    // Where the eye is while one types; below an empty list nobody looks.
    const middle = async (place: string) => {
      const { y, height } = (await panel.page.locator(place).boundingBox()) ?? { y: 0, height: 0 };
      return y + height / 2;
    };
    const close = await middle(".history-head button");
    expect(Math.abs(close - (await middle(".history-box")))).toBeLessThan(1.5);
    expect(await middle(".history-count")).toBeLessThan(await middle("[data-found=a]"));
    const isWide = () =>
      document.documentElement.scrollWidth > document.documentElement.clientWidth;
    expect(await panel.page.evaluate(isWide)).toBe(false);
  });

  it("shows more of what was found when asked to, and goes on from there by keyboard", async () => {
    const panel = await shown();
    await panel.button("History").click();
    const runs = Array.from({ length: 73 }, (_, at) => run(`run-${at}`, `Question ${at}`));
    await panel.send({ kind: "found", found: found("", runs.slice(0, 50), 73) });
    const more = panel.button("Show more");
    await more.press("Enter");
    expect(await panel.last()).toEqual({ kind: "searchHistory", query: "", most: 100 });
    await panel.send({ kind: "found", found: found("", runs) });
    expect(await panel.page.locator("[data-found]").count()).toBe(73);
    expect(await more.count()).toBe(0);
    const focused = () =>
      document.activeElement?.closest("[data-found]")?.getAttribute("data-found");
    await expect.poll(() => panel.page.evaluate(focused)).toBe("run-50");
  });

  it("does not say of a run that broke off that it was stopped", async () => {
    const panel = await shown();
    await panel.send({
      kind: "events",
      batch: batch("run-1", 0, [
        ...fixRun("run-1").filter(({ kind }) => kind === "started"),
        {
          kind: "finished",
          at: 2_000,
          outcome: "stopped",
          detail: "The window was closed or reloaded before the run was over.",
          metrics: {},
        },
      ]),
    });
    const badge = panel.page.locator("[data-run=run-1] .run-badge");
    await expect.poll(() => badge.textContent()).toBe("broken off");
    await panel.button("History").click();
    await panel.send({
      kind: "found",
      found: found("", [run("a", "Why two?", { outcome: "brokenOff" })]),
    });
    expect(await panel.page.locator("[data-found=a]").innerText()).toContain("broken off");
  });

  it("passes over an answer to what was typed before", async () => {
    const panel = await shown();
    await panel.button("History").click();
    await panel.send({ kind: "found", found: found("old words", [run("a", "Why two?")]) });
    expect(await panel.page.locator("[data-found]").count()).toBe(0);
  });

  it("opens a run by Enter or click, and shows the runs again", async () => {
    const panel = await shown(fixRun());
    await panel.button("History").click();
    expect(await panel.page.locator(".page").isVisible()).toBe(false);
    await panel.send({ kind: "found", found: found("", [run("run-1", "Why two?")]) });
    await panel.page.getByRole("searchbox").press("Enter");
    expect(await panel.last()).toEqual({ kind: "openRun", runId: "run-1" });
    await panel.send({ kind: "showRun", runId: "run-1" });
    expect(await panel.page.locator("[data-run=run-1]").isVisible()).toBe(true);
    expect(await panel.page.locator(".history").isVisible()).toBe(false);
  });

  it("gives way to a run that begins, and comes back over one that goes on", async () => {
    const going = fixRun("run-2").slice(0, 3);
    const panel = await shown();
    await panel.send({ kind: "replay", runs: [batch("run-1", 0, fixRun())] });
    await panel.button("History").click();
    await panel.send({ kind: "events", batch: batch("run-2", 0, going) });
    await expect.poll(() => panel.page.locator(".history").isVisible()).toBe(false);
    expect(await panel.page.locator("[data-run=run-2]").isVisible()).toBe(true);
    await panel.button("History").click();
    await panel.send({ kind: "events", batch: batch("run-2", 3, fixRun("run-2").slice(3, 5)) });
    expect(await panel.page.locator(".history").isVisible()).toBe(true);
  });

  it("shows a run that was opened, also where the page is not drawn yet", async () => {
    const runs = Array.from({ length: 8 }, (_, run) =>
      batch(`run-${run}`, 0, fixRun(`run-${run}`)),
    );
    const panel = await shown([], { height: 400 });
    await panel.page.evaluate(
      async (replay) => {
        const frame = () => new Promise((resolve) => requestAnimationFrame(resolve));
        const post = (data: unknown) => dispatchEvent(new MessageEvent("message", { data }));
        post({ kind: "setup", setup: { kind: "unknown" } });
        // What it costs to draw this is not known yet, so that the replay is drawn two frames later.
        await frame();
        post(replay);
        post({ kind: "showRun", runId: "run-0" });
      },
      { kind: "replay" as const, runs },
    );
    await expect
      .poll(async () => (await panel.page.locator("[data-run=run-0]").boundingBox())?.y ?? -1)
      .toBeGreaterThan(0);
    expect(await panel.page.locator("[data-run=run-0] .thought").isVisible()).toBe(true);
  });

  it("moves nothing but the runs to show one of them", async () => {
    const runs = [0, 1, 2, 3].map((run) => batch(`run-${run}`, 0, fixRun(`run-${run}`)));
    const panel = await shown([], { height: 400 });
    await panel.send({ kind: "replay", runs });
    // As in the editor, whose frames around the page are a little too high.
    await panel.page.evaluate(() => {
      document.documentElement.style.height = "calc(100% + 4px)";
    });
    await panel.send({ kind: "showRun", runId: "run-1" });
    await panel.page.locator("[data-run=run-1] .thought").waitFor();
    const topOf = (place: string): Promise<number | undefined> =>
      panel.page.locator(place).evaluate((element) => element.getBoundingClientRect().top);
    await expect.poll(() => topOf("[data-run=run-1]")).toBe(await topOf(".page"));
    expect(await topOf("html")).toBe(0);
  });

  it("opens by Enter what holds the words just typed, not what was found before", async () => {
    const panel = await shown();
    await panel.button("History").click();
    await panel.send({ kind: "found", found: found("", [run("newest", "Why two?")]) });
    const box = panel.page.getByRole("searchbox");
    await box.fill("ring");
    await box.press("Enter");
    await expect.poll(panel.last).toEqual({ kind: "searchHistory", query: "ring", most: 50 });
    await panel.send({ kind: "found", found: found("ring", [run("a", "A ring")]) });
    const opened = (await panel.sent()).filter(({ kind }) => kind === "openRun");
    expect(opened).toEqual([{ kind: "openRun", runId: "a" }]);
  });

  it("stays closed when it is left right behind the last letter", async () => {
    const panel = await shown();
    await panel.button("History").click();
    await panel.page.getByRole("searchbox").evaluate((box: HTMLInputElement) => {
      box.value = "ring";
      box.dispatchEvent(new Event("input"));
      box.dispatchEvent(new KeyboardEvent("keydown", { key: "Escape", bubbles: true }));
    });
    await panel.page.waitForTimeout(300);
    expect(await panel.last()).toEqual({ kind: "searchHistory", query: "", most: 50 });
  });

  it("pins, exports and deletes by buttons that a keyboard reaches and a screen reader names", async () => {
    const panel = await shown();
    await panel.button("History").click();
    await panel.send({
      kind: "found",
      found: found("", [run("a", "Why two?"), run("b", "Other", { pinned: true })]),
    });
    const row = panel.page.locator("[data-found=a]");
    await row.getByRole("button", { name: "Pin: Ask about basket.py" }).press("Enter");
    await row.getByRole("button", { name: "Export: Ask about basket.py" }).press("Enter");
    await row.getByRole("button", { name: "Delete: Ask about basket.py" }).press("Enter");
    const other = panel.page.locator("[data-found=b]");
    await other
      .getByRole("button", { name: "Pin: Ask about basket.py", pressed: true })
      .press("Enter");
    expect((await panel.sent()).slice(-4)).toEqual([
      { kind: "pinRun", runId: "a" },
      { kind: "exportRun", runId: "a" },
      { kind: "deleteRun", runId: "a" },
      { kind: "unpinRun", runId: "b" },
    ]);
    await panel.page.keyboard.press("Escape");
    expect(await panel.page.locator(".history").isVisible()).toBe(false);
  });

  it("exports and deletes all runs where all are listed, and not where some were found", async () => {
    const panel = await shown();
    await panel.button("History").click();
    const all = panel.button("Delete all runs");
    await panel.send({ kind: "found", found: found("", []) });
    expect(await all.isVisible()).toBe(false);
    await panel.send({ kind: "found", found: found("", [run("a", "Why two?")]) });
    await panel.button("Export all runs").press("Enter");
    await all.press("Enter");
    expect((await panel.sent()).slice(-2)).toEqual([
      { kind: "exportAllRuns" },
      { kind: "deleteAllRuns" },
    ]);
    await panel.page.getByRole("searchbox").fill("two");
    await panel.send({ kind: "found", found: found("two", [run("a", "Why two?")]) });
    expect(await all.isVisible()).toBe(false);
  });
});
