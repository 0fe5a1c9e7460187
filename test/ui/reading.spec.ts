import type { Locator } from "playwright-core";
import { expect } from "vitest";
import { bits } from "./support/bits";
import { openFile, runCommand } from "./support/hands";
import type { LiveAnswer } from "./support/live-daemon";
import { daemon, desk, it, panel } from "./support/shared-desk";

async function explain(): Promise<LiveAnswer> {
  await openFile(desk.page, desk.freshFile(bits.name), bits.line, bits.column);
  const answer = daemon.nextAnswer();
  await runCommand(desk.page, "Thinkaloud: Explain");
  await answer.begun;
  return answer;
}

function paragraphs(from: number, to: number): string {
  return Array.from(
    { length: to - from + 1 },
    (_, index) => `Paragraph ${from + index} of a long thought about bits.\n\n`,
  ).join("");
}

function topOf(box: Locator): Promise<number> {
  return box.evaluate((element) => element.scrollTop);
}

function atEnd(box: Locator): Promise<boolean> {
  return box.evaluate(
    (element) => element.scrollHeight - element.clientHeight - element.scrollTop <= 2,
  );
}

it("the reasoning follows its end, stays put for whoever scrolls up, and follows again after a jump", async () => {
  const answer = await explain();
  const box = panel.thought.locator(".thought-box");
  answer.think(paragraphs(1, 40));
  await panel.thought.getByText("Paragraph 40 ").waitFor();
  await expect.poll(() => atEnd(box)).toBe(true);

  await box.hover();
  await desk.page.mouse.wheel(0, -300);
  await expect.poll(() => atEnd(box)).toBe(false);
  const top = await topOf(box);
  answer.think(paragraphs(41, 60));
  await panel.thought.getByText("Paragraph 60 ").waitFor({ state: "attached" });
  expect(Math.abs((await topOf(box)) - top)).toBeLessThanOrEqual(2);

  await panel.thought.locator(".follow").click();
  await expect.poll(() => atEnd(box)).toBe(true);
  answer.think(paragraphs(61, 80));
  await panel.thought.getByText("Paragraph 80 ").waitFor();
  await expect.poll(() => atEnd(box)).toBe(true);
  answer.say("Short.").end();
  await panel.answer.getByText("Short.").waitFor();
});

it("the reasoning is open while it comes and folded at the end, and opens again", async () => {
  const answer = await explain();
  answer.think("This is seen while it comes.");
  await panel.thought.getByText("This is seen while it comes.").waitFor();
  answer.say("The answer.").end();
  await panel.answer.getByText("The answer.").waitFor();
  await panel.thought.locator(".disclosure-body").waitFor({ state: "hidden" });
  await panel.thought.locator(".disclosure-button").click();
  await panel.thought.getByText("This is seen while it comes.").waitFor();
});

it.each(["Dark Modern", "Dark High Contrast", "Light High Contrast", "Light Modern"])(
  "the panel takes the colours of %s while the model thinks, and loses nothing",
  async (theme) => {
    const { page } = desk;
    const answer = await explain();
    answer.think("Thought in one theme, ");
    await panel.thought.getByText("Thought in one theme,").waitFor();
    await runCommand(page, "Preferences: Color Theme");
    const input = page.locator(".quick-input-widget input.input");
    await input.fill(theme);
    await page
      .locator(`.quick-input-list .monaco-list-row.focused[aria-label^="${theme}"]`)
      .waitFor();
    await input.press("Enter");
    const kind = /High Contrast/.test(theme)
      ? "vscode-high-contrast"
      : theme.startsWith("Dark")
        ? "vscode-dark"
        : "vscode-light";
    await panel.frame.locator(`body.${kind}`).waitFor();
    answer.think("continued in another.");
    await panel.thought.getByText("Thought in one theme, continued in another.").waitFor();
    const [text, ground] = await panel.thought.locator(".thought-content").evaluate((element) => {
      const sides = [
        getComputedStyle(element).color,
        getComputedStyle(element.closest(".card") ?? element).backgroundColor,
      ];
      const canvas = element.ownerDocument
        .createElement("canvas")
        .getContext("2d", { willReadFrequently: true });
      return sides.map((colour) => {
        if (canvas === null) return 0;
        canvas.fillStyle = colour;
        canvas.fillRect(0, 0, 1, 1);
        const [red = 0, green = 0, blue = 0] = [...canvas.getImageData(0, 0, 1, 1).data].map(
          (part) => {
            const share = part / 255;
            return share <= 0.03928 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
          },
        );
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
      });
    });
    const [light, dark] = [Math.max(text ?? 0, ground ?? 0), Math.min(text ?? 0, ground ?? 0)];
    // WCAG's level AA for text.
    expect((light + 0.05) / (dark + 0.05)).toBeGreaterThanOrEqual(4.5);
    answer.say("The answer.").end();
    await panel.answer.getByText("The answer.").waitFor();
  },
);
