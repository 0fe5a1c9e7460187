import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as esbuild from "esbuild";
import { chromium, type Page } from "playwright-core";
import { LoopGuard } from "../src/base/loops/loop-guard";
import { StepFinder } from "../src/base/thoughts/steps";
import type { FromPanel } from "../src/protocol/panel/from-panel";
import type { RunEvent } from "../src/protocol/run-events";
import { joinText } from "../src/runs/join-text";
import { panelBatchMs } from "../src/session/panel/event-batches";
import { replayMessages } from "../src/session/panel/replay-messages";
import { browserFlags, chromiumPath, noBrowser, PanelBrowser } from "../test/support/panel-page";
import { batch, beginning, fixRun, ready } from "../test/support/panel-runs";
import type { BenchResult } from "./bench-result";
import { type PageTask, TaskRecording, timed } from "./support/page-tasks";

const root = process.cwd();
/**
 * How many drawings each way is measured over; the whole document is drawn anew in each, which is
 * what takes the time.
 */
const steps = 20;
/**
 * At 200 a second, in batches as the host sends them: four minutes. BENCH_TOKENS=5000 is a look at
 * the longest tasks in half a minute.
 */
const tokens = Number(process.env["BENCH_TOKENS"] ?? 50_000);
const tokensPerSecond = 200;
const charactersPerToken = 4;
const earlierRuns = 500;

/**
 * This project's own documents, as often as it takes: prose, lists, tables and code, with names of
 * the project in all of it.
 */
function longText(): string {
  const decisions = readdirSync(join(root, "docs/decisions")).map(
    (name) => `docs/decisions/${name}`,
  );
  const files = ["ARCHITECTURE.md", "README.md", "CONTRIBUTING.md", "CHANGELOG.md", ...decisions];
  const text = files.map((file) => readFileSync(join(root, file), "utf8")).join("\n\n");
  const length = tokens * charactersPerToken;
  return text.repeat(Math.ceil(length / text.length)).slice(0, length);
}

interface Streamed {
  readonly openingMs: number;
  readonly workMs: number;
  readonly scriptMs: number;
  readonly layoutMs: number;
  readonly links: number;
  readonly heapMb: readonly number[];
}

/** A stretch of the thought: its text, and the steps that the host finds in it. */
interface Stretch {
  readonly text: string;
  /**
   * `token`: after which token of the stretch it is found; `back`: how many characters before that
   * it began.
   */
  readonly steps: readonly { readonly token: number; readonly back: number }[];
}

function stretches(number: number): readonly Stretch[] {
  const text = longText();
  const finder = new StepFinder();
  const tokensInEach = Math.ceil(tokens / number);
  return Array.from({ length: number }, (_, index) => {
    const first = index * tokensInEach * charactersPerToken;
    const own = text.slice(first, first + tokensInEach * charactersPerToken);
    const steps: { token: number; back: number }[] = [];
    for (let token = 0; token * charactersPerToken < own.length; token++) {
      const from = token * charactersPerToken;
      const to = from + charactersPerToken;
      for (const at of finder.push(own.slice(from, to)))
        steps.push({ token, back: first + Math.min(to, own.length) - at });
    }
    return { text: own, steps };
  });
}

/** Streams a thought with its steps and links through the real page, as fast as it would come. */
async function streamed(browser: PanelBrowser, history: number, name: string): Promise<Streamed> {
  const panel = await browser.open({ width: 400, height: 800 });
  const { page } = panel;
  const client = await page.context().newCDPSession(page);
  // Time of the processor: how busy the machine is otherwise is nobody's affair.
  await client.send("Performance.setTimeDomain", { timeDomain: "threadTicks" });
  await client.send("Performance.enable", { timeDomain: "threadTicks" });
  const metric = async (name: string): Promise<number> => {
    const { metrics } = await client.send("Performance.getMetrics");
    return metrics.find((each) => each.name === name)?.value ?? 0;
  };
  const work = async () => ({
    all: (await metric("TaskDuration")) * 1_000,
    script: (await metric("ScriptDuration")) * 1_000,
    layout: ((await metric("LayoutDuration")) + (await metric("RecalcStyleDuration"))) * 1_000,
  });
  const heap = async (): Promise<number> => {
    await client.send("HeapProfiler.collectGarbage");
    return (await metric("JSHeapUsedSize")) / 1024 ** 2;
  };
  const opening = await work();
  const earlier = Array.from({ length: history }, (_, number) => {
    const runId = `run-${number}`;
    return { runId, events: joinText(fixRun(runId, number)) };
  });
  await panel.send(ready, ...replayMessages(earlier));
  await page.waitForFunction(
    (number) => document.querySelectorAll(".run").length === number,
    history,
  );
  const before = await work();
  const first: RunEvent[] = [
    ...beginning("long", Date.now()),
    { kind: "phase", at: Date.now(), phase: "thinking" },
    { kind: "thinkingLimit", tokens: 100_000, usualTokens: 60_000 },
  ];
  await panel.send({ kind: "events", batch: batch("long", 0, first) });
  await page.evaluate(answerQuestionsAboutPlaces);
  const heapMb = [await heap()];
  const spent = { all: 0, script: 0, layout: 0 };
  let seq = first.length;
  for (const stretch of stretches(4)) {
    const from = await work();
    const given = { ...stretch, runId: "long", seq, charactersPerToken, tokensPerSecond };
    await timed(page, name, async () => {
      seq = await page.evaluate(deliverInTime, { ...given, batchMs: panelBatchMs });
    });
    const to = await work();
    spent.all += to.all - from.all;
    spent.script += to.script - from.script;
    spent.layout += to.layout - from.layout;
    // Has the page collect its garbage, which is no work of its own.
    heapMb.push(await heap());
  }
  const links = await page.locator(".place-link").count();
  await panel.close();
  return {
    openingMs: before.all - opening.all,
    workMs: spent.all,
    scriptMs: spent.script,
    layoutMs: spent.layout,
    links,
    heapMb,
  };
}

/**
 * Runs in the page: each batch when its time has come. The events are made there, so that what the
 * sender does to send them is not the page's work. @returns the number of the next event.
 */
function deliverInTime(
  given: Stretch & {
    runId: string;
    seq: number;
    charactersPerToken: number;
    tokensPerSecond: number;
    batchMs: number;
  },
): Promise<number> {
  const { text, steps, runId, charactersPerToken } = given;
  const tokensInBatch = (given.tokensPerSecond * given.batchMs) / 1_000;
  const inAll = Math.ceil(text.length / charactersPerToken);
  return new Promise((resolve) => {
    const began = performance.now();
    let { seq } = given;
    let token = 0;
    let step = 0;
    const deliver = (): void => {
      const events: unknown[] = [];
      for (const last = Math.min(token + tokensInBatch, inAll); token < last; token++) {
        const from = token * charactersPerToken;
        events.push({ kind: "thought", text: text.slice(from, from + charactersPerToken) });
        for (; steps[step]?.token === token; step++)
          events.push({ kind: "step", at: 0, back: steps[step]?.back });
      }
      const data = { kind: "events", batch: { runId, seq, events } };
      seq += events.length;
      window.dispatchEvent(new MessageEvent("message", { data }));
    };
    const timer = setInterval(() => {
      const due = Math.min(
        Math.ceil((performance.now() - began) / given.batchMs) * tokensInBatch,
        inAll,
      );
      while (token < due) deliver();
      if (token < inAll) return;
      clearInterval(timer);
      // Links are made when there is nothing else to do.
      setTimeout(() => resolve(seq), 500);
    }, given.batchMs);
  });
}

/**
 * The host's part in the page: every name with a dot, a line or a capital in it leads somewhere.
 */
function answerQuestionsAboutPlaces(): void {
  const { recorder } = window as unknown as { recorder: { sent: FromPanel[] } };
  setInterval(() => {
    for (const asked of recorder.sent.splice(0)) {
      if (asked.kind !== "findPlaces") continue;
      const { runId, names } = asked;
      const found = names
        .filter((name) => /[.:A-Z]/.test(name))
        .map((name) => ({ name, at: name }));
      window.postMessage({ kind: "places", runId, asked: names, found }, "*");
    }
  }, 100);
}

/** What the guard against circles takes of the host for the same text. */
function guardMs(): number {
  const text = longText();
  const startedAt = performance.now();
  const guard = new LoopGuard(() => false);
  for (let from = 0; from < text.length; from += 4) guard.push(text.slice(from, from + 4));
  return performance.now() - startedAt;
}

/** The same text drawn anew as a whole in each step, for comparison. */
async function wholeMs(page: Page): Promise<number> {
  const built = await esbuild.build({
    stdin: {
      contents: `
        import { markdownHtml } from "./src/webview/markdown/markdown-html";
        import { safeFragment } from "./src/webview/markdown/safe-fragment";
        const all = document.createElement("div");
        document.body.append(all);
        window.drawWhole = (text) => all.replaceChildren(safeFragment(markdownHtml(text)));`,
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
  });
  await page.addScriptTag({ content: built.outputFiles[0]?.text ?? "" });
  await page.addStyleTag({ path: join(root, "media/panel/markdown.css") });
  return await page.evaluate(drawAnew, { text: longText(), steps });
}

function drawAnew({ text, steps }: { text: string; steps: number }): number {
  const { drawWhole } = window as unknown as { drawWhole(text: string): void };
  const from = performance.now();
  for (let step = 1; step <= steps; step++) {
    drawWhole(text.slice(0, Math.ceil((text.length * step) / steps)));
    // Reading a height makes the browser lay the page out now, so that it counts.
    document.body.getBoundingClientRect();
  }
  return performance.now() - from;
}

/**
 * What a thought of 50,000 tokens costs the real page, alone and with a history, beside drawing all
 * of it anew. Empty without a browser.
 */
export async function bench(): Promise<BenchResult[]> {
  if (noBrowser !== undefined) {
    console.warn(`the panel was not measured: ${noBrowser}`);
    return [];
  }
  const panels = await PanelBrowser.launch();
  const plain = await chromium.launch({ executablePath: chromiumPath, args: [...browserFlags] });
  try {
    // Each page has a process of its own, and takes a small part of it.
    const recording = await TaskRecording.start(panels.browser);
    const [alone, among] = await Promise.all([
      streamed(panels, 0, "alone"),
      streamed(panels, earlierRuns, "among"),
    ]);
    await recording.stop();
    const whole = await wholeMs(await plain.newPage({ viewport: { width: 400, height: 800 } }));
    const note = `${tokens} tokens at ${tokensPerSecond} a second, with steps`;
    const told = (
      what: string,
      { openingMs, workMs, scriptMs, layoutMs, links, heapMb }: Streamed,
      tasks: readonly PageTask[],
    ): BenchResult[] => [
      { name: `panel${what}: opening`, value: openingMs, unit: "ms" },
      {
        name: `panel${what}: work of the page's thread`,
        value: workMs,
        unit: "ms",
        note: `${note} and ${links} links`,
      },
      { name: `panel${what}: of that scripts`, value: scriptMs, unit: "ms" },
      { name: `panel${what}: of that styles and layout`, value: layoutMs, unit: "ms" },
      ...tasks.map(({ ms, what: parts }, index) => ({
        name: `panel${what}: ${index === 0 ? "longest task" : "and the next"}`,
        value: ms,
        unit: "ms",
        note: `of the processor: ${parts}`,
      })),
      {
        name: `panel${what}: memory of the text`,
        value: (heapMb.at(-1) ?? 0) - (heapMb[0] ?? 0),
        unit: "MB",
        note: `at each quarter ${heapMb.map((each) => each.toFixed(1)).join(", ")}`,
      },
    ];
    return [
      ...told("", alone, recording.longest("alone", 3)),
      ...told(` with ${earlierRuns} runs before`, among, recording.longest("among", 3)),
      { name: "panel: the guard against circles, in the host", value: guardMs(), unit: "ms" },
      {
        name: "panel: draw all anew each time",
        value: whole,
        unit: "ms",
        note: `in ${steps} drawings only`,
      },
    ];
  } finally {
    await plain.close();
    await panels.close();
  }
}
