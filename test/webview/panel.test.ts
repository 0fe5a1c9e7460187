import { expect, it } from "vitest";
import { describeFailure } from "../../src/core/describe-failure";
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
import { describeInBrowser } from "./panel-browser";

const thinking = (now = Date.now()): RunEvent[] => [
  ...beginning("run-1", now - 12_000),
  { kind: "phase", at: now - 4_000, phase: "thinking" },
  ...spoken("thought", bitcountThought),
];
const report = {
  failure: { kind: "serverBusy" as const },
  title: "The daemon is busy",
  remedy: "Wait a little.",
  button: { label: "Try again", action: "retry" as const },
};
const setup = (value: Extract<ToPanel, { kind: "setup" }>["setup"]): ToPanel => ({
  kind: "setup",
  setup: value,
});

describeInBrowser("the panel", (open, shown) => {
  it("says that it is ready, once, and shows how to begin", async () => {
    const panel = await open();
    // Nobody has looked yet, so nobody says that there is none.
    expect(await panel.page.locator(".head button").first().innerText()).toBe("Choose a model");
    const begin = panel.page.getByRole("heading", { name: "Reasoning in the open" });
    // Whoever has runs would see it for a moment before they come.
    await panel.send(ready, { kind: "replay", runs: [], unread: true });
    expect(await begin.isVisible()).toBe(false);
    await panel.send({ kind: "replay", runs: [] });
    expect(await panel.sent()).toEqual([{ kind: "ready" }]);
    expect(await begin.isVisible()).toBe(true);
    expect(await panel.button(/deepseek-r1:8b/).isVisible()).toBe(true);
  });

  it("leads to the editor's question for as long as the run waits for its answer", async () => {
    const panel = await shown([
      ...beginning("run-1", 0).slice(0, 2),
      { kind: "phase", at: 1, phase: "checking" },
    ]);
    const now = panel.page.getByRole("group", { name: "Current run" });
    expect(await now.innerText()).toContain("Checking the code as it is");
    await panel.send({ kind: "asking", isOpen: true });
    expect(await now.innerText()).toContain("Waiting for your answer");
    await now.getByRole("button", { name: "Show the question" }).click();
    expect(await panel.last()).toEqual({ kind: "showQuestion" });
    await panel.send({ kind: "asking", isOpen: false });
    expect(await now.getByRole("button", { name: "Show the question" }).isVisible()).toBe(false);
  });

  it("Stop names the run that goes on, and goes away with it", async () => {
    const events = thinking();
    const panel = await shown(events);
    await panel.button("Stop").click();
    expect(await panel.last()).toEqual({ kind: "stop", runId: "run-1" });
    const stopped: RunEvent = { kind: "finished", at: Date.now(), outcome: "stopped", metrics: {} };
    await panel.tell([stopped]);
    expect(await panel.button("Stop").isVisible()).toBe(false);
    expect(await panel.page.getByRole("heading", { name: /^Stopped/ }).isVisible()).toBe(true);
  });

  it("shows the stage that lasts with a time that goes on", async () => {
    const panel = await shown(thinking());
    const cell = panel.page.locator(".phase[aria-current=step]");
    const first = await cell.innerText();
    expect(first).toMatch(/think\s+\d+ s/);
    await expect.poll(() => cell.innerText(), { timeout: 5_000 }).not.toBe(first);
  });

  it("Accept, Reject and Open diff name the proposal; once decided the buttons are gone and the focus is not lost", async () => {
    const events = fixRun();
    const panel = await shown(events);
    for (const name of ["Open diff", "Reject", "Accept"])
      await panel.page.getByRole("button", { name, exact: true }).click();
    expect((await panel.sent()).slice(1)).toEqual(
      ["openDiff", "reject", "accept"].map((kind) => ({ kind, proposalId: "proposal-1" })),
    );
    await panel.tell([
      { kind: "proposalState", at: 1, proposalId: "proposal-1", state: "accepted" },
    ]);
    expect(await panel.button("Accept").count()).toBe(0);
    expect(await panel.page.getByText("Accepted. Undo takes it back.").isVisible()).toBe(true);
    expect(await panel.page.evaluate(() => document.activeElement?.className)).toContain("verdict");
  });

  it.each(["dark", "light", "highContrast", "highContrastLight"] as const)(
    "code in an answer has the card's ground and no box behind each line, and inline code can be read: %s",
    async (theme) => {
      const text = "Some `inline` code:\n\n```python\ndef f():\n    return 1\n```\n\n> quoted\n";
      const panel = await shown([...thinking(), { kind: "answer", text }], { theme });
      const styles = (
        selector: string,
      ): Promise<{ ground: string; ink: string; padding: string }> =>
        panel.page
          .locator(`.answer ${selector}`)
          .first()
          .evaluate((element) => {
            const { backgroundColor: ground, color: ink, padding } = getComputedStyle(element);
            return { ground, ink, padding };
          });
      const clear = "rgba(0, 0, 0, 0)";
      const pre = await styles("pre");
      expect(await styles("pre code")).toEqual({ ground: clear, ink: pre.ink, padding: "0px" });
      expect((await styles("blockquote")).ground).toBe(clear);
      expect((await styles("p code")).ink).toBe((await styles("p")).ink);
    },
  );

  it("tells added from removed lines by sign and words, not by colour alone", async () => {
    const panel = await shown(fixRun());
    const added = panel.page.locator(".line.added");
    expect(await added.locator(".sign").innerText()).toBe("+");
    expect(await added.innerText()).toContain("added:");
    expect(await panel.page.locator(".line.removed").innerText()).toContain("−");
  });

  it("an older proposal can no longer be decided when a newer one has come", async () => {
    const second = fixRun("run-2").map(
      (event): RunEvent =>
        event.kind === "proposal"
          ? { kind: "proposal", proposal: { ...event.proposal, id: "proposal-2" } }
          : event,
    );
    const panel = await shown(fixRun());
    await panel.tell(second, "run-2");
    await panel.page.locator("[data-run=run-1] .disclosure-button").first().click();
    expect(await panel.button("Accept").count()).toBe(1);
    await panel.button("Accept").click();
    expect(await panel.last()).toEqual({ kind: "accept", proposalId: "proposal-2" });
  });

  it("the reasoning is open while it comes and folded at the end", async () => {
    const now = Date.now();
    const events = thinking(now);
    const panel = await shown(events);
    const fold = panel.page.locator(".thought .disclosure-button");
    expect(await fold.getAttribute("aria-expanded")).toBe("true");
    await panel.tell([{ kind: "finished", at: now, outcome: "answered", metrics: {} }]);
    expect(await fold.getAttribute("aria-expanded")).toBe("false");
    expect(await fold.innerText()).toMatch(/Thought\s+for 4 s/);
  });

  it("reasoning that the person opened or folded by hand stays so, also over a reload", async () => {
    const events = thinking();
    const panel = await shown(events);
    const fold = panel.page.locator(".thought .disclosure-button");
    await fold.click();
    await fold.click();
    await panel.tell([{ kind: "finished", at: Date.now(), outcome: "answered", metrics: {} }]);
    expect(await fold.getAttribute("aria-expanded")).toBe("true");
    const choices = await panel.choices();
    expect(JSON.stringify(choices)).not.toContain("loop");
    const reloaded = await open({ choices });
    await reloaded.send(ready, { kind: "replay", runs: [batch("run-1", 0, fixRun())] });
    expect(
      await reloaded.page.locator(".thought .disclosure-button").getAttribute("aria-expanded"),
    ).toBe("true");
  });

  it("an older run folds to its title and its end, and opens again", async () => {
    const panel = await shown(fixRun());
    await panel.tell(beginning("run-2", Date.now()), "run-2");
    const older = panel.page.locator("[data-run=run-1]");
    expect(await older.locator(".answer").isVisible()).toBe(false);
    expect(await older.innerText()).toContain("not decided");
    await older.getByRole("button", { name: /Fix/ }).first().click();
    expect(await older.locator(".answer").isVisible()).toBe(true);
  });

  it("a failure shows its cause, its remedy and its one button, and keeps what was written", async () => {
    const answer: RunEvent = { kind: "answer", text: "The function keeps" };
    const panel = await shown([...thinking(), answer, { kind: "failed", at: Date.now(), report }]);
    const card = panel.page.getByRole("region", { name: "Failure" });
    expect(await card.innerText()).toMatch(/The daemon is busy\s+Wait a little\.\s+Try again/);
    expect(await panel.page.locator(".answer").innerText()).toContain("The function keeps");
    await card.getByRole("button").click();
    expect(await panel.last()).toEqual({
      ...{ kind: "remedy", runId: "run-1", otherwise: false },
    });
  });

  it("a failure whose remedy names two ways has a button for each", async () => {
    const otherwise = { label: "Choose Model", action: "chooseModel" } as const;
    const two = { ...report, otherwise };
    const panel = await shown([...thinking(), { kind: "failed", at: Date.now(), report: two }]);
    const card = panel.page.getByRole("region", { name: "Failure" });
    await card.getByRole("button", { name: "Choose Model" }).click();
    expect(await panel.last()).toEqual({ kind: "remedy", runId: "run-1", otherwise: true });
  });

  it.each([
    ["unchanged", "The model gave the code back unchanged"],
    ["refused", "No safe edit came of it"],
    ["cutOff", "There is no whole answer"],
  ] as const)(
    "an outcome of %s is said in plain words, with its detail",
    async (outcome, words) => {
      const detail = "Twice in a row.";
      const end: RunEvent = { kind: "finished", at: Date.now(), outcome, detail, metrics: {} };
      const panel = await shown([...thinking(), end]);
      const text = await panel.page.getByRole("region", { name: "Outcome" }).innerText();
      expect(text).toContain(words);
      expect(text).toContain(detail);
    },
  );

  it("a missing engine is one click away, with what it fetches said before", async () => {
    const panel = await open();
    const offer = {
      id: "coder",
      label: "Qwen2.5-Coder 1.5B",
      downloadBytes: 1.117e9,
      licence: "Apache 2.0",
    };
    await panel.send(
      setup({ kind: "noDaemon", endpoint: "http://127.0.0.1:11434", needsEngine: true, offer }),
    );
    expect(await panel.page.getByRole("region", { name: "Set-up" }).innerText()).toMatch(
      /127\.0\.0\.1:11434[\s\S]*1\.1 GB[\s\S]*Apache 2\.0/,
    );
    await panel.button("Use the built-in engine").click();
    await panel.button("I have Ollama").click();
    await panel.send(
      setup({ kind: "installing", what: "Fetching the model", done: 25, total: 100 }),
    );
    expect(await panel.page.getByRole("progressbar").getAttribute("aria-valuenow")).toBe("25");
    expect(await panel.button("Cancel").getAttribute("title")).toMatch(/goes on from it/);
    await panel.button("Cancel").click();
    const begun = { ...offer, begunBytes: 4.2e8 };
    await panel.send(
      setup({ kind: "noDaemon", endpoint: "http://a:1", needsEngine: false, offer: begun }),
    );
    expect(await panel.page.getByRole("region", { name: "Set-up" }).innerText()).toContain(
      "420 MB of it are here already",
    );
    await panel.send(ready);
    expect(await panel.page.getByRole("region", { name: "Set-up" }).count()).toBe(0);
    expect((await panel.sent()).filter(({ kind }) => kind === "setup")).toEqual(
      ["useBuiltIn", "lookAgain", "cancel"].map((action) => ({ kind: "setup", action })),
    );
  });

  it("while another model is fetched the head names the one that answers, if somebody has looked", async () => {
    const panel = await open();
    const fetching = {
      kind: "installing",
      what: "Fetching qwen3:8b",
      done: 25,
      total: 100,
    } as const;
    const model = panel.page.locator(".model-name");
    await panel.send(setup(fetching));
    await expect.poll(() => model.innerText()).toBe("Choose a model");
    await panel.send(setup({ ...fetching, ready: ready.setup }));
    await expect.poll(() => model.innerText()).toBe("deepseek-r1:8b");
  });

  it("an Ollama that is installed and does not run is started by one click", async () => {
    const panel = await open();
    const endpoint = "http://127.0.0.1:11434";
    await panel.send(setup({ kind: "noDaemon", endpoint, needsEngine: true, canStart: true }));
    await panel.button("Start Ollama").click();
    expect((await panel.sent()).slice(1)).toEqual([{ kind: "setup", action: "startDaemon" }]);
  });

  it("a daemon behind a password has the button to enter it, once", async () => {
    const panel = await open();
    const credentialsFor = "http://box:11434";
    const { failure, ...words } = describeFailure({
      kind: "credentialsWanted",
      endpoint: credentialsFor,
      refused: false,
    });
    await panel.send(
      setup({ kind: "failed", title: words.title, remedy: words.remedy, credentialsFor }),
      ...inBatches(
        "run-1",
        [...thinking(), { kind: "failed", at: Date.now(), report: { failure, ...words } }],
        20,
      ),
    );
    const enter = panel.button("Enter…");
    expect(await enter.count()).toBe(1);
    await enter.click();
    expect(await panel.last()).toEqual({ kind: "setup", action: "enterCredentials" });
  });

  it("code that leaves the machine is said in the head, by host", async () => {
    const panel = await open();
    await panel.send(
      setup({
        kind: "ready",
        endpoint: "https://gpu.example:8443",
        model: "qwen3:32b",
        engine: "daemon",
        local: false,
      }),
    );
    const place = panel.page.locator(".place");
    expect(await place.ariaSnapshot()).toContain(
      "gpu.example:8443. Your code is sent to gpu.example:8443.",
    );
    expect(await place.getAttribute("title")).toContain("Your code is sent to gpu.example:8443");
  });

  it("how far a request went is said in the head and in the run", async () => {
    const panel = await open();
    const endpoint = "http://10.0.0.7:8000/v1";
    const locality = "localNetwork" as const;
    const about = { endpoint, model: "qwen3-32b", local: false, locality } as const;
    const run = fixRun().map((event) => {
      const dropped = [{ id: "late:search", title: "a search", why: "late" as const }];
      if (event.kind === "sent") return { ...event, prompt: "All of it.", dropped };
      return event.kind === "model" ? { ...event, endpoint, local: false, locality } : event;
    });
    await panel.send(
      setup({ kind: "ready", engine: "server", server: "team", ...about }),
      ...inBatches("run-1", run, 50),
    );
    expect(await panel.page.locator(".place").ariaSnapshot()).toContain(
      "10.0.0.7:8000, local network. Your code is sent to 10.0.0.7:8000, in your local network.",
    );
    const sent = panel.page.getByText(/^Sent to 10\.0\.0\.7:8000, local network: /);
    // What came too late is no "nothing left out".
    expect(await sent.allInnerTexts()).toEqual([expect.stringMatching(/; 1 piece left out$/)]);
    await sent.click();
    // What one can do with it stands apart: once it read "Copy as textCopy as JSON".
    const [text, json] = await Promise.all(
      ["Copy as text", "Copy as JSON"].map((name) =>
        panel.page.getByRole("button", { name }).boundingBox(),
      ),
    );
    expect((json?.x ?? 0) - (text?.x ?? 0) - (text?.width ?? 0)).toBeGreaterThan(8);
  });

  it("Enter sends a question, Shift+Enter starts a new line, and the host can put the cursor there", async () => {
    const panel = await open();
    await panel.send(ready, { kind: "focusAsk" });
    await panel.page.keyboard.type("Why");
    await panel.page.keyboard.press("Shift+Enter");
    await panel.page.keyboard.type("127?");
    await panel.page.keyboard.press("Enter");
    await panel.page.keyboard.press("Enter");
    const sent = (await panel.sent()).filter(({ kind }) => kind === "ask");
    expect(sent).toEqual([{ kind: "ask", text: "Why\n127?" }]);
  });

  it("the title leads to the place in the code", async () => {
    const panel = await shown(fixRun());
    await panel.button("bitcount.py:4").click();
    expect(await panel.last()).toEqual({ kind: "revealTarget", runId: "run-1" });
  });

  it("everything can be reached by keyboard, in the order in which it is seen", async () => {
    const panel = await shown(fixRun());
    const names: string[] = [];
    for (let step = 0; step < 18; step++) {
      await panel.page.keyboard.press("Tab");
      names.push(
        await panel.page.evaluate(
          () =>
            document.activeElement?.getAttribute("aria-label") ??
            document.activeElement?.textContent ??
            "",
        ),
      );
    }
    const order = [
      "Model deepseek-r1:8b",
      "bitcount.py:4",
      "Thought",
      "The edit as",
      "Accept",
      "Reject",
      "Open diff",
      "Took",
      "Sent",
      "Ask about",
    ];
    const places = order.map((start) => names.findIndex((name) => name.startsWith(start)));
    expect(places, names.join(" | ")).toEqual(places.toSorted((a, b) => a - b));
    expect(places, names.join(" | ")).not.toContain(-1);
  });

  it("a missing batch makes it ask for a replay, and nothing is lost or doubled", async () => {
    const panel = await open();
    const events = fixRun();
    await panel.send(ready, { kind: "events", batch: batch("run-1", 0, events.slice(0, 20)) });
    await panel.send(
      { kind: "events", batch: batch("run-1", 25, events.slice(25, 30)) },
      { kind: "events", batch: batch("run-1", 30, events.slice(30)) },
    );
    expect(await panel.sent()).toEqual([{ kind: "ready" }, { kind: "ready" }]);
    await panel.send({ kind: "replay", runs: [batch("run-1", 0, events)] });
    expect(await panel.page.locator(".proposal").count()).toBe(1);
    expect(await panel.page.locator(".thought").count()).toBe(1);
  });

  it("the live region tells stages and results, never the stream", async () => {
    const panel = await shown(thinking(), { size: 5 });
    const region = panel.page.getByRole("status");
    await expect.poll(() => region.innerText(), { timeout: 5_000 }).toBe("Thinking");
    expect(await region.getAttribute("aria-live")).toBe("polite");
  });

  it("a screen reader hears what the short words of the head and of an edit stand for", async () => {
    const panel = await shown(fixRun("run-1", 0));
    expect(await panel.page.getByRole("banner").ariaSnapshot()).toContain(
      "this machine. The model runs at http://127.0.0.1:11434. Nothing leaves this machine.",
    );
    expect(
      await panel.page.getByRole("region", { name: "Proposed change" }).ariaSnapshot(),
    ).toContain(
      "The place was found character for character. The file has no syntax errors with this edit.",
    );
  });

  it("copying code hands its text to the host", async () => {
    const text = "```python\nn &= n - 1\n```\nDone.";
    const panel = await shown([...thinking(), { kind: "answer", text }]);
    await panel.button("Copy python code").click();
    expect(await panel.last()).toEqual({ kind: "copy", text: "n &= n - 1\n" });
  });
});

describeInBrowser("a follow-up in the panel", (open, shown) => {
  it("is about the newest run, which the box names, until the person leaves it", async () => {
    const events = fixRun();
    const panel = await shown(events);
    const thread = panel.page.locator(".ask-thread");
    expect(await thread.innerText()).toContain("Follows up on bitcount.py");
    const box = panel.page.locator(".ask-box");
    await box.fill("Why?");
    await box.press("Enter");
    expect(await panel.last()).toEqual({ kind: "followUp", runId: "run-1", text: "Why?" });
    await panel.button("Ask a new question").click();
    expect(await thread.isVisible()).toBe(false);
    await box.fill("What else?");
    await box.press("Enter");
    expect(await panel.last()).toEqual({ kind: "ask", text: "What else?" });
  });

  it("is none when a file is in front that the run was not about", async () => {
    const events = fixRun();
    const panel = await shown(events);
    const thread = panel.page.locator(".ask-thread");
    expect(await thread.isVisible()).toBe(true);
    await panel.send({ kind: "inFront", uri: "file:///sample/other.py" });
    expect(await thread.isVisible()).toBe(false);
    await panel.page.locator(".ask-box").fill("What is this?");
    await panel.page.locator(".ask-box").press("Enter");
    expect(await panel.last()).toEqual({ kind: "ask", text: "What is this?" });
    const started = events.find((event) => event.kind === "started");
    await panel.send({ kind: "inFront", ...(started && { uri: started.uri }) });
    expect(await thread.isVisible()).toBe(true);
  });

  it("goes on by a click, with another edit or with tests", async () => {
    const events = fixRun();
    const panel = await shown(events);
    await panel.button("Do it differently").click();
    await panel.button("Now the tests").click();
    expect((await panel.sent()).slice(-2)).toEqual([
      { kind: "differently", runId: "run-1" },
      { kind: "testsFor", runId: "run-1" },
    ]);
    // Whoever asked about the edit first still may.
    const about = (runId: string, follows?: string): RunEvent[] => [
      ...beginning(runId, 2).map((event) =>
        event.kind === "started" && follows !== undefined ? { ...event, follows } : event,
      ),
      { kind: "finished", at: 3, outcome: "answered", metrics: {} },
    ];
    await panel.tell(about("run-2", "run-1"), "run-2");
    await panel.button("Do it differently").click();
    expect(await panel.last()).toEqual({ kind: "differently", runId: "run-2" });
    await panel.tell(about("run-3"), "run-3");
    expect(await panel.button("Do it differently").count()).toBe(0);
  });

  it("puts an earlier question into the box, to be asked in other words", async () => {
    const panel = await open();
    const now = Date.now();
    const started = beginning("run-1", now).map((event) =>
      event.kind === "started" ? { ...event, question: "Wy?" } : event,
    );
    const rest: RunEvent[] = [
      ...spoken("answer", "So."),
      { kind: "finished", at: now, outcome: "answered", metrics: {} },
    ];
    const batches = inBatches("run-1", [...started, ...rest], 20);
    // As long as another one goes on, too: what is in the box is no hint for that.
    const other = inBatches("run-2", beginning("run-2", now), 20);
    await panel.send(ready, ...batches, ...other);
    await panel.page.locator(".ask-box").fill("How about lists?");
    await panel.page.locator(".run-fold .disclosure-button").first().click();
    await panel.button("Ask it in other words").click();
    await panel.page.locator(".ask-box").press("End");
    await panel.page.keyboard.type("!");
    const choices = await panel.choices();
    await panel.close();

    const reloaded = await open({ choices });
    const box = reloaded.page.locator(".ask-box");
    await reloaded.send(ready, ...batches, ...other);
    expect(await box.inputValue()).toBe("Wy?!");
    await box.fill("Why?");
    await box.press("Enter");
    const asked = { kind: "rephrase", runId: "run-1", text: "Why?" };
    expect(await reloaded.last()).toEqual(asked);
    // What the person was about to write is not lost by it.
    expect(await box.inputValue()).toBe("How about lists?");
  });
});
