import { join } from "node:path";
import * as esbuild from "esbuild";
import { chromium, type Page } from "playwright-core";
import { LoopGuard } from "../src/base/loops/loop-guard";
import { StepFinder } from "../src/base/thoughts/steps";
import type { RunEvent } from "../src/protocol/run-events";
import { browserFlags, chromiumPath, noBrowser, PanelBrowser } from "../test/support/panel-page";
import { batch, beginning, fixRun, ready } from "../test/support/panel-runs";
import type { BenchResult } from "./bench-result";

const root = process.cwd();
/** How many drawings each way is measured over; the whole document is drawn anew in each, which is what takes the time. */
const steps = 100;
/** 50,000 tokens at 200 a second, in batches of a thirtieth of a second as the host sends them. */
const tokens = 50_000;
const tokensPerBatch = Math.round(200 / 30);
const earlierRuns = 500;

/** What a long reasoning looks like: about 50,000 tokens, a tenth of it code, names of the project in every paragraph. */
function longText(): string {
  const sentences = Array.from(
    { length: 24 },
    (_, at) =>
      `The loop \`while n\` in src/bits_${at}.py:${at + 1} toggles bit ${at * 7}, so **countBits${at}** never sees ${at} again. `,
  );
  const list =
    "1. Take the lowest set bit\n2. Clear it with `n &= n - 1`\n   - count it\n3. Go on until none is left\n\n";
  const code = `\`\`\`python\n${"def bitcount(n):\n    count = 0\n    while n:\n        n &= n - 1\n".repeat(5)}\`\`\`\n\n`;
  const part = (number: number): string =>
    [0, 6, 12, 18]
      .map((from) => `Wait, ${number}. ${sentences.slice(from, from + 6).join("")}\n\n`)
      .join("") +
    list +
    code;
  return Array.from({ length: 66 }, (_, number) => part(number))
    .join("")
    .slice(0, tokens * 4);
}

interface Streamed {
  readonly workMs: number;
  readonly scriptMs: number;
  readonly layoutMs: number;
  readonly longestMs: number;
  readonly heapMb: readonly number[];
}

/** Streams a thought with its steps through the real page. */
async function streamed(browser: PanelBrowser, history: number): Promise<Streamed> {
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
  const earlier = Array.from({ length: history }, (_, number) => fixRun(`run-${number}`, number));
  const replay = earlier.map((events, number) => batch(`run-${number}`, 0, events));
  await panel.send(ready, { kind: "replay", runs: replay });
  await page.evaluate(watchTasks);
  const workBefore = await work();
  const text = longText();
  const finder = new StepFinder();
  const first = [
    ...beginning("long", Date.now()),
    { kind: "phase", at: Date.now(), phase: "thinking" } as const,
    { kind: "thinkingLimit", tokens: 100_000, usualTokens: 60_000 } as const,
  ];
  let seq = 0;
  const send = async (events: readonly RunEvent[]): Promise<void> => {
    const message = { kind: "events", batch: batch("long", seq, events) } as const;
    seq += events.length;
    await page.evaluate((given) => window.postMessage(given, "*"), message);
  };
  await send(first);
  const heapMb = [await heap()];
  const size = Math.ceil(text.length / tokens) * tokensPerBatch;
  for (let from = 0, quarter = 1; from < text.length; from += size) {
    const piece = text.slice(from, from + size);
    const begun = finder
      .push(piece)
      .map((at): RunEvent => ({ kind: "step", at: Date.now(), back: from + piece.length - at }));
    await send([{ kind: "thought", text: piece }, ...begun]);
    // The stream is quicker than 200 tokens a second, so that the work and not the waiting is measured; each batch gets its frame.
    await page.evaluate(() => new Promise((resolve) => requestAnimationFrame(resolve)));
    if (from >= (text.length * quarter) / 4) {
      heapMb.push(await heap());
      quarter++;
    }
  }
  heapMb.push(await heap());
  const tasks = await page.evaluate(
    () => (window as unknown as { tasks: readonly number[] }).tasks,
  );
  const workAfter = await work();
  await panel.close();
  const workMs = workAfter.all - workBefore.all;
  const scriptMs = workAfter.script - workBefore.script;
  const layoutMs = workAfter.layout - workBefore.layout;
  return { workMs, scriptMs, layoutMs, longestMs: Math.max(0, ...tasks), heapMb };
}

function watchTasks(): void {
  const tasks: number[] = [];
  Object.assign(window, { tasks });
  new PerformanceObserver((list) => {
    for (const { duration } of list.getEntries()) tasks.push(duration);
  }).observe({ type: "longtask" });
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

/** What a thought of 50,000 tokens costs the real page, alone and with a history, beside drawing all of it anew. Empty without a browser. */
export async function bench(): Promise<BenchResult[]> {
  if (noBrowser !== undefined) {
    console.warn(`the panel was not measured: ${noBrowser}`);
    return [];
  }
  const panels = await PanelBrowser.launch();
  const plain = await chromium.launch({ executablePath: chromiumPath, args: [...browserFlags] });
  try {
    const alone = await streamed(panels, 0);
    const among = await streamed(panels, earlierRuns);
    const whole = await wholeMs(await plain.newPage({ viewport: { width: 400, height: 800 } }));
    const batches = Math.ceil(tokens / tokensPerBatch);
    const note = `${tokens} tokens in ${batches} batches, with steps and links`;
    const told = (
      what: string,
      { workMs, scriptMs, layoutMs, longestMs, heapMb }: Streamed,
    ): BenchResult[] => [
      { name: `panel${what}: work of the page's thread`, value: workMs, unit: "ms", note },
      { name: `panel${what}: of that scripts`, value: scriptMs, unit: "ms" },
      { name: `panel${what}: of that styles and layout`, value: layoutMs, unit: "ms" },
      { name: `panel${what}: longest task`, value: longestMs, unit: "ms", note: "0: none over 50" },
      {
        name: `panel${what}: memory of the text`,
        value: (heapMb.at(-1) ?? 0) - (heapMb[0] ?? 0),
        unit: "MB",
        note: `at each quarter ${heapMb.map((each) => each.toFixed(1)).join(", ")}`,
      },
    ];
    return [
      ...told("", alone),
      ...told(` with ${earlierRuns} runs before`, among),
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
