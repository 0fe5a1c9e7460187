import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { prepareEngine, smallModel } from "../built-in-engine/engine-fixture";
import { freePort } from "../support/loopback";
import { bits } from "./support/bits";
import { type Desk, takeDesk } from "./support/desk";
import { openFile, runCommand } from "./support/hands";
import { type Panel, panelOf } from "./support/panel";

const missing = await prepareEngine();
if (missing !== undefined) console.warn(`skipped the built-in engine in the workbench: ${missing}`);

describe.skipIf(missing !== undefined)(
  `the built-in engine on a machine without a daemon${missing === undefined ? "" : ` (${missing})`}`,
  () => {
    let desk: Desk;
    let panel: Panel;

    beforeAll(async () => {
      desk = await takeDesk({
        settings: {
          "thinkaloud.endpoint": `http://127.0.0.1:${await freePort()}`,
          "thinkaloud.model": smallModel,
        },
      });
      panel = panelOf(desk.page);
    });

    beforeEach((context) => desk.tidy(context));

    afterAll(() => desk?.leave());

    it("the panel offers it, and nothing runs after a no", async () => {
      const { page } = desk;
      await runCommand(page, "Thinkaloud: Show Reasoning");
      const offer = panel.frame.locator(".setup");
      await offer.getByText("Nothing is running a model yet").waitFor();
      await offer.getByText("the model is here already").waitFor();
      await runCommand(page, "Thinkaloud: Use the Built-in Engine");
      const question = page.locator(".notifications-toasts .notification-list-item", {
        hasText: "Use Thinkaloud's built-in engine?",
      });
      await question.getByRole("button", { name: "Not Now" }).click();
      await question.waitFor({ state: "detached" });
      await offer.getByText("Nothing is running a model yet").waitFor();
    });

    it("after a yes a real model answers, as it goes along, and Stop takes effect within a second", async () => {
      const { page } = desk;
      await runCommand(page, "Thinkaloud: Show Reasoning");
      await panel.button("Use the built-in engine").click();
      await panel.frame.locator(".head").getByText(smallModel).waitFor();
      await panel.frame.locator(".head").getByText("this machine", { exact: true }).waitFor();
      await openFile(page, desk.freshFile(bits.name), bits.line, bits.column);
      await runCommand(page, "Thinkaloud: Explain");
      await expect
        .poll(() => panel.answer.innerText({ timeout: 150_000 }), { timeout: 150_000 })
        .toMatch(/\w+ \w+ \w+/);
      const soFar = (await panel.answer.innerText()).length;
      await expect
        .poll(async () => (await panel.answer.innerText()).length, { timeout: 30_000 })
        .toBeGreaterThan(soFar);
      await panel.button("Stop").click();
      // Not before: to find the button's place takes part of a second where a model has both cores.
      const clickedAt = performance.now();
      await panel.run.getByText("Stopped. What was written so far is kept").waitFor();
      expect(performance.now() - clickedAt).toBeLessThan(1_000);
      // On a busy machine the model alone reads for longer than a test may take.
    }, 300_000);
  },
);
