import { join } from "node:path";
import { expect } from "vitest";
import { bits } from "./support/bits";
import { clickLightbulb, cursorPlace, diff, openFile, titleButton, undo } from "./support/hands";
import { becomes, daemon, desk, it, panel } from "./support/shared-desk";

const summary = "Count the ones among the binary digits of a whole number that is not negative.";
const shorter = "Count the ones among the binary digits of a number.";
const title = `<<<<<<< SEARCH\n    """${summary}\n=======\n    """${shorter}\n>>>>>>> REPLACE\n\n`;

/** Asks for a fix, and waits until a proposal with two changes is open. */
async function askForTwo(): Promise<{ readonly file: string; readonly before: string }> {
  const file = desk.freshFile(bits.name);
  await openFile(desk.page, file, bits.line, bits.column);
  const answer = daemon.nextAnswer();
  await clickLightbulb(desk.page, "Fix with Thinkaloud");
  await answer.begun;
  answer.think(bits.thought).say(title).say(bits.answer).end();
  await titleButton(desk.page, "Accept Change at Cursor").waitFor();
  await diff(desk.page).locator(".editor.modified .view-line", { hasText: "&=" }).waitFor();
  return { file, before: desk.read(file) };
}

it("by keyboard: one change accepted, one rejected, and one undo takes the accepted one back", async () => {
  const { page } = desk;
  const { file, before } = await askForTwo();
  // The editor goes to the first change as soon as it knows where that is, from wherever the cursor
  // is by then.
  await expect
    .poll(
      async () => {
        await diff(page)
          .locator(".editor.modified .view-line", { hasText: "Working with" })
          .click();
        await page.keyboard.press("Home");
        await page.waitForTimeout(500);
        return cursorPlace(page).innerText();
      },
      { timeout: 20_000 },
    )
    .toMatch(/^Ln 1,/);
  // No change is there: the first press only goes to the next one.
  await page.keyboard.press("Control+Alt+Enter");
  const firstChange = before.slice(0, before.indexOf(summary)).split("\n").length;
  await cursorPlace(page).getByText(`Ln ${firstChange},`).waitFor();
  await page.waitForTimeout(500);
  await page.keyboard.press("Control+Alt+Enter");
  await panel.proposal.locator(".block-verdict", { hasText: "accepted" }).waitFor();
  await page.keyboard.press("Control+Alt+Backspace");
  await diff(page).waitFor({ state: "detached" });
  await panel.proposal.getByText("1 change of 2 accepted, the rest rejected.").waitFor();
  await becomes(file, before.replace(summary, shorter));
  await undo(page);
  await becomes(file, before);
});

it("in the panel: the buttons of a change decide that change, and Accept Rest the others", async () => {
  const { file, before } = await askForTwo();
  await panel.proposal.getByRole("button", { name: "Reject change 1 of 2" }).click();
  await panel.proposal.locator(".block-verdict", { hasText: "rejected" }).waitFor();
  expect(desk.read(file)).toBe(before);
  await panel.proposal.getByRole("button", { name: "Accept Rest" }).click();
  await diff(desk.page).waitFor({ state: "detached" });
  await becomes(file, before.replace(bits.wrong, bits.right));
});

it("a change and a new file that a question asked for are reviewed together, and accepted as one", async () => {
  const { page } = desk;
  const file = desk.freshFile(bits.name);
  const before = desk.read(file);
  const helper = "lowest_one.py";
  await openFile(page, file, bits.line, bits.column);
  const answer = daemon.nextAnswer();
  await panel.ask.fill("Clear the lowest one in a function of its own file.");
  await panel.ask.press("Enter");
  await answer.begun;
  answer
    .say(bits.answer)
    .say(`\n${helper}\n\`\`\`python\ndef without_lowest(n):\n    return n & (n - 1)\n\`\`\`\n`)
    .end();
  await panel.button("Review all files").click();
  await page.locator(".multiDiffEntry, .multi-diff-editor").first().waitFor();
  await panel.proposal.getByText("New file").waitFor();
  await panel.proposal.getByRole("button", { name: "Accept", exact: true }).click();
  await panel.proposal.getByText("Accepted. Undo takes it back.").waitFor();
  const created = join(file, "../..", helper);
  await becomes(created, "def without_lowest(n):\n    return n & (n - 1)\n");
  await becomes(file, before.replace(bits.wrong, bits.right));
});
