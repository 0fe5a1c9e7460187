import type { Page } from "playwright-core";
import { expect } from "vitest";
import { bits } from "./support/bits";
import {
  diff,
  openFile,
  reloadWindow,
  runCommand,
  titleButton,
  untilExtensionRuns,
} from "./support/hands";
import { panelOf } from "./support/panel";
import { ask, becomes, daemon, desk, it, panel } from "./support/shared-desk";

async function openThought(): Promise<void> {
  const button = panel.thought.locator(".disclosure-button");
  if ((await button.getAttribute("aria-expanded")) !== "true") await button.click();
}

it("a panel that was closed in the middle of a thought shows all of it when it is opened again", async () => {
  const { page } = desk;
  const { answer } = await ask("Thinkaloud: Explain");
  answer.think("Before it was closed. ");
  await panel.thought.getByText("Before it was closed.").waitFor();
  await runCommand(page, "View: Hide Secondary Side Bar");
  await page.locator("iframe.webview").waitFor({ state: "hidden" });
  answer.think("While it was closed. ");
  await runCommand(page, "Thinkaloud: Show Reasoning");
  await panel.thought.getByText("Before it was closed. While it was closed.").waitFor();
  answer.think("After it was opened.");
  await panel.thought
    .getByText("Before it was closed. While it was closed. After it was opened.")
    .waitFor();
  answer.say("Done.").end();
  await panel.answer.getByText("Done.").waitFor();
});

it("a window that is reloaded in the middle of a thought keeps what was thought, and frees the daemon", async () => {
  const { answer } = await ask("Thinkaloud: Explain");
  answer.think("A thought that a reload cuts off.");
  await panel.thought.getByText("a reload cuts off").waitFor();
  const { over } = daemon.lastChat();
  await reloadWindow(desk.page);
  expect(await over).toBe("clientLeft");
  await runCommand(desk.page, "Thinkaloud: Show Reasoning");
  await panel.run.getByText("Explain").waitFor();
  await panel.now.waitFor({ state: "hidden" });
  await openThought();
  await panel.thought.getByText("A thought that a reload cuts off.").waitFor();
  await panel.run.getByText("Broken off. What was written so far is kept").waitFor();
});

it("a proposal that was not decided can be decided after a reload, and taken back after another", async () => {
  const { page } = desk;
  const { file, answer } = await ask("Thinkaloud: Fix");
  const before = desk.read(file);
  answer.think(bits.thought).say(bits.answer).end();
  await titleButton(page, "Accept Proposal").waitFor();
  await reloadWindow(page);
  await runCommand(page, "Thinkaloud: Show Reasoning");
  await panel.answer.getByText("instead of clearing the lowest one").waitFor();
  await openThought();
  await panel.thought.getByText("toggles every bit").waitFor();
  // The editor may or may not bring back its tabs after a reload; the panel always leads to the
  // diff.
  await panel.proposal.getByRole("button", { name: "Open diff" }).click();
  await diff(page).locator(".editor.modified .view-line", { hasText: "&=" }).waitFor();
  expect(desk.read(file)).toBe(before);
  await titleButton(page, "Accept Proposal").click();
  await becomes(file, before.replace(bits.wrong, bits.right));
  await reloadWindow(page);
  await runCommand(page, "Thinkaloud: Show Reasoning");
  await panel.proposal.getByText("Accepted. Undo takes it back.").waitFor();
  await page.locator(".tab", { hasText: "Thinkaloud's proposal" }).waitFor({ state: "detached" });
  await panel.proposal.getByRole("button", { name: "Undo", exact: true }).click();
  await panel.proposal.getByText("Undone. It is no longer in the code.").waitFor();
  await becomes(file, before);
});

/**
 * As when the tab or the connection is gone without a farewell: what the window started goes on.
 */
async function crash(page: Page): Promise<void> {
  const browser = page.context().browser();
  if (browser === null) throw new Error("the page has no browser of its own");
  const gone = new Promise((resolve) => browser.once("disconnected", resolve));
  const session = await browser.newBrowserCDPSession();
  session.send("Browser.crash").catch(() => {});
  await gone;
}

/** The last one, for it closes the window. */
it("a second window on the folder shows what the first one's run does, stops it, and decides what it proposed after the first was lost", async () => {
  const first = desk.page;
  const { answer: stopped } = await ask("Thinkaloud: Explain");
  stopped.think("Seen in both windows. ");
  const second = await desk.workbench.openPage();
  second.setDefaultTimeout(30_000);
  await untilExtensionRuns(second);
  await runCommand(second, "Thinkaloud: Show Reasoning");
  const shown = panelOf(second);
  await shown.thought.getByText("Seen in both windows.").waitFor();
  const { over } = daemon.lastChat();
  await shown.button("Stop").click();
  expect(await over).toBe("clientLeft");
  await shown.run.getByText("Stopped. What was written so far is kept").waitFor();

  const { answer: here } = await ask("Thinkaloud: Explain");
  here.think("My own run. ");
  await panel.thought.getByText("My own run.").waitFor();
  const there = daemon.nextAnswer();
  await openFile(second, desk.freshFile(bits.name), bits.line, bits.column);
  await runCommand(second, "Thinkaloud: Explain");
  there.think("The other one's.");
  const other = panel.frame.locator("article.run").nth(-2);
  await other.getByText("running").waitFor();
  here.think("It is still in front.");
  await panel.thought.getByText("My own run. It is still in front.").waitFor();
  here.say("It counts.").end();
  await panel.answer.getByText("It counts.").waitFor();
  there.say("It counts there.").end();
  await other.getByText("answered").waitFor();

  const { file, answer } = await ask("Thinkaloud: Fix");
  const before = desk.read(file);
  answer.think(bits.thought);
  await panel.thought.getByText("toggles every bit").waitFor();
  const lost = shown.frame.locator("article.run", { hasText: "Fix" }).last();
  await lost.getByText("running").waitFor();
  await crash(first);
  answer.say(bits.answer).end();
  await lost.locator(".run-fold > .disclosure-head .disclosure-button").click();
  await lost.getByRole("button", { name: "Open diff" }).click();
  await diff(second).locator(".editor.modified .view-line", { hasText: "&=" }).waitFor();
  expect(desk.read(file)).toBe(before);
  await titleButton(second, "Accept Proposal").click();
  await becomes(file, before.replace(bits.wrong, bits.right));
});
