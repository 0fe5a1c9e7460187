import { expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import type { OpenPanel } from "../support/panel-page";
import { beginning } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const answer = `The loop of \`bitcount(n)\` in src/bits.py:4 calls make_mask, which \`nobody\` declares.

See [make_mask](https://evil.example/make_mask) and https://evil.example/src/bits.py:4, or ../../secret.py:1.

\`\`\`python
bitcount(7)
\`\`\`

<a class="place-link">bitcount</a> ends the text.

`;

const finished: RunEvent = { kind: "finished", at: 9, outcome: "answered", metrics: {} };

const answered: RunEvent[] = [...beginning("run-1", 1), { kind: "answer", text: answer }, finished];

/** What the page asked about, once it has asked. */
async function asked(panel: OpenPanel): Promise<readonly string[]> {
  await expect.poll(async () => (await panel.namesAsked()).length).toBeGreaterThan(0);
  await panel.page.waitForTimeout(300);
  return await panel.namesAsked();
}

const found = [
  { name: "bitcount", at: "src/bits.py:1" },
  { name: "src/bits.py:4", at: "src/bits.py:4" },
  { name: "make_mask", at: "src/masks.py:9" },
];

describeInBrowser("names in an answer", (_open, shown) => {
  it("are asked about once, and those that lead to a place become links there", async () => {
    const panel = await shown(answered);
    const question = await asked(panel);
    expect([...question].sort()).toEqual(["bitcount", "make_mask", "nobody", "src/bits.py:4"]);
    const places = panel.page.locator(".answer .place-link");
    expect(await places.count()).toBe(0);
    await panel.send({ kind: "places", runId: "run-1", asked: question, found });
    await expect
      .poll(() => places.allTextContents())
      .toEqual(["bitcount", "src/bits.py:4", "make_mask"]);
    expect(await places.nth(2).getAttribute("title")).toBe("Open src/masks.py:9");
    expect(await places.nth(0).getAttribute("href")).toBeNull();

    await places.nth(0).click();
    const place = { kind: "openPlace", runId: "run-1", name: "bitcount" };
    expect(await panel.last()).toEqual(place);
    await places.nth(1).focus();
    await panel.page.keyboard.press("Enter");
    expect(await panel.last()).toMatchObject({ kind: "openPlace", name: "src/bits.py:4" });
    expect(await panel.page.locator(".answer").first().textContent()).toContain(
      "The loop of bitcount(n) in src/bits.py:4 calls make_mask, which nobody declares.",
    );
  });

  it("are linked in the run that asked only", async () => {
    const panel = await shown(answered);
    const question = await asked(panel);
    await panel.send({ kind: "places", runId: "another", asked: question, found });
    await panel.page.waitForTimeout(100);
    expect(await panel.page.locator(".place-link").count()).toBe(0);
  });
});
