import { join } from "node:path";
import * as esbuild from "esbuild";
import { chromium, type Page } from "playwright-core";
import { LoopGuard } from "../src/base/loops/loop-guard";
import type { RunEvent } from "../src/protocol/run-events";
import { joinText } from "../src/runs/join-text";
import { panelBatchMs } from "../src/session/panel/event-batches";
import { replayMessages } from "../src/session/panel/replay-messages";
import { browserFlags, chromiumPath, noBrowser, PanelBrowser } from "../test/support/panel-page";
import { batch, beginning, fixRun, ready } from "../test/support/panel-runs";
import type { BenchResult } from "./bench-result";
import {
  answerQuestionsAboutPlaces,
  charactersPerToken,
  deliverAll,
  deliverInTime,
  longText,
  stretches,
} from "./support/long-stream";
import { type PageTask, TaskRecording, timed } from "./support/page-tasks";
import { PageThread } from "./support/page-thread";

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
/** What the host shows of a history, however long it is. */
const shownRuns = 20;
/** Far more than that, as if the person had brought them all back. */
const earlierRuns = 500;

interface Streamed {
  readonly openingMs: number;
  readonly workMs: number;
  readonly scriptMs: number;
  readonly layoutMs: number;
  readonly links: number;
  readonly heapMb: readonly number[];
}

/** Opens the panel with so many finished runs. */
async function opened(browser: PanelBrowser, runs: number) {
  const panel = await browser.open({ width: 400, height: 800 });
  const { page } = panel;
  const earlier = Array.from({ length: runs }, (_, number) => {
    const runId = `run-${number}`;
    return { runId, events: joinText(fixRun(runId, number)) };
  });
  // Handed over before: to read what the debugger sends takes longer than what is measured.
  await page.evaluate(
    (messages) => void Object.assign(window, { messages }),
    [ready, ...replayMessages(earlier)],
  );
  const thread = await PageThread.of(page);
  await page.evaluate(deliverAll);
  await page.waitForFunction((number) => document.querySelectorAll(".run").length === number, runs);
  return { panel, thread, openingMs: (await thread.work()).all };
}

/** Streams a thought with its steps and links through the real page, as fast as it would come. */
async function streamed(browser: PanelBrowser, history: number, name: string): Promise<Streamed> {
  const { panel, thread, openingMs } = await opened(browser, history);
  const { page } = panel;
  const first: RunEvent[] = [
    ...beginning("long", Date.now()),
    { kind: "phase", at: Date.now(), phase: "thinking" },
    { kind: "thinkingLimit", tokens: 100_000, usualTokens: 60_000 },
  ];
  await panel.send({ kind: "events", batch: batch("long", 0, first) });
  await page.evaluate(answerQuestionsAboutPlaces);
  const heapMb = [await thread.heapMb()];
  const spent = { all: 0, script: 0, layout: 0 };
  let seq = first.length;
  for (const stretch of stretches(tokens, 4)) {
    const from = await thread.work();
    const given = { ...stretch, runId: "long", seq, charactersPerToken, tokensPerSecond };
    await timed(page, name, async () => {
      seq = await page.evaluate(deliverInTime, { ...given, batchMs: panelBatchMs });
    });
    const to = await thread.work();
    spent.all += to.all - from.all;
    spent.script += to.script - from.script;
    spent.layout += to.layout - from.layout;
    // Has the page collect its garbage, which is no work of its own.
    heapMb.push(await thread.heapMb());
  }
  const links = await page.locator(".place-link").count();
  await panel.close();
  return {
    openingMs,
    workMs: spent.all,
    scriptMs: spent.script,
    layoutMs: spent.layout,
    links,
    heapMb,
  };
}

/** What the guard against circles takes of the host for the same text. */
function guardMs(): number {
  const text = longText(tokens);
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
  return await page.evaluate(drawAnew, { text: longText(tokens), steps });
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
    const first = await opened(panels, shownRuns);
    await first.panel.close();
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
      {
        name: `panel with ${shownRuns} runs: opening`,
        value: first.openingMs,
        unit: "ms",
        note: "as many as the host shows of a history of any length",
      },
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
