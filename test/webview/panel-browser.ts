import type { Locator } from "playwright-core";
import { describe, it, onTestFinished } from "vitest";
import type { FromPanel } from "../../src/protocol/panel/from-panel";
import type { RunEvent } from "../../src/protocol/run-events";
import { noBrowser, type OpenPanel, PanelBrowser, type PanelOptions } from "../support/panel-page";
import { inBatches, ready } from "../support/panel-runs";

/** A panel whose host counts what it tells of each run. */
export interface ToldPanel extends OpenPanel {
  /** Tells what came of a run since it was last told, in messages of `size` events. */
  tell(events: readonly RunEvent[], runId?: string, size?: number): Promise<void>;
  /** What the panel sent last. */
  last(): Promise<FromPanel | undefined>;
  button(name: string | RegExp): Locator;
}

type Open = (options?: PanelOptions) => Promise<ToldPanel>;
type Shown = (
  events?: readonly RunEvent[],
  options?: PanelOptions & { readonly size?: number },
) => Promise<ToldPanel>;

/** All files that run in one process have one browser: to start one takes as long as a test. */
const inBrowser = it.extend(
  "panels",
  { scope: "worker" },
  // biome-ignore lint/correctness/noEmptyPattern: the runner reads from the pattern what a fixture needs, and this one needs nothing.
  async ({}, { onCleanup }): Promise<PanelBrowser> => {
    const browser = await PanelBrowser.launch(true);
    onCleanup(() => browser.close());
    return browser;
  },
);

/**
 * A group of tests in a real browser; skipped, with the reason, where there is none. They open a
 * panel that was told nothing yet, or one that shows a model at the ready and what run-1 has come
 * to. It is closed with its test, unless the test does so before.
 */
export function describeInBrowser(title: string, tests: (open: Open, shown: Shown) => void): void {
  if (noBrowser !== undefined) {
    console.warn(`skipped "${title}": ${noBrowser}`);
    const none = () => Promise.reject(new Error(noBrowser));
    describe.skip(`${title} (${noBrowser})`, () => tests(none, none));
    return;
  }
  describe(title, () => {
    let browser: PanelBrowser | undefined;
    inBrowser.beforeAll(({ panels }) => {
      browser = panels;
    }, 60_000);
    const open: Open = async (options) => {
      if (browser === undefined) throw new Error("the browser did not start");
      const panel = toldPanel(await browser.open(options));
      onTestFinished(() => panel.close());
      return panel;
    };
    tests(open, async (events = [], options = {}) => {
      const panel = await open(options);
      await panel.send(ready, ...inBatches("run-1", events, options.size ?? 50));
      return panel;
    });
  });
}

function toldPanel(panel: OpenPanel): ToldPanel {
  const counts = new Map<string, number>();
  const send: OpenPanel["send"] = (...messages) => {
    for (const message of messages) {
      const runs = message.kind === "events" ? [message.batch] : [];
      for (const { runId, seq, events } of message.kind === "replay" ? message.runs : runs)
        counts.set(runId, seq + events.length);
    }
    return panel.send(...messages);
  };
  return {
    ...panel,
    send,
    tell: (events, runId = "run-1", size = 50) =>
      send(...inBatches(runId, events, size, counts.get(runId))),
    last: async () => (await panel.sent()).at(-1),
    button: (name) => panel.page.getByRole("button", { name }),
  };
}
