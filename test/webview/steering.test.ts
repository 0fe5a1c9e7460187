import { expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { emptyPanel, reduce } from "../../src/webview/state";
import { thoughtHead } from "../../src/webview/view/thought/thought-head";
import { batch, beginning, bitcountProposal, fixRun, spoken } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const hint = { id: "hint-1", text: "<b>use</b> plus" };
const thinking: RunEvent[] = [
  ...beginning("run-1", 1_000),
  { kind: "phase", at: 5_000, phase: "thinking" },
  { kind: "thinkingLimit", tokens: 400 },
  ...spoken("thought", "The first part is here."),
];
const answering: RunEvent[] = [
  ...thinking,
  { kind: "phase", at: 9_000, phase: "answering" },
  ...spoken("answer", "It toggles bits."),
];
const taken: RunEvent = { kind: "hint", at: 6_000, hint, state: "taken" };
const waiting: RunEvent = { kind: "hint", at: 6_000, hint, state: "waiting" };
const ended: RunEvent = { kind: "thoughtEnded", at: 7_000, by: "budget" };

function stateOf(events: readonly RunEvent[]) {
  const message = { kind: "events", batch: batch("run-1", 0, events) } as const;
  return reduce(emptyPanel, message).runs[0];
}

it("a hint stands where the thought took it in, and waits until then", () => {
  const before = stateOf([...thinking, waiting, waiting]);
  expect(before?.waitingHints).toEqual([hint]);
  const after = stateOf([...thinking, waiting, taken, { kind: "thought", text: "So." }]);
  expect(after?.waitingHints).toEqual([]);
  expect(after?.parts).toEqual([
    {
      kind: "thought",
      attempt: 1,
      text: "The first part is here.So.",
      hints: [{ at: "The first part is here.".length, hint }],
    },
  ]);
});

it("a hint that no thought took in is kept with the run", () => {
  const finished: RunEvent = { kind: "finished", at: 9, outcome: "answered", metrics: {} };
  const run = stateOf([...answering, waiting, finished]);
  expect(run?.parts.at(-1)).toMatchObject({
    kind: "notice",
    text: expect.stringContaining(hint.text),
  });
});

it.each<[string, number, number, Partial<Extract<RunEvent, { kind: "thinkingLimit" }>>, string]>([
  [
    "at its pace, before its budget is used up",
    20,
    200,
    { tokens: 400 },
    "20 s · at most 20 s more",
  ],
  [
    "as such thoughts usually do",
    20,
    200,
    { tokens: 4_000, usualTokens: 300 },
    "20 s · about 10 s left",
  ],
  ["past what is usual", 20, 200, { tokens: 400, usualTokens: 150 }, "20 s · at most 20 s more"],
  [
    "by the clock, which needs no pace",
    4,
    5,
    { tokens: 9_000, ms: 120_000 },
    "4 s · at most 2 min more",
  ],
  [
    "nobody knows how long, from its first words",
    8,
    12,
    { tokens: 6_600, usualTokens: 900 },
    "8 s",
  ],
])("a thought goes on %s", (_how, seconds, tokens, limit, words) => {
  const text = "word".repeat(tokens);
  const run = stateOf([
    ...thinking.filter(({ kind }) => kind !== "thinkingLimit" && kind !== "thought"),
    { kind: "thinkingLimit", tokens: 0, ...limit },
    { kind: "thought", text },
  ]);
  const part = run?.parts.find((each) => each.kind === "thought");
  if (run === undefined || part?.kind !== "thought") throw new Error("no thought");
  expect(thoughtHead(part, run, 5_000 + seconds * 1_000).time).toBe(words);
});

it("nothing limits a thought that is over, and nobody is asked about it", () => {
  const looping: RunEvent = { kind: "looping", at: 6_500, where: "thought", state: "asked" };
  expect(stateOf([...thinking, looping])).toMatchObject({
    looping: "thought",
    thinkingLimit: { tokens: 400 },
  });
  const run = stateOf([...thinking, looping, ended]);
  expect(run).not.toHaveProperty("looping");
  expect(run).not.toHaveProperty("thinkingLimit");
});

describeInBrowser("steering in the panel", (_open, shown) => {
  it("the thought is ended with one button, while there is one", async () => {
    const panel = await shown(thinking);
    const button = panel.button("Answer now");
    await button.click();
    expect(await panel.last()).toEqual({ kind: "answerNow", runId: "run-1" });
    const byPerson: RunEvent = { ...ended, by: "person" };
    await panel.tell([byPerson]);
    // What was told to end is not said to go on, however long the server takes.
    expect(await panel.page.locator(".current-words").innerText()).toBe("Waiting for the answer");
    const rest: RunEvent[] = [
      { kind: "phase", at: 9_000, phase: "answering" },
      { kind: "answer", text: "It adds." },
    ];
    await panel.tell(rest);
    await button.waitFor({ state: "hidden" });
    expect(await panel.page.locator(".thought-ended").textContent()).toContain("You wanted");
    // One caret is written at, and one text is followed.
    const hasCaret = (place: string) =>
      panel.page
        .locator(`${place} .rest > p`)
        .evaluate((text) => getComputedStyle(text, "::after").content !== "none");
    expect([await hasCaret(".thought"), await hasCaret(".answer")]).toEqual([false, true]);
    expect(await panel.page.locator(".follow").isHidden()).toBe(true);
  });

  it("what is typed while the model thinks is a hint, and is shown where it was taken in", async () => {
    const panel = await shown(thinking);
    const box = panel.page.getByRole("combobox", { name: "Give the model a hint" });
    await box.fill(hint.text);
    await box.press("Enter");
    expect(await panel.last()).toEqual({
      kind: "hint",
      runId: "run-1",
      text: hint.text,
      anew: false,
    });
    expect(await box.inputValue()).toBe("");
    await panel.tell([waiting]);
    await panel.page.getByText("goes in at the end of the sentence").waitFor();
    const more: RunEvent[] = [taken, ...spoken("thought", "So plus it is.")];
    await panel.tell(more);
    await panel.page.locator(".thought .hint").waitFor();
    const text = await panel.page.locator(".thought-content").innerText();
    expect(text.replace(/\s+/g, " ").trim()).toBe(
      "The first part is here. Your hint <b>use</b> plus So plus it is.",
    );
  });

  it("all hints that wait are shown, and where they go in", async () => {
    const second = { id: "hint-2", text: "be brief" };
    const both: RunEvent[] = [waiting, { ...waiting, hint: second }];
    const panel = await shown([...beginning("run-1", 1_000), ...both]);
    const words = panel.page.locator(".steer-words");
    expect(await words.innerText()).toBe(
      "Your hint goes in where the thought begins: <b>use</b> plus · be brief",
    );
    await panel.tell([{ kind: "phase", at: 5_000, phase: "thinking" }]);
    expect(await words.innerText()).toBe(
      "Your hint goes in at the end of the sentence: <b>use</b> plus · be brief",
    );
  });

  it("what is typed once the answer has begun begins it anew, or stays in the box", async () => {
    const panel = await shown(answering);
    const box = panel.page.getByRole("combobox", { name: "Correct the answer" });
    await box.fill("use plus");
    await box.press("Enter");
    await panel.button("Let it finish").click();
    expect(await box.inputValue()).toBe("use plus");
    expect((await panel.sent()).filter(({ kind }) => kind === "hint")).toEqual([]);
    await box.press("Enter");
    await panel.button("Begin it anew with this").click();
    expect((await panel.sent()).findLast(({ kind }) => kind === "hint")).toEqual({
      kind: "hint",
      runId: "run-1",
      text: "use plus",
      anew: true,
    });
    expect(await box.inputValue()).toBe("");
  });

  it("a model that goes round in circles is asked about, by keyboard", async () => {
    const looping: RunEvent = { kind: "looping", at: 6_500, where: "thought", state: "asked" };
    const panel = await shown([...thinking, looping]);
    expect(await panel.button("Answer now").count()).toBe(1);
    const button = panel.button("Let it go on");
    await button.focus();
    await panel.page.keyboard.press("Enter");
    expect(await panel.last()).toEqual({ kind: "letGoOn", runId: "run-1" });
    const over: RunEvent = { ...looping, state: "letGoOn" };
    await panel.tell([over]);
    await button.waitFor({ state: "hidden" });
  });

  it("a thought whose budget is used up can be let go on, until the run is over", async () => {
    const events: RunEvent[] = [
      ...thinking,
      ended,
      { kind: "phase", at: 9_000, phase: "answering" },
      ...spoken("answer", "It toggles bits."),
    ];
    const panel = await shown(events);
    const longer = panel.button("Think longer");
    await longer.click();
    expect(await panel.last()).toEqual({ kind: "thinkLonger", runId: "run-1" });
    const again: RunEvent[] = [
      { kind: "attempt", at: 10_000, number: 2, reason: "It thinks longer, as you wished." },
      { kind: "phase", at: 10_000, phase: "thinking" },
      ...spoken("thought", "And on."),
    ];
    await panel.tell(again);
    await longer.waitFor({ state: "hidden" });
    expect(await panel.page.locator(".thought").count()).toBe(2);
  });
});

describeInBrowser("a model that was asked not to think", (_open, shown) => {
  it("is shown thinking all the same", async () => {
    const settings = { think: false, keepAlive: "5m" };
    const events = fixRun("run-1", 0).map((event) =>
      event.kind === "sent" ? { ...event, settings } : event,
    );
    const panel = await shown(events);
    await panel.page.getByText("Thought, though not asked to").waitFor();
  });
});

describeInBrowser("the steps of a thought in the panel", (_open, shown) => {
  const said = (words: string): string => `${words} ${"It is told at length. ".repeat(45)}\n\n`;
  const step: RunEvent = {
    kind: "step",
    at: 60_000,
    back: said("Wait, `n &= n - 1` clears one.").length,
  };
  const events: RunEvent[] = [
    ...fixRun("run-1", 0).filter(({ kind }) => kind !== "thought"),
  ].flatMap((event) =>
    event.kind === "phase" && event.phase === "thinking"
      ? [
          event,
          { kind: "thought", text: said("The loop toggles bits.") },
          { kind: "thought", text: said("Wait, `n &= n - 1` clears one.") },
          step,
        ]
      : [event],
  );

  it("a finished thought opens as gists, and a change leads to the step that speaks of it", async () => {
    const panel = await shown(events);
    await panel.button("from step 2").click();
    const steps = panel.page.locator(".step");
    expect(await steps.count()).toBe(2);
    expect(await steps.nth(0).locator(".step-gist").innerText()).toBe("The loop toggles bits");
    const named = (name: RegExp) => panel.page.getByRole("button", { name }).count();
    expect(await named(/^Step 1: The loop toggles bits, [\d.]+ s$/)).toBe(1);
    expect(await named(/^Step 2, [\d.]+ s$/)).toBe(1);
    expect(await steps.nth(0).locator(".step-body").isVisible()).toBe(false);
    expect(await steps.nth(1).locator(".step-body").innerText()).toContain("clears one.");
    await panel.button("Change of step 2").click();
    expect(await panel.page.evaluate(() => document.activeElement?.textContent)).toBe(
      "from step 2",
    );
    expect(await panel.button("Change of step 1").count()).toBe(0);
    await panel.button("Explain step 2").click();
    expect(await panel.last()).toMatchObject({ kind: "explainStep", part: 0, step: 1 });
    await panel.button("Open all steps").click();
    expect(await steps.nth(0).locator(".step-body").isVisible()).toBe(true);
  });

  it("each of several changes leads to its own step, and back", async () => {
    const [file] = bitcountProposal.files;
    const changes = [
      ["-    count = 0", "+    ones = 0"],
      ["-        n ^= n - 1", "+        n &= n - 1"],
    ];
    const hunks = changes.map((lines, at) => ({
      ...{ oldStart: 2 + 2 * at, oldLines: 1, newStart: 2 + 2 * at, newLines: 1, lines },
    }));
    const two = events.map((event) =>
      event.kind === "thought" && event.text.startsWith("The loop")
        ? {
            ...event,
            text: event.text.replace("The loop toggles bits.", "The name is `ones = 0` now."),
          }
        : event.kind === "proposal" && file !== undefined
          ? { ...event, proposal: { ...event.proposal, files: [{ ...file, hunks }] } }
          : event,
    );
    const panel = await shown(two);
    for (const step of [1, 2]) {
      await panel.button(`from step ${step}`).click();
      await panel.button(`Change of step ${step}`).press("Enter");
      const focused = await panel.page.evaluate(() => document.activeElement?.textContent);
      expect(focused).toBe(`from step ${step}`);
    }
  });
});
