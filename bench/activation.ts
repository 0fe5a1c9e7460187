import { execFileSync } from "node:child_process";
import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Page } from "playwright-core";
import { installedTools, type Tools } from "../scripts/setup/tools.mjs";
import { copyExtension } from "../scripts/workbench/extension-files.mjs";
import { quietSettings, startServer, writeSettings } from "../scripts/workbench/server.mjs";
import { keptAfterMs } from "../src/loading/cached-code";
import { launchChromium } from "../test/support/chromium";
import type { BenchResult } from "./bench-result";

const rounds = 7;
const names = { ours: "Thinkaloud", empty: "Empty for Comparison" };

/**
 * How long VS Code itself says that loading and activating took, in the real extension host, beside
 * an extension that does nothing.
 */
export async function bench(): Promise<BenchResult[]> {
  const tools = toolsOrNone();
  if (tools === undefined) return [];
  const data = realpathSync(mkdtempSync(join(tmpdir(), "thinkaloud-activation-")));
  const extensionsFolder = join(data, "extensions");
  const dist = join(data, "dist");
  try {
    // As it ships: minified, without the tests.
    execFileSync(process.execPath, ["scripts/build.mjs", "--production", "--out", dist]);
    copyExtension(resolve("."), join(extensionsFolder, "thinkaloud.thinkaloud-0.1.0"), dist);
    writeEmptyExtension(join(extensionsFolder, "bench.empty-1.0.0"));
    writeSettings(data, quietSettings);
    const times = await measured(tools, data, extensionsFolder);
    const note = `median of ${rounds} windows, as VS Code's list of running extensions has it`;
    return [
      {
        name: "activation",
        value: median(times.map((each) => each.ours)),
        unit: "ms",
        note: `${note}; bound 50 ms`,
      },
      {
        name: "activation, slowest",
        value: Math.max(...times.map((each) => each.ours)),
        unit: "ms",
      },
      {
        name: "activation of an empty extension",
        value: median(times.map((each) => each.empty)),
        unit: "ms",
        note,
      },
    ];
  } finally {
    rmSync(data, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }
}

function toolsOrNone(): Tools | undefined {
  try {
    return installedTools();
  } catch (thrown) {
    console.error(
      `activation was not measured. ${thrown instanceof Error ? thrown.message : thrown}`,
    );
    return undefined;
  }
}

interface Times {
  readonly ours: number;
  readonly empty: number;
}

async function measured(
  tools: Tools,
  dataFolder: string,
  extensionsFolder: string,
): Promise<readonly Times[]> {
  const token = randomBytes(16).toString("hex");
  const { node24: node, serverMain: main } = tools;
  const server = await startServer({
    node,
    main,
    dataFolder,
    extensionsFolder,
    token,
    flags: ["--enable-remote-auto-shutdown"],
  });
  const times: Times[] = [];
  try {
    const query = new URLSearchParams({ tkn: token, folder: resolve("test/sample") });
    // Each window has an extension host of its own. The first one fills caches that every later one
    // has.
    for (let round = 0; round <= rounds; round++) {
      const browser = await launchChromium(tools.chromium);
      try {
        // The list makes rows only for what is seen of it, slowest first: a fast extension stands
        // far down.
        const page = await browser.newPage({ viewport: { width: 1400, height: 3_000 } });
        await page.goto(`http://127.0.0.1:${server.port}/?${query}`);
        const found = await activationTimes(page);
        if (round > 0) times.push(found);
        else await page.waitForTimeout(keptAfterMs + 1_000);
      } finally {
        await browser.close();
      }
    }
    return times;
  } finally {
    await server.stop();
  }
}

async function activationTimes(page: Page): Promise<Times> {
  await page.locator(".monaco-workbench .statusbar-item").first().waitFor({ timeout: 60_000 });
  await page.keyboard.press("F1");
  await page.keyboard.type("Show Running Extensions");
  await page
    .locator(".quick-input-list .monaco-list-row", { hasText: "Show Running Extensions" })
    .first()
    .click();
  const [ours, empty] = await Promise.all([timeOf(page, names.ours), timeOf(page, names.empty)]);
  return { ours, empty };
}

async function timeOf(page: Page, name: string): Promise<number> {
  const row = page
    .locator(".runtime-extensions-editor .monaco-list-row", { hasText: name })
    .filter({ hasText: /Activation:/ });
  const text = await row.first().innerText({ timeout: 60_000 });
  const found = /Activation:\s*(\d+)\s*ms/.exec(text);
  if (found?.[1] === undefined) throw new Error(`the list says nothing of the time: ${text}`);
  return Number(found[1]);
}

function writeEmptyExtension(folder: string): void {
  mkdirSync(folder, { recursive: true });
  const manifest = {
    name: "empty",
    displayName: names.empty,
    publisher: "bench",
    version: "1.0.0",
    engines: { vscode: "^1.106.0" },
    main: "./main.js",
    activationEvents: ["onStartupFinished"],
    extensionKind: ["workspace"],
  };
  writeFileSync(join(folder, "package.json"), JSON.stringify(manifest));
  writeFileSync(join(folder, "main.js"), "exports.activate = () => {};\n");
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}
