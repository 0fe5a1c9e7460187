import { join } from "node:path";
import * as esbuild from "esbuild";
import { chromium } from "playwright-core";
import { browserFlags, chromiumPath, noBrowser } from "../test/support/panel-page";
import type { BenchResult } from "./bench-result";

const root = process.cwd();
const steps = 100;

/** What a long reasoning looks like: about 50,000 tokens, a tenth of it code. */
function longAnswer(): string {
  const sentence =
    "The loop `while n` toggles every bit below the lowest one that is set, so **it never reaches zero** for the number at hand. ";
  const list =
    "1. Take the lowest set bit\n2. Clear it with `n &= n - 1`\n   - count it\n3. Go on until none is left\n\n";
  const code = `\`\`\`python\n${"def bitcount(n):\n    count = 0\n    while n:\n        n &= n - 1\n".repeat(5)}\`\`\`\n\n`;
  return Array.from({ length: 51 }, () => `${sentence.repeat(6)}\n\n`.repeat(4) + list + code).join(
    "",
  );
}

interface Cost {
  readonly totalMs: number;
  readonly longestMs: number;
}

/** The page's own functions, see the bundle below. */
interface Renderers {
  incremental(text: string): void;
  whole(text: string): void;
}

function measure({
  text,
  steps,
  way,
}: {
  text: string;
  steps: number;
  way: keyof Renderers;
}): Cost {
  const renderers = (window as unknown as { renderers: Renderers }).renderers;
  let totalMs = 0;
  let longestMs = 0;
  for (let step = 1; step <= steps; step++) {
    const soFar = text.slice(0, Math.ceil((text.length * step) / steps));
    const from = performance.now();
    renderers[way](soFar);
    // Reading a height makes the browser lay the page out now, so that it counts.
    document.body.getBoundingClientRect();
    const tookMs = performance.now() - from;
    totalMs += tookMs;
    longestMs = Math.max(longestMs, tookMs);
  }
  return { totalMs, longestMs };
}

/** What drawing a stream of 50,000 tokens costs, the panel's way and by rendering everything anew each time. Empty without a browser. */
export async function bench(): Promise<BenchResult[]> {
  if (noBrowser !== undefined) {
    console.warn(`the panel was not measured: ${noBrowser}`);
    return [];
  }
  const built = await esbuild.build({
    stdin: {
      contents: `
        import { MarkdownView } from "./src/webview/markdown/markdown-view";
        import { markdownHtml } from "./src/webview/markdown/markdown-html";
        import { safeFragment } from "./src/webview/markdown/safe-fragment";
        const view = new MarkdownView({ openLink() {}, copy() {}, places: { watch() {}, follow: () => false } });
        const all = document.createElement("div");
        document.body.append(view.element, all);
        window.renderers = {
          incremental: (text) => view.update(text),
          whole: (text) => all.replaceChildren(safeFragment(markdownHtml(text))),
        };`,
      resolveDir: root,
      loader: "ts",
    },
    bundle: true,
    write: false,
    format: "iife",
  });
  const browser = await chromium.launch({ executablePath: chromiumPath, args: [...browserFlags] });
  try {
    const page = await browser.newPage({ viewport: { width: 400, height: 800 } });
    await page.addScriptTag({ content: built.outputFiles[0]?.text ?? "" });
    await page.addStyleTag({ path: join(root, "media/panel/markdown.css") });
    const text = longAnswer();
    const incremental = await page.evaluate(measure, { text, steps, way: "incremental" as const });
    await page.evaluate(() => document.body.firstElementChild?.replaceChildren());
    const whole = await page.evaluate(measure, { text, steps, way: "whole" as const });
    const note = `${text.length} characters in ${steps} steps, with layout`;
    return [
      {
        name: "panel: draw 50,000 tokens, finished blocks left alone",
        value: incremental.totalMs,
        unit: "ms",
        note,
      },
      {
        name: "panel: draw 50,000 tokens, all anew each time",
        value: whole.totalMs,
        unit: "ms",
        note,
      },
      {
        name: "panel: how many times cheaper",
        value: whole.totalMs / incremental.totalMs,
        unit: "times",
      },
      { name: "panel: longest single drawing", value: incremental.longestMs, unit: "ms" },
    ];
  } finally {
    await browser.close();
  }
}
