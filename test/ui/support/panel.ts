import type { FrameLocator, Locator, Page } from "playwright-core";

/** The reasoning panel as it is on the screen. */
export interface Panel {
  readonly frame: FrameLocator;
  /** The newest run. */
  readonly run: Locator;
  readonly thought: Locator;
  readonly answer: Locator;
  readonly proposal: Locator;
  readonly failure: Locator;
  readonly ask: Locator;
  /** The line at the foot that says what goes on now. */
  readonly now: Locator;
  button(name: string): Locator;
}

export function panelOf(page: Page): Panel {
  // The web view's frame is not inside the view's own element, and there may be one that is just
  // going away.
  const frame = page.frameLocator("iframe.webview.ready").frameLocator("iframe#active-frame");
  const run = frame.locator("article.run").last();
  return {
    frame,
    run,
    thought: run.locator(".thought"),
    answer: run.locator(".answer"),
    proposal: run.locator(".proposal"),
    failure: run.locator(".failure"),
    ask: frame.getByRole("combobox", { name: "Ask about your code" }),
    now: frame.locator(".current"),
    button: (name) => frame.getByRole("button", { name, exact: true }),
  };
}
