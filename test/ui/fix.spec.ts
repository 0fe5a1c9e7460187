import { expect } from "vitest";
import { bits } from "./support/bits";
import { clickLightbulb, diff, openFile, titleButton, undo } from "./support/hands";
import type { LiveAnswer } from "./support/live-daemon";
import { becomes, daemon, desk, it, panel } from "./support/shared-desk";

/** Asks through the lightbulb for a fix of a fresh copy of bits.py. */
async function askForFix(): Promise<{
  readonly file: string;
  readonly before: string;
  readonly answer: LiveAnswer;
}> {
  const file = desk.freshFile(bits.name);
  await openFile(desk.page, file, bits.line, bits.column);
  const answer = daemon.nextAnswer();
  await clickLightbulb(desk.page, "Fix with Thinkaloud");
  await answer.begun;
  return { file, before: desk.read(file), answer };
}

async function askUntilProposed(): Promise<{ readonly file: string; readonly before: string }> {
  const { file, before, answer } = await askForFix();
  answer.think(bits.thought).say(bits.answer).end();
  await titleButton(desk.page, "Accept Proposal").waitFor();
  return { file, before };
}

it("from the lightbulb to the accepted edit, and back with one undo", async () => {
  const { page } = desk;
  const { file, before, answer } = await askForFix();
  await panel.now.getByText(/Reading the prompt|Loading the model/).waitFor();
  answer.think(bits.thought);
  await panel.thought.getByText("toggles every bit").waitFor();
  await panel.now.getByText("Thinking").waitFor();
  answer.think("What clears a bit is the and.");
  await panel.thought.getByText("What clears a bit is the and.").waitFor();
  expect(await diff(page).count()).toBe(0);

  answer.say(bits.answer);
  await panel.answer.getByText("instead of clearing the lowest one").waitFor();
  answer.end();
  await titleButton(page, "Accept Proposal").waitFor();
  await diff(page).locator(".editor.modified .view-line", { hasText: "&=" }).waitFor();
  expect(desk.read(file)).toBe(before);

  await titleButton(page, "Accept Proposal").click();
  await diff(page).waitFor({ state: "detached" });
  await becomes(file, before.replace(bits.wrong, bits.right));
  await panel.proposal.getByText("Accepted").waitFor();

  await undo(page);
  await becomes(file, before);
});

it.each(["Review now in the panel", "Ctrl+Alt+Enter"])(
  "%s reviews the change while the model still writes",
  async (way) => {
    const { file, before, answer } = await askForFix();
    answer.think(bits.thought).say(bits.answer);
    await panel.button("Review now").waitFor();
    if (way === "Ctrl+Alt+Enter") await desk.page.keyboard.press("Control+Alt+Enter");
    else await panel.button("Review now").click();
    await titleButton(desk.page, "Accept Proposal").click();
    await becomes(file, before.replace(bits.wrong, bits.right));
    await panel.proposal.getByText("Accepted").waitFor();
    expect(await panel.now.isHidden()).toBe(true);
    expect(await daemon.lastChat().over).toBe("clientLeft");
  },
);

it("Reject in the title bar closes the diff and changes nothing", async () => {
  const { file, before } = await askUntilProposed();
  await titleButton(desk.page, "Reject Proposal").click();
  await diff(desk.page).waitFor({ state: "detached" });
  await panel.proposal.getByText("Rejected").waitFor();
  expect(desk.read(file)).toBe(before);
});

it("Accept in the panel does what the title bar does", async () => {
  const { file, before } = await askUntilProposed();
  await panel.proposal.getByRole("button", { name: "Accept" }).click();
  await diff(desk.page).waitFor({ state: "detached" });
  await becomes(file, before.replace(bits.wrong, bits.right));
});

it("Ctrl+Enter in the diff accepts", async () => {
  const { file, before } = await askUntilProposed();
  await diff(desk.page).locator(".editor.modified .view-line", { hasText: "return ones" }).click();
  await desk.page.keyboard.press("Control+Enter");
  await becomes(file, before.replace(bits.wrong, bits.right));
});

it("Stop in the middle of a thought: the daemon is left within a second, and the thought stays", async () => {
  const { file, before, answer } = await askForFix();
  answer.think(bits.thought);
  await panel.thought.getByText("toggles every bit").waitFor();
  const { over } = daemon.lastChat();
  await panel.button("Stop").click();
  const clickedAt = performance.now();
  expect(await over).toBe("clientLeft");
  expect(performance.now() - clickedAt).toBeLessThan(1_000);
  await panel.run.getByText("Stopped. What was written so far is kept").waitFor();
  await panel.now.waitFor({ state: "hidden" });
  await panel.thought.getByRole("button", { name: "Thought" }).click();
  await panel.thought.getByText("toggles every bit").waitFor();
  expect(daemon.busy()).toBe(0);
  expect(desk.read(file)).toBe(before);
});

it("a hunk that is reverted in the diff stays out of what is accepted", async () => {
  const { page } = desk;
  const file = desk.freshFile("meetings.py");
  const before = desk.read(file);
  const lines = before.split("\n");
  const [first, last] = [
    lines.findIndex((line) => line.startsWith('"""')),
    lines.findLastIndex((line) => line.trim() !== ""),
  ];
  const edits = [first, last].map(
    (at) => `<<<<<<< SEARCH\n${lines[at]}\n=======\n${lines[at]}  # seen\n>>>>>>> REPLACE\n`,
  );
  await openFile(page, file, last + 1, (lines[last] ?? "").search(/\S/) + 1);
  const answer = daemon.nextAnswer();
  await clickLightbulb(page, "Fix with Thinkaloud");
  answer
    .think(bits.thought)
    .say(`Two notes.\n\n${edits.join("\n")}`)
    .end();
  await titleButton(page, "Accept Proposal").waitFor();
  const reverts = diff(page).locator('[aria-label="Revert Block"]');
  await expect.poll(() => reverts.count(), { timeout: 10_000 }).toBe(2);
  await reverts.first().click();
  await expect.poll(() => reverts.count(), { timeout: 10_000 }).toBe(1);
  await titleButton(page, "Accept Proposal").click();
  const wanted = lines.with(last, `${lines[last]}  # seen`).join("\n");
  await becomes(file, wanted);
});
