import { afterAll, beforeAll, describe } from "vitest";
import { noBrowser, type OpenPanel, PanelBrowser, type PanelOptions } from "../support/panel-page";

/** A group of tests in a real browser, which is launched once for them; skipped, with the reason, where there is none. */
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
    beforeAll(async () => {
      browser = await PanelBrowser.launch();
    }, 60_000);
    afterAll(() => browser?.close());
    tests(
      (options) => browser?.open(options) ?? Promise.reject(new Error("the browser did not start")),
    );
  });
}
