import { randomBytes } from "node:crypto";
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import type { Browser, Page } from "playwright-core";
import { installedTools } from "../../scripts/setup/tools.mjs";
import { installIntoFolder } from "../../scripts/workbench/extension-files.mjs";
import { quietSettings, startServer, writeSettings } from "../../scripts/workbench/server.mjs";
import { launchChromium } from "./chromium";

export interface WorkbenchOptions {
  /** A clone whose dist/ is built. */
  readonly extension: string;
  /** Folder that the workbench opens. Pass a copy when a test edits it. */
  readonly workspace: string;
  /** User settings, over quiet ones. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The person's own keys, as in `keybindings.json`. */
  readonly keybindings?: readonly object[];
  /**
   * `person`: the extension is installed as a person has it, and notifications show. `test`: it
   * runs as an extension under development with VS Code's smoke test driver, which keeps
   * notifications back; `testsEntry` needs it.
   */
  readonly mode: "person" | "test";
  /**
   * A CommonJS file that exports `run(): Promise<void>`, run inside the extension host when the
   * page is opened.
   */
  readonly testsEntry?: string;
  /** Added to the environment of the extension host. */
  readonly environment?: Readonly<Record<string, string>>;
}

export interface OpenPageOptions {
  readonly viewport?: { readonly width: number; readonly height: number };
  /** Whether anybody looks at it. Default: no. */
  readonly isDrawn?: boolean;
  /** What the code in the extension host logs while tests run there. */
  readonly onLog?: (line: string) => void;
}

export interface Workbench {
  readonly port: number;
  readonly dataFolder: string;
  /** The address of the workbench, with its secret. */
  readonly address: string;
  /** Opens the workbench in a browser of its own and waits until it is drawn. */
  openPage(options?: OpenPageOptions): Promise<Page>;
  /** Exit code of the tests inside the extension host; settles after a page was opened. */
  readonly testsEnded: Promise<number>;
  /** Closes the browsers, ends the server and everything it started, and removes its data. */
  stop(): Promise<void>;
}

/** Without a graphics card every frame that something moves in takes the time of what is tested. */
const stillSettings = {
  "editor.cursorBlinking": "solid",
  "editor.minimap.enabled": false,
  "workbench.reduceMotion": "on",
};

/**
 * A fifth of the time of all tests would go into pictures that nobody looks at. What is transparent
 * is laid out, clicked and focused like anything else, and never drawn.
 */
function transparent(): void {
  if (window !== window.top) return;
  addEventListener("DOMContentLoaded", () => {
    document.documentElement.style.opacity = "0";
  });
}

/** For a picture of a page that is not drawn. */
export const drawnStyle = "html { opacity: 1 !important }";

/** Starts the real VS Code workbench and extension host on a free port, with fresh data. */
export async function startWorkbench(options: WorkbenchOptions): Promise<Workbench> {
  const tools = installedTools();
  const dataFolder = realpathSync(mkdtempSync(join(tmpdir(), "thinkaloud-workbench-")));
  const extensionsFolder = join(dataFolder, "extensions");
  mkdirSync(extensionsFolder);
  writeSettings(dataFolder, { ...quietSettings, ...stillSettings, ...options.settings });
  if (options.keybindings !== undefined)
    writeFileSync(
      join(dataFolder, "data/User/keybindings.json"),
      JSON.stringify(options.keybindings),
    );
  if (options.mode === "person") installIntoFolder(resolve(options.extension), extensionsFolder);

  const token = randomBytes(16).toString("hex");
  const server = await startServer({
    node: tools.node24,
    main: tools.serverMain,
    dataFolder,
    extensionsFolder,
    token,
    // A test run that is killed must not leave a server behind.
    flags: [
      "--enable-remote-auto-shutdown",
      ...(options.mode === "test" ? ["--enable-smoke-test-driver"] : []),
    ],
    environment: options.environment ?? {},
  });
  const address = addressOf(options, server.port, token);
  const browsers: Browser[] = [];
  let endTests: (code: number) => void = () => {};
  const testsEnded = new Promise<number>((settle) => {
    endTests = settle;
  });

  async function openPage({
    viewport = { width: 1400, height: 900 },
    isDrawn = false,
    onLog,
  }: OpenPageOptions = {}): Promise<Page> {
    const browser = await launchChromium(tools.chromium);
    browsers.push(browser);
    const page = await browser.newPage({ viewport });
    if (!isDrawn) await page.addInitScript(transparent);
    if (options.mode === "test") {
      await page.exposeFunction("codeAutomationLog", (_level: string, parts: readonly unknown[]) =>
        onLog?.(parts.map(String).join(" ")),
      );
      await page.exposeFunction("codeAutomationExit", (code: number) => endTests(code));
    }
    await page.goto(address);
    await page.locator(".monaco-workbench .statusbar-item").first().waitFor({ timeout: 60_000 });
    return page;
  }

  async function stop(): Promise<void> {
    await Promise.allSettled(browsers.map((browser) => browser.close()));
    await server.stop();
    rmSync(dataFolder, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
  }

  return { port: server.port, dataFolder, address, openPage, testsEnded, stop };
}

function addressOf(options: WorkbenchOptions, port: number, token: string): string {
  const query = new URLSearchParams({ tkn: token, folder: resolve(options.workspace) });
  if (options.mode === "test") {
    const remote = (path: string): string => `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
    const payload = [["extensionDevelopmentPath", remote(options.extension)]];
    if (options.testsEntry !== undefined)
      payload.push(["extensionTestsPath", remote(options.testsEntry)]);
    query.set("payload", JSON.stringify(payload));
  }
  return `http://127.0.0.1:${port}/?${query}`;
}
