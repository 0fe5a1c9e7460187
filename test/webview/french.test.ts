import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { expect, it } from "vitest";
import type { ToPanel } from "../../src/protocol/panel/to-panel";
import type { RunEvent } from "../../src/protocol/run-events";
import { beginning, bitcountThought, fixRun, ready, spoken } from "../support/panel-runs";
import { textsOf } from "../support/texts-of";
import { describeInBrowser } from "./panel-browser";

const french = textsOf("fr");
/**
 * English texts that say something else in French; those with values are found by their first
 * words.
 */
const english = new Set(
  Object.keys(french).filter((text) => french[text] !== text && /[a-z]{3}/.test(text)),
);

/**
 * What is on the page for eyes and for a screen reader, piece by piece, without what the model and
 * the person wrote.
 */
async function wordsOn(page: Page): Promise<string[]> {
  return await page.evaluate(() => {
    const foreign = ".answer, .thought-content, .diff, .run-subject, .path, .pieces";
    const found: string[] = [];
    for (const element of document.querySelectorAll("#panel *")) {
      if (element.closest(foreign) !== null) continue;
      for (const name of ["aria-label", "title", "placeholder"])
        found.push(element.getAttribute(name) ?? "");
      for (const node of element.childNodes)
        if (node.nodeType === Node.TEXT_NODE) found.push(node.textContent ?? "");
    }
    return found.map((text) => text.trim()).filter((text) => text !== "");
  });
}

const setups: readonly Extract<ToPanel, { kind: "setup" }>["setup"][] = [
  {
    kind: "noDaemon",
    endpoint: "http://127.0.0.1:11434",
    needsEngine: true,
    offer: { id: "m", label: "Qwen", downloadBytes: 1_120_000_000, licence: "Apache-2.0" },
  },
  { kind: "installing", what: "Installing the engine", done: 5_000_000, total: 80_000_000 },
];
const thinking = (now: number): RunEvent[] => [
  ...beginning("run-1", now - 12_000),
  { kind: "phase", at: now - 4_000, phase: "thinking" },
  ...spoken("thought", bitcountThought),
];
const refused: RunEvent[] = [
  ...beginning("run-2", 1_700_000_100_000),
  { kind: "notice", text: "The quoted code is not in the file; the nearest is at line 4." },
  {
    kind: "finished",
    at: 1_700_000_110_000,
    outcome: "refused",
    detail: "The answer holds no edit of the file.",
    metrics: {},
  },
];
const pictures = process.env["PANEL_PICTURES"];

describeInBrowser("the panel in French", (open) => {
  it("says everything in French, at the width of a narrow side bar", async () => {
    const panel = await open({ language: "fr", width: 320 });
    const { page } = panel;
    expect(await page.evaluate(() => document.documentElement.lang)).toBe("fr");
    const seen: string[] = [];
    const look = async (name: string): Promise<void> => {
      seen.push(...(await wordsOn(page)));
      expect(
        await page.evaluate(() => document.documentElement.scrollWidth),
        `${name} is wider than the side bar`,
      ).toBeLessThanOrEqual(320);
      if (pictures === undefined) return;
      mkdirSync(pictures, { recursive: true });
      await page.screenshot({ path: join(pictures, `${name}.png`) });
    };
    for (const [index, setup] of setups.entries()) {
      await panel.send({ kind: "setup", setup });
      await look(`setup-${index}`);
    }
    await panel.send(ready, { kind: "replay", runs: [] });
    await look("welcome");
    const events = thinking(Date.now());
    await panel.tell(events);
    await look("thinking");
    const rest = fixRun("run-1").slice(-bitcountEnd);
    await panel.tell(rest);
    await look("proposal");
    await panel.tell(refused, "run-2");
    await look("refused");
    expect(seen).toContain("Répondre maintenant");
    expect(seen).toContain("Accepter");
    expect(seen).toContain(
      "Le code cité n\u2019est pas dans le fichier\u00a0; le plus proche\u00a0: ligne 4.",
    );
    expect(seen.filter((text) => english.has(text))).toEqual([]);
  });
});

/** The answer, the check, the proposal and the end of the run. */
const bitcountEnd = 5;
