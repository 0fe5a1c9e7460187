import { expect, it } from "vitest";
import type { FoundRun } from "../../src/protocol/history";
import type { ToPanel } from "../../src/protocol/panel/to-panel";
import type { RunEvent } from "../../src/protocol/run-events";
import type { OpenPanel } from "../support/panel-page";
import { batch, beginning, bitcountProposal, fixRun, ready, spoken } from "../support/panel-runs";
import { describeInBrowser, type ToldPanel } from "./panel-browser";

const at = 1_700_000_000_000;
const [file] = bitcountProposal.files;
const [hunk] = file?.hunks ?? [];
if (file === undefined || hunk === undefined) throw new Error("the proposal has no change");
const twoFiles = {
  ...bitcountProposal,
  files: [
    { ...file, hunks: [hunk, { ...hunk, oldStart: 30, newStart: 30 }] },
    { ...file, uri: "file:///src/other.py", path: "src/other.py" },
  ],
};
const examples = {
  id: "examples",
  kind: "examples",
  label: "the examples in bitcount.py",
} as const;
const failing = {
  cases: [{ name: "bitcount(127)", state: "failed", expected: "7", got: "64" }],
  ...{ output: "", tookMs: 90 },
} as const;
const replayOf = (events: readonly RunEvent[]): ToPanel => {
  return { kind: "replay", runs: [batch("run-1", 0, events)] };
};
const toThinking: readonly RunEvent[] = [
  ...beginning("run-1", at),
  { kind: "phase", at: at + 8_000, phase: "thinking" },
];

/** A run by its states, each with the events that bring it there from the one before. */
const states: readonly (readonly [string, readonly RunEvent[]])[] = [
  ["it reads the prompt", beginning("run-1", at)],
  [
    "it thinks in steps",
    [
      ...toThinking.slice(-1),
      { kind: "thinkingLimit", tokens: 9_000, usualTokens: 2_000 },
      ...spoken("thought", "The loop toggles bits.\n\nWait, it never ends. "),
      { kind: "step", at: at + 9_000, back: "Wait, it never ends. ".length },
    ],
  ],
  [
    "a hint waits",
    [{ kind: "hint", at: at + 9_500, hint: { id: "hint-1", text: "try 127" }, state: "waiting" }],
  ],
  [
    "it goes round in circles",
    [{ kind: "looping", at: at + 10_000, where: "thought", state: "asked" }],
  ],
  ["it was told to answer now", [{ kind: "thoughtEnded", at: at + 11_000, by: "person" }]],
  [
    "it writes code in its answer",
    [
      { kind: "phase", at: at + 11_000, phase: "answering" },
      ...spoken("answer", "It toggles bits:\n\n```python\nn ^= n - 1\n"),
    ],
  ],
  [
    "it checks the edit",
    [
      ...spoken("answer", "```\n\nThat is all."),
      { kind: "phase", at: at + 12_000, phase: "checking" },
    ],
  ],
  [
    "its checks run",
    [
      { kind: "check", at: at + 12_000, check: examples, stage: "before", said: failing },
      { kind: "check", at: at + 12_100, check: examples, stage: "after" },
    ],
  ],
  [
    "it is asked again after an edit that was tried, and thinks until its budget is used up",
    [
      { kind: "check", at: at + 12_200, check: examples, stage: "after", said: failing },
      { kind: "tried", at: at + 12_300, proposal: bitcountProposal },
      { kind: "attempt", at: at + 12_300, number: 2, reason: "An example still fails." },
      { kind: "phase", at: at + 12_400, phase: "thinking" },
      { kind: "thinkingLimit", tokens: 9_000 },
      ...spoken("thought", "Then it has to be an and. "),
      { kind: "thoughtEnded", at: at + 12_500, by: "budget" },
    ],
  ],
  [
    "it answers anew",
    [
      { kind: "phase", at: at + 12_600, phase: "answering" },
      ...spoken("answer", "An and clears the lowest one."),
    ],
  ],
  [
    "several files are half decided",
    [
      { kind: "proposal", proposal: { ...twoFiles, checks: [{ ...examples, before: failing }] } },
      { kind: "finished", at: at + 13_000, outcome: "proposed", metrics: {} },
      {
        ...{ kind: "hunkState", at: at + 14_000, proposalId: twoFiles.id },
        ...{ fileIndex: 0, block: 0, state: "accepted" },
      },
      {
        ...{ kind: "hunkState", at: at + 14_100, proposalId: twoFiles.id },
        ...{ fileIndex: 1, block: 0, state: "rejected" },
      },
    ],
  ],
];

/** What can be pressed or typed into, or is a part of its own, without a name. */
const nameless = /- (button|link|combobox|searchbox|region|group|figure|main)( \[[^\]]*\])*:?$/m;

/**
 * All that is said and where it can be pressed, as a screen reader finds it; without the clocks.
 */
async function seen({ page }: OpenPanel): Promise<string> {
  const tree = await page.locator("#panel").ariaSnapshot();
  return tree
    .split("\n")
    .filter((line) => !line.includes("- status"))
    .join("\n")
    .replace(/\d[\d,.:]*( ?(s|min|h))?/g, "#");
}

const found: FoundRun = {
  ...{ runId: "a", at, action: "fix", path: "src/a.py", subject: "It never ends" },
  pinned: true,
};
const piece = {
  ...{
    id: "p",
    kind: "file" as const,
    title: "src/util.py",
    path: "src/util.py",
    reason: "It is used here.",
    tokens: 12,
  },
  state: "pinned" as const,
};
const failure: RunEvent = {
  ...{ kind: "failed", at: at + 9_000 },
  report: {
    title: "Ollama is not running",
    remedy: "Start it.",
    button: { label: "Start Ollama", action: "retry" },
    failure: { kind: "modelMissing", model: "m" },
  },
};

/** What a screen reader finds in a state, in order and word for word. */
const heard: readonly (readonly [string, (panel: ToldPanel) => Promise<void>, string])[] = [
  [
    "a running thought with its steps",
    (panel) => panel.tell([...toThinking, ...(states[1]?.[1] ?? []).slice(1)], "run-1", 7),
    `- list "Stages":
      - listitem: "Connecting: #"
      - listitem: "Loading the model: #"
      - listitem: "Reading the prompt: #"
      - listitem: "Thinking: # #"
      - listitem: Answering
      - listitem: Checking the edit`,
  ],
  [
    "a hint that waits",
    (panel) => panel.tell(states[2]?.[1] ?? [], "run-1", 7),
    `- group "Your hint":
    - paragraph: "Your hint goes in at the end of the sentence: try #"`,
  ],
  [
    "a failure with its way out",
    (panel) => panel.send(replayOf([...toThinking, failure])),
    `- region "Failure":
      - heading "Ollama is not running" [level=#]
      - paragraph: Start it.
      - button "Start Ollama"`,
  ],
  [
    "a proposal with its changes",
    (panel) => panel.send(replayOf(states.flatMap(([, events]) => events))),
    `- region "Answer":
      - group: An earlier answer
    - group: Tried at line # n &= n - #`,
  ],
  [
    "the history with what was found",
    async (panel) => {
      await panel.button("History").click();
      await panel.send({ kind: "found", found: { query: "", runs: [found], total: 1 } });
    },
    `- searchbox "Search earlier runs"
  - button "Close the history"
  - button "Export all runs"
  - button "Delete all runs"
  - list:
    - listitem:
      - button "Fix a.py Nov # # It never ends"
      - 'button "Export: Fix a.py"'
      - 'button "Delete: Fix a.py"'
      - 'button "Pin: Fix a.py" [pressed]'`,
  ],
  [
    "what goes along with a question",
    async (panel) => {
      await panel.page.locator(".context-list .disclosure-button").click();
      await panel.send({ kind: "context", pieces: [piece] });
    },
    `- list "What goes along":
    - listitem:
      - text: src/util.py It is used here. #
      - button "Keep src/util.py" [pressed]
      - button "Leave src/util.py out"`,
  ],
];

describeInBrowser("a panel that is heard", (_open, shown) => {
  it("has each thing under one name, and says a thing once", async () => {
    const panel = await shown();
    for (const [state, come, words] of heard) {
      await come(panel);
      const all = await seen(panel);
      expect(all, state).toContain(words);
      expect(all, state).not.toMatch(nameless);
    }
  }, 30_000);
});

describeInBrowser("a panel that is loaded anew", (open, shown) => {
  it("shows the same in every state of a run, each thing under its name", async () => {
    const panel = await open();
    const other = await open();
    await panel.send(ready);
    let events: readonly RunEvent[] = [];
    for (const [state, more] of states) {
      await panel.tell(more, "run-1", 7);
      events = [...events, ...more];
      await other.page.reload();
      await other.send(ready, replayOf(events));
      const shown = await seen(panel);
      expect(await seen(other), state).toBe(shown);
      expect(shown, state).not.toMatch(nameless);
    }
  }, 60_000);

  it("has the words in its box that were not sent, and not those that were", async () => {
    const panel = await shown();
    await panel.page.getByRole("combobox").fill("Why does it\nnever end?");
    const reloaded = await open({ choices: await panel.choices() });
    await reloaded.send(ready);
    const box = reloaded.page.getByRole("combobox");
    expect(await box.inputValue()).toBe("Why does it\nnever end?");
    await box.press("Enter");
    expect(await reloaded.last()).toEqual({ kind: "ask", text: "Why does it\nnever end?" });
    expect(await reloaded.choices()).toEqual({ open: {}, places: {} });
  });

  it("has the history open with what was searched for, and leaves the focus where it is", async () => {
    const panel = await shown(fixRun());
    await panel.button("History").click();
    await panel.page.getByRole("searchbox").fill("bitcount");
    await expect.poll(panel.last).toMatchObject({ query: "bitcount", most: 50 });
    const reloaded = await open({ choices: await panel.choices() });
    await reloaded.send(ready, replayOf(fixRun()));
    expect(await reloaded.page.getByRole("searchbox").inputValue()).toBe("bitcount");
    expect(await reloaded.sent()).toContainEqual({
      kind: "searchHistory",
      query: "bitcount",
      most: 50,
    });
    expect(await reloaded.page.locator(".page").isVisible()).toBe(false);
    expect(await reloaded.page.evaluate(() => document.activeElement?.tagName)).toBe("BODY");
    await reloaded.button("Close the history").click();
    expect(await reloaded.page.locator(".page").isVisible()).toBe(true);
    expect(await reloaded.choices()).toEqual({ open: {}, places: {} });
  });

  it("stands where the person had scrolled to, in the page and in a thought that goes on", async () => {
    const long = "It is told at length, in one line after the other.\n\n".repeat(60);
    const older = Array.from({ length: 8 }, (_, run) => batch(`old-${run}`, 0, fixRun()));
    const events: readonly RunEvent[] = [...toThinking, ...spoken("thought", long)];
    const end: RunEvent = { kind: "finished", at: at + 20_000, outcome: "answered", metrics: {} };
    const replay = { kind: "replay" as const, runs: [...older, batch("run-1", 0, events)] };
    const size = { height: 500 };
    const panel = await open(size);
    await panel.send(ready, replay);
    const places = ({ page }: OpenPanel) =>
      page.evaluate(() => [
        Math.round(document.querySelector('[data-run="run-1"]')?.getBoundingClientRect().top ?? 0),
        Math.round(document.querySelector(".thought-box")?.scrollTop ?? 0),
      ]);
    const awayFromKept = async (kept: OpenPanel) => {
      const { places: stood } = (await kept.choices()) as {
        places: Partial<Record<string, { run: string; top: number }>>;
      };
      const { run = "", top = 0 } = stood["page"] ?? {};
      return await kept.page.evaluate(
        ([id, above]) => {
          const box = document.querySelector(".page")?.getBoundingClientRect();
          const there = document.querySelector(`[data-run="${id}"]`)?.getBoundingClientRect();
          return box && there
            ? Math.abs(Math.round(box.top - there.top - Number(above)))
            : undefined;
        },
        [run, top],
      );
    };
    const toEnd = ({ page }: OpenPanel) =>
      page
        .locator(".thought-box")
        .evaluate((box) => box.scrollHeight - box.clientHeight - box.scrollTop);
    await expect.poll(() => toEnd(panel)).toBeLessThan(2);
    await panel.page.locator(".thought-box").hover();
    await panel.page.mouse.wheel(0, -700);
    await panel.page.getByRole("button", { name: "jump to latest", exact: true }).waitFor();
    await panel.page.locator(".run-title").last().hover();
    await panel.page.mouse.wheel(0, -90);
    // The browser scrolls a wheel's way in many small ones, and what is kept is where one of them
    // ended: only at rest are the two the same for good.
    const atRest = async () => {
      const before = await places(panel);
      await panel.page.waitForTimeout(200);
      return JSON.stringify(await places(panel)) === JSON.stringify(before);
    };
    await expect.poll(atRest).toBe(true);
    await expect.poll(() => awayFromKept(panel)).toBe(0);
    const there = await places(panel);
    const reloaded = await open({ ...size, choices: await panel.choices() });
    await reloaded.send(ready, replay);
    await expect.poll(() => places(reloaded)).toEqual(there);
    // What comes moves neither, and the end of the run leaves the thought open.
    await reloaded.tell([...spoken("thought", long), end]);
    expect(await places(reloaded)).toEqual(there);
    await reloaded.page.getByRole("button", { name: "Jump to latest", exact: true }).click();
    await expect.poll(() => reloaded.choices()).not.toMatchObject({ places: { page: {} } });
  });

  it("stands in a run where the person left it for another one", async () => {
    const panel = await open({ height: 400 });
    const ids = Array.from({ length: 8 }, (_, run) => `run-${run}`);
    const runs = ids.map((runId) => batch(runId, 0, fixRun(runId)));
    await panel.send(ready, { kind: "replay", runs });
    const show = (runId: string) => panel.send({ kind: "showRun", runId });
    const top = () =>
      panel.page.locator('[data-run="run-2"]').evaluate((run) => run.getBoundingClientRect().top);
    await show("run-2");
    await expect.poll(top).toBeGreaterThan(0);
    const head = await top();
    await panel.page.locator(".page").hover();
    await panel.page.mouse.wheel(0, 150);
    await expect.poll(top).toBeLessThan(head - 100);
    await panel.page.waitForTimeout(100);
    const left = await top();
    await show("run-5");
    await expect.poll(top).toBeLessThan(left);
    await show("run-2");
    await expect.poll(top).toBeCloseTo(left, 0);
  });

  it("has the steps of a thought open that were open", async () => {
    const said = `The loop toggles bits. ${"It is told at length. ".repeat(45)}\n\n`;
    const end: RunEvent = { kind: "finished", at: at + 20_000, outcome: "answered", metrics: {} };
    const events: readonly RunEvent[] = [
      ...toThinking,
      ...[said, said, said].flatMap((text, step): RunEvent[] => [
        { kind: "thought", text },
        ...(step === 0 ? [] : [{ kind: "step" as const, at, back: said.length }]),
      ]),
      end,
    ];
    const panel = await open();
    const replay = replayOf(events);
    await panel.send(ready, replay);
    await panel.page.locator(".thought .disclosure-button").click();
    const opened = ({ page }: OpenPanel) =>
      page
        .locator(".step-head")
        .evaluateAll((heads) => heads.map((head) => head.getAttribute("aria-expanded")));
    await panel.page.locator(".step-head").nth(1).click();
    expect(await opened(panel)).toEqual(["false", "true", "false"]);
    const reloaded = await open({ choices: await panel.choices() });
    await reloaded.send(ready, replay);
    expect(await opened(reloaded)).toEqual(["false", "true", "false"]);
    await reloaded.button("Open all steps").click();
    await reloaded.button("Fold all steps").click();
    expect(await opened(reloaded)).toEqual(["false", "false", "false"]);
  });
});
