import { spawnSync } from "node:child_process";
import { expect } from "vitest";
import { bits } from "./support/bits";
import { diff, openFile, runCommand, titleButton } from "./support/hands";
import { ask, becomes, daemon, desk, it, panel, startAnotherDaemon } from "./support/shared-desk";

/** Puts the cursor at the end of a line of the file in front, and types. */
async function typeAfter(line: string, text: string): Promise<void> {
  await desk.page
    .locator(".editor-group-container.active .view-line", { hasText: line })
    .first()
    .click();
  await desk.page.keyboard.press("End");
  await desk.page.keyboard.type(text);
}

it("a daemon that dies in the middle of its answer: what it wrote stays, and Try Again asks anew", async () => {
  const { answer } = await ask("Thinkaloud: Explain");
  answer.think("It thought this much.").say("The first half of an answer");
  await panel.answer.getByText("The first half of an answer").waitFor();
  answer.breakOff();
  await panel.failure.waitFor();
  expect(await panel.failure.locator("h3").innerText()).not.toBe("");
  expect(await panel.failure.locator(".card-text").innerText()).not.toBe("");
  await panel.answer.getByText("The first half of an answer").waitFor();
  expect(await panel.failure.getByRole("button").allInnerTexts()).toEqual(["Try Again"]);

  const second = daemon.nextAnswer();
  await panel.failure.getByRole("button", { name: "Try Again" }).click();
  await second.begun;
  second.think("Once more.").say("The whole answer.").end();
  await panel.answer.getByText("The whole answer.").waitFor();
  await panel.failure.waitFor({ state: "detached" });
});

it("a daemon that goes silent in the middle of its answer can be stopped at once, and keeps nothing back", async () => {
  const { answer } = await ask("Thinkaloud: Explain");
  answer.say("Words before the silence");
  await panel.answer.getByText("Words before the silence").waitFor();
  const { over } = daemon.lastChat();
  const pressedAt = performance.now();
  await desk.page.keyboard.press("Control+Alt+Backspace");
  expect(await over).toBe("clientLeft");
  expect(performance.now() - pressedAt).toBeLessThan(1_000);
  await panel.run.getByText("Stopped. What was written so far is kept").waitFor();
  await panel.answer.getByText("Words before the silence").waitFor();
});

it("typing while the model thinks: the edit lands on the file as it is now, and the typing stays", async () => {
  const { page } = desk;
  const { file, answer } = await ask("Thinkaloud: Fix");
  const before = desk.read(file);
  answer.think(bits.thought);
  await panel.thought.getByText("toggles every bit").waitFor();
  await typeAfter("return ones", "  # typed meanwhile");
  answer.say(bits.answer).end();
  await titleButton(page, "Accept Proposal").waitFor();
  await titleButton(page, "Accept Proposal").click();
  const wanted = before
    .replace(bits.wrong, bits.right)
    .replace("return ones", "return ones  # typed meanwhile");
  await becomes(file, wanted);
});

it("typing in the very place of the edit: nothing is written, and both versions are shown", async () => {
  const { page } = desk;
  const { file, answer } = await ask("Thinkaloud: Fix");
  answer.think(bits.thought);
  await panel.thought.getByText("toggles every bit").waitFor();
  await typeAfter(bits.wrong, " - 0");
  answer.say(bits.answer).end();
  await titleButton(page, "Accept Proposal").waitFor();
  await titleButton(page, "Accept Proposal").click();
  await panel.proposal
    .getByText("The file has changed in the same place. Nothing was written.")
    .waitFor();
  await diff(page).locator(".editor.modified .view-line", { hasText: "n &= n - 1" }).waitFor();
  await diff(page).getByText("n ^= n - 1 - 0").first().waitFor();
  await expect.poll(() => desk.read(file), { timeout: 10_000 }).toContain(`${bits.wrong} - 0`);
  expect(desk.read(file)).not.toContain(bits.right);
});

it("a daemon that wants a password: it is entered once, kept, and in no file that can be read", async () => {
  const { page } = desk;
  daemon.lock("me", "s3cret");
  await openFile(page, desk.freshFile(bits.name), bits.line, bits.column);
  await runCommand(page, "Thinkaloud: Explain");
  await panel.failure.getByText("A user name and a password are wanted").waitFor();
  await panel.button("Enter…").click();
  for (const text of ["me", "s3cret"]) {
    const input = page.locator(".quick-input-widget input.input");
    await input.waitFor();
    await expect.poll(() => input.getAttribute("type")).toBe(text === "me" ? "text" : "password");
    await input.fill(text);
    await input.press("Enter");
  }
  await panel.button("Enter…").waitFor({ state: "detached" });
  const answer = daemon.nextAnswer().say("Let in.").end();
  await runCommand(page, "Thinkaloud: Explain");
  await answer.begun;
  await panel.answer.getByText("Let in.").waitFor();
  const places = [desk.workbench.dataFolder, desk.folder];
  const found = spawnSync("grep", ["-rlaE", "s3cret|bWU6czNjcmV0", ...places]);
  expect(found.stdout.toString()).toBe("");
});

/** The last one, for it takes the daemon away. */
it("a dead port: cause and remedy, offered once; with a daemon at that port again, the next request works", async () => {
  const port = Number(new URL(daemon.endpoint).port);
  await daemon.close();
  await openFile(desk.page, desk.freshFile(bits.name), bits.line, bits.column);
  await runCommand(desk.page, "Thinkaloud: Explain");
  await panel.failure.getByText("Ollama").first().waitFor();
  await panel.failure.getByText(String(port)).waitFor();
  // The remedy is offered once: the card above the runs has it, with what it would fetch.
  await panel.button("Use the built-in engine").waitFor();
  expect(await panel.failure.getByRole("button").count()).toBe(0);
  expect(await desk.page.locator(".notifications-toasts .notification-list-item").count()).toBe(0);

  await startAnotherDaemon(port);
  const answer = daemon.nextAnswer().say("Back again.").end();
  await runCommand(desk.page, "Thinkaloud: Explain");
  await answer.begun;
  await panel.answer.getByText("Back again.").waitFor();
});
