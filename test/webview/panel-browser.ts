import { describe, onTestFinished, test } from "vitest";
import { noBrowser, type OpenPanel, PanelBrowser, type PanelOptions } from "../support/panel-page";

/** All files that run in one process have one browser: to start one takes as long as a test. */
const inBrowser = test.extend(
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
 * A group of tests in a real browser; skipped, with the reason, where there is none. A panel that a
 * test opens is closed with it, unless the test does so before.
 */
export function describeInBrowser(
  title: string,
  tests: (open: (options?: PanelOptions) => Promise<OpenPanel>) => void,
): void {
  if (noBrowser !== undefined) {
    console.warn(`skipped "${title}": ${noBrowser}`);
    describe.skip(`${title} (${noBrowser})`, () =>
      tests(() => Promise.reject(new Error(noBrowser))));
    return;
  }
  describe(title, () => {
    let browser: PanelBrowser | undefined;
    inBrowser.beforeAll(({ panels }) => {
      browser = panels;
    }, 60_000);
    tests(async (options) => {
      if (browser === undefined) throw new Error("the browser did not start");
      const panel = await browser.open(options);
      onTestFinished(() => panel.close());
      return panel;
    });
  });
}
