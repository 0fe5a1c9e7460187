import { expect } from "vitest";
import { bits } from "./support/bits";
import { openFile, runCommand, titleButton } from "./support/hands";
import { daemon, desk, it, panel } from "./support/shared-desk";

async function openBits(): Promise<void> {
  await openFile(desk.page, desk.freshFile(bits.name), bits.line, bits.column);
}

/** Whichever way it was asked: the model gets the code, and the answer becomes a diff. */
async function expectProposal(ask: () => Promise<void>): Promise<void> {
  await openBits();
  const answer = daemon.nextAnswer().think(bits.thought).say(bits.answer).end();
  await ask();
  await answer.begun;
  expect(daemon.lastChat().text).toContain("count_ones");
  await titleButton(desk.page, "Accept Proposal").waitFor();
}

it("the command palette", () => expectProposal(() => runCommand(desk.page, "Thinkaloud: Fix")));

it("the keyboard", () => expectProposal(() => desk.page.keyboard.press("Control+Alt+Enter")));

it("the right mouse button", () =>
  expectProposal(async () => {
    const { page } = desk;
    await page
      .locator(".editor-group-container.active .view-line", { hasText: "n ^= n" })
      .click({ button: "right" });
    await page
      .locator(".context-view .monaco-menu .action-item", { hasText: "Thinkaloud" })
      .hover();
    const fix = page.locator(".monaco-submenu .action-item", { hasText: /^Fix(?! Until Green)/ });
    await fix.hover();
    await fix.and(page.locator(".focused")).waitFor();
    // A menu that has just opened ignores clicks for a moment.
    await page.keyboard.press("Enter");
  }));

it("a question asked in the panel is answered there", async () => {
  await openBits();
  await desk.page.keyboard.press("Control+Alt+a");
  await panel.ask.waitFor();
  await expect
    .poll(() => panel.ask.evaluate((box) => box === box.ownerDocument.activeElement))
    .toBe(true);
  const answer = daemon.nextAnswer();
  await desk.page.keyboard.type("What does count_ones(6) give?");
  await desk.page.keyboard.press("Enter");
  await answer.begun;
  answer.think("Six is 110.").say("It gives **2**, once the loop is right.").end();
  await panel.run.getByText("What does count_ones(6) give?").waitFor();
  await panel.answer.locator("strong", { hasText: "2" }).waitFor();
  expect(daemon.lastChat().text).toContain("What does count_ones(6) give?");
  await expect.poll(() => panel.ask.inputValue()).toBe("");
});

it("a second request while one runs asks first, and Wait lets the first one finish", async () => {
  const { page } = desk;
  await openBits();
  const first = daemon.nextAnswer();
  await runCommand(page, "Thinkaloud: Explain");
  await first.begun;
  first.think("Slowly now.");
  await panel.thought.getByText("Slowly now.").waitFor();

  const second = daemon.nextAnswer();
  await runCommand(page, "Thinkaloud: Explain");
  await page.locator(".quick-input-list .monaco-list-row", { hasText: "Wait" }).click();
  expect(daemon.busy()).toBe(1);
  first.say("The first answer.").end();
  await second.begun;
  second.say("The second answer.").end();
  await panel.answer.getByText("The second answer.").waitFor();
});

it("a second request while one runs can stop the first, which keeps what it wrote", async () => {
  const { page } = desk;
  await openBits();
  const first = daemon.nextAnswer();
  await runCommand(page, "Thinkaloud: Explain");
  await first.begun;
  first.think("A thought that is cut short.");
  await panel.thought.getByText("cut short").waitFor();
  const { over } = daemon.lastChat();

  const second = daemon.nextAnswer();
  await runCommand(page, "Thinkaloud: Explain");
  await page
    .locator(".quick-input-list .monaco-list-row", { hasText: "Stop it and start this" })
    .click();
  expect(await over).toBe("clientLeft");
  await second.begun;
  second.say("The second answer.").end();
  await panel.answer.getByText("The second answer.").waitFor();
  const older = panel.frame.locator("article.run").nth(-2);
  await older.getByText("stopped", { exact: true }).waitFor();
  await older.locator(".disclosure-button").first().click();
  await older.locator(".thought .disclosure-button").click();
  await older.getByText("A thought that is cut short.").waitFor();
});
