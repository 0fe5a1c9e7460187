import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { type Browser, chromium, type Page, type Request } from "playwright-core";
import type { FromPanel } from "../../src/protocol/panel/from-panel";
import type { ToPanel } from "../../src/protocol/panel/to-panel";
import { panelHtml } from "../../src/session/panel/panel-html";
import { buildProduct } from "./built-product";
import { listening } from "./loopback";
import { type PanelTheme, panelThemes } from "./panel-themes";
import { textsOf } from "./texts-of";

const root = join(dirname(fileURLToPath(import.meta.url)), "../..");

/** The browser for tests and measurements. */
export const chromiumPath = process.env["CHROMIUM"] ?? "/usr/bin/chromium";

/** A browser that calls nobody and needs no graphics card. */
export const browserFlags: readonly string[] = [
  ...["--no-sandbox", "--no-first-run"],
  ...["gpu", "quic", "background-networking", "component-update", "sync"].map(
    (name) => `--disable-${name}`,
  ),
];

/** Why the browser tests cannot run here; undefined when they can. */
export const noBrowser: string | undefined = existsSync(chromiumPath)
  ? undefined
  : `no Chromium at ${chromiumPath}: install the Debian package "chromium" or set CHROMIUM to a browser`;

export interface PanelOptions {
  readonly theme?: PanelTheme;
  readonly width?: number;
  readonly height?: number;
  /** What a reloaded view finds of its own. */
  readonly choices?: unknown;
  /** English if absent. */
  readonly language?: "en" | "fr";
}

/** The built panel in a real browser, with a host that only records. */
export interface OpenPanel {
  readonly page: Page;
  /**
   * Delivers messages one by one, as the host's postMessage does, and waits until they are on the
   * page.
   */
  send(...messages: readonly ToPanel[]): Promise<void>;
  /** Everything the panel has sent so far, but for what it asks by itself. */
  sent(): Promise<FromPanel[]>;
  /** The names in texts that it asked about. */
  namesAsked(): Promise<readonly string[]>;
  /** What the panel keeps over a reload. */
  choices(): Promise<unknown>;
  /** Addresses that the page asked for, other than its own files. */
  readonly foreignRequests: readonly string[];
  /** What is closed already stays so. */
  close(): Promise<void>;
}

/** What the page's stub of the editor's API keeps. */
interface Recorder {
  readonly sent: FromPanel[];
  state: unknown;
}

/** What a page shows that waits for the next panel. */
const restPath = "/rest";

/**
 * Serves the built panel with its real page and CSP, and opens it in Chromium as often as wanted.
 */
export class PanelBrowser {
  readonly browser: Browser;
  readonly #server: Server;
  readonly address: string;
  readonly #keepsPages: boolean;
  /** Those whose panel was closed. */
  readonly #resting: Page[] = [];

  private constructor(browser: Browser, server: Server, address: string, keepsPages: boolean) {
    this.browser = browser;
    this.#server = server;
    this.address = address;
    this.#keepsPages = keepsPages;
  }

  /**
   * @param keepsPages a page whose panel was closed is used for the next one: to make a page takes
   * several times as long as to load a panel into one. Not for measurements, as the engine then
   * knows the code already.
   */
  static async launch(keepsPages = false): Promise<PanelBrowser> {
    const script = await buildPanel();
    const server = createServer((request, response) => {
      const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://localhost");
      const reply = (type: string, body: string): void => {
        response.writeHead(200, { "content-type": type }).end(body);
      };
      if (path === "/")
        reply("text/html; charset=utf-8", pageHtml(searchParams.get("language") ?? "en"));
      else if (path === restPath) reply("text/html; charset=utf-8", "<!doctype html>");
      else if (path === "/webview.js") reply("text/javascript; charset=utf-8", script);
      else if (/^\/media\/[\w/-]+\.css$/.test(path))
        reply("text/css; charset=utf-8", readFileSync(join(root, path), "utf8"));
      else response.writeHead(404).end();
    });
    const port = await listening(server);
    const browser = await chromium.launch({
      executablePath: chromiumPath,
      args: [...browserFlags],
    });
    return new PanelBrowser(browser, server, `http://127.0.0.1:${port}`, keepsPages);
  }

  async open(options: PanelOptions = {}): Promise<OpenPanel> {
    const { theme = "dark", width = 400, height = 800 } = options;
    const page = await this.#page(width, height);
    const foreignRequests: string[] = [];
    const onRequest = (request: Request): void => {
      if (!request.url().startsWith(`${this.address}/`)) foreignRequests.push(request.url());
    };
    page.on("request", onRequest);
    const stub = await page.addInitScript(stubEditor, {
      state: options.choices,
      ...panelThemes[theme],
    });
    await page.goto(`${this.address}/?language=${options.language ?? "en"}`);
    await page.waitForFunction(
      () => (window as unknown as { recorder: Recorder }).recorder.sent.length > 0,
    );
    const recorded = () =>
      page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder.sent);
    const rest = async (): Promise<void> => {
      if (!this.#keepsPages) return await page.context().close();
      page.off("request", onRequest);
      await stub.dispose();
      // As a new page has it: nothing is under the pointer.
      await page.mouse.move(0, 0);
      await page.goto(`${this.address}${restPath}`);
      this.#resting.push(page);
    };
    let closed: Promise<void> | undefined;
    return {
      page,
      foreignRequests,
      send: (...messages) => page.evaluate(deliver, messages),
      sent: async () => (await recorded()).filter(({ kind }) => kind !== "findPlaces"),
      namesAsked: async () =>
        (await recorded()).flatMap((each) => (each.kind === "findPlaces" ? each.names : [])),
      choices: () =>
        page.evaluate(() => (window as unknown as { recorder: Recorder }).recorder.state),
      close: () => {
        closed ??= rest();
        return closed;
      },
    };
  }

  /** A page that nothing is on, with no other in its context. */
  async #page(width: number, height: number): Promise<Page> {
    const viewport = { width, height };
    const resting = this.#resting.pop();
    if (resting === undefined) return await (await this.browser.newContext({ viewport })).newPage();
    await resting.setViewportSize(viewport);
    return resting;
  }

  async close(): Promise<void> {
    await this.browser.close();
    this.#server.close();
  }
}

async function buildPanel(): Promise<string> {
  const product = await buildProduct();
  try {
    return readFileSync(product.path("webview.js"), "utf8");
  } finally {
    product.remove();
  }
}

/**
 * What the editor lays under every web view's own styles, as far as it is about elements that the
 * panel has.
 */
const editorStyles = `<style>
@layer editor {
  body { padding: 0 20px; color: var(--vscode-editor-foreground); }
  a, a code { color: var(--vscode-textLink-foreground); }
  p > a { text-decoration: var(--text-link-decoration); }
  code {
    font-family: var(--monaco-monospace-font);
    color: var(--vscode-textPreformat-foreground);
    background-color: var(--vscode-textPreformat-background);
    padding: 1px 3px;
    border-radius: 4px;
  }
  pre code { padding: 0; }
  blockquote { background: var(--vscode-textBlockQuote-background); border-color: var(--vscode-textBlockQuote-border); }
}
</style>`;

function pageHtml(language: string): string {
  const html = panelHtml({
    scriptUri: "/webview.js",
    styleUris: ["/media/panel.css"],
    cspSource: "'self'",
    nonce: crypto.randomUUID().replaceAll("-", ""),
    language,
    texts: language === "en" ? undefined : textsOf(language),
  });
  // Before the page's policy, as the editor does it.
  return html.replace("<head>", `<head>${editorStyles}`);
}

/**
 * Runs in the page before its own script: the editor's API, and the theme as the editor sets it.
 */
function stubEditor(given: {
  state: unknown;
  bodyClass: string;
  colours: Readonly<Record<string, string>>;
}): void {
  const recorder = { sent: [] as unknown[], state: given.state };
  Object.assign(window, {
    recorder,
    acquireVsCodeApi: () => ({
      postMessage: (message: unknown) => recorder.sent.push(structuredClone(message)),
      getState: () => recorder.state,
      setState: (state: unknown) => {
        recorder.state = structuredClone(state);
      },
    }),
  });
  const dress = (): void => {
    document.body.className = given.bodyClass;
    for (const [name, value] of Object.entries(given.colours))
      document.documentElement.style.setProperty(name, value);
  };
  document.addEventListener("DOMContentLoaded", dress);
}

async function deliver(messages: readonly unknown[]): Promise<void> {
  for (const message of messages) window.postMessage(message, "*");
  const frame = (): Promise<unknown> => new Promise((resolve) => requestAnimationFrame(resolve));
  // The messages arrive as tasks of their own; then one frame draws them and another one shows it.
  await new Promise((resolve) => setTimeout(resolve, 0));
  await frame();
  await frame();
}
