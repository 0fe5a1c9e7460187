import { mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { bits } from "./bits";
import { type Desk, takeDesk } from "./desk";
import { diff, openFile, runCommand, titleButton } from "./hands";
import { type LiveDaemon, startLiveDaemon } from "./live-daemon";
import { panelOf } from "./panel";

const themes = {
  dark: "Dark Modern",
  light: "Light Modern",
  contrast: "Default High Contrast",
} as const;
export type PictureTheme = keyof typeof themes;

/** Wide enough to read along in; the editor keeps more than half of the window. */
const panelWidth = 420;
const viewport = { width: 1280, height: 800 };

const thought = `The doctest says that \`count_ones(8)\` should be 1. Let me follow it.

- \`n = 8\` is \`1000\`, and \`n - 1\` is \`0111\`.
- \`n ^= n - 1\` gives \`1111\`, that is 15. The loop goes on with *more* ones than before.
- Then \`15 ^ 14 = 1\`, and \`1 ^ 0 = 1\`: from there it never gets to 0, and only \`ones < 64\` ends it.

So the loop does not count ones at all. The usual trick clears the lowest one in each pass, and that is an *and*, not an exclusive or: \`8 & 7 = 0\`, one pass, one bit.`;
const restOfThought = "\n\nThe bound of 64 can stay: it does no harm once the loop ends by itself.";
const answer = `\`n ^ (n - 1)\` flips the lowest one **and** everything below it, so the loop never runs out of ones. \`n & (n - 1)\` clears exactly the lowest one in each pass.

${bits.answer.slice(bits.answer.indexOf("<<<<<<<"))}`;

/**
 * Takes pictures of the real workbench with the real extension; the words of the model are played
 * back.
 */
export async function takePictures(folder: string, theme: PictureTheme): Promise<void> {
  mkdirSync(folder, { recursive: true });
  const daemon = await startLiveDaemon();
  try {
    await atDesk(theme, daemon.endpoint, (desk) =>
      pictureRun(desk, daemon, (name) => join(folder, `${name}-${theme}.png`)),
    );
  } finally {
    await daemon.close();
  }
  // As on a machine that has nothing yet: nobody answers, and no model was ever fetched.
  await atDesk(theme, "", async (desk) => {
    const { page } = desk;
    await openFile(page, desk.freshFile(bits.name), bits.line, bits.column);
    await showWidePanel(page);
    await panelOf(page)
      .frame.locator(".setup")
      .getByText("Nothing is running a model yet")
      .waitFor();
    await picture(page, join(folder, `first-start-${theme}.png`));
  });
}

async function pictureRun(
  desk: Desk,
  daemon: LiveDaemon,
  file: (name: string) => string,
): Promise<void> {
  const { page } = desk;
  const panel = panelOf(page);
  await openFile(page, desk.freshFile(bits.name), bits.line, bits.column);
  await showWidePanel(page);
  await panel.frame.locator(".welcome").waitFor();
  await page.locator(".editor-group-container.active .view-line", { hasText: bits.wrong }).click();
  await page.locator(".editor-group-container.active .lightBulbWidget:visible").click();
  const row = page.locator(".action-widget .monaco-list-row", { hasText: "Fix with Thinkaloud" });

  const spoken = daemon.nextAnswer();
  await row.click();
  await spoken.begun;
  spoken.think(thought);
  await panel.thought.getByText("one pass, one bit.").waitFor();
  // The clock of the thought is on the picture; a second makes it say something.
  await panel.now.getByText(/[1-9] s/).waitFor();
  await picture(page, file("thinking"));

  spoken.think(restOfThought).say(answer);
  await panel.button("Review now").waitFor();
  await picture(page, file("draft"));
  spoken.end();
  await titleButton(page, "Accept Proposal").waitFor();
  await diff(page)
    .locator(".editor.modified .char-insert, .view-line", { hasText: "&=" })
    .first()
    .waitFor();
  await panel.proposal.getByRole("button", { name: "Accept" }).waitFor();
  await picture(page, file("review"));
}

async function atDesk(
  theme: PictureTheme,
  endpoint: string,
  work: (desk: Desk) => Promise<void>,
): Promise<void> {
  const settings = {
    "workbench.colorTheme": themes[theme],
    "editor.minimap.enabled": false,
    "editor.fontSize": 13,
    "breadcrumbs.enabled": false,
    "thinkaloud.endpoint": endpoint,
  };
  const emptyCache = mkdtempSync(join(tmpdir(), "thinkaloud-pictures-"));
  const desk = await takeDesk({
    settings,
    window: { viewport, isDrawn: true },
    environment: { XDG_CACHE_HOME: emptyCache, OLLAMA_HOST: "" },
  });
  try {
    await runCommand(desk.page, "View: Toggle Primary Side Bar Visibility");
    await work(desk);
  } finally {
    await desk.leave();
    rmSync(emptyCache, { recursive: true, force: true });
  }
}

/** Brings the panel up and drags its edge to where it can be read. */
async function showWidePanel(page: Page): Promise<void> {
  await runCommand(page, "Thinkaloud: Show Reasoning");
  const bar = page.locator('[id="workbench.parts.auxiliarybar"]');
  await panelOf(page).ask.waitFor();
  const box = await bar.boundingBox();
  if (box === null) throw new Error("the side bar with the panel is not on the screen");
  await page.mouse.move(box.x - 1, 400);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width - panelWidth, 400, { steps: 8 });
  await page.mouse.up();
}

/** With the pointer out of the way, so that nothing is marked as being under it. */
async function picture(page: Page, path: string): Promise<void> {
  await page.mouse.move(640, 2);
  // Scroll bars and markings fade away after the pointer has gone.
  await page
    .locator(".monaco-scrollable-element > .scrollbar.vertical.visible, .monaco-hover:visible")
    .first()
    .waitFor({ state: "hidden" });
  await page.screenshot({ path, animations: "disabled" });
}
