import { expect, it } from "vitest";
import type { Hunk } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";
import { beginning, bitcountProposal } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

function proposing(before: string, after: string): RunEvent[] {
  const hunk: Hunk = {
    oldStart: 1,
    oldLines: 1,
    newStart: 1,
    newLines: 1,
    lines: [`-${before}`, `+${after}`],
  };
  const files = bitcountProposal.files.map((file) => ({ ...file, hunks: [hunk] }));
  return [
    ...beginning("run-1", 1),
    { kind: "proposal", proposal: { ...bitcountProposal, files } },
    { kind: "finished", at: 9, outcome: "proposed", metrics: {} },
  ];
}

describeInBrowser("a changed line that is longer than the panel is wide", (_open, shown) => {
  it("shows its change, wherever that is in it, with nothing to scroll sideways", async () => {
    const line = (most: string) =>
      `    raise ValueError("The number of bits is out of range: it has to be at most ${most}")`;
    const panel = await shown(proposing(line("63"), line("64")), { width: 320, size: 9 });
    const boxes = await panel.page
      .locator(".proposal .word")
      .evaluateAll((all) =>
        all.map((each) => [each.textContent, Math.round(each.getBoundingClientRect().right)]),
      );
    expect(boxes.map(([text]) => text)).toEqual(["3", "4"]);
    for (const [, right] of boxes) expect(right).toBeLessThan(320);
    const overflow = await panel.page
      .locator(".proposal .diff")
      .evaluate((diff) => diff.scrollWidth - diff.clientWidth);
    expect(overflow).toBe(0);
  });

  it("leaves out what stays the same of a very long one, and nothing of what is new", async () => {
    const line = (added: string) => `${"a, ".repeat(2_000)}${added}${"b, ".repeat(2_000)}`;
    const fresh = "evil(); ".repeat(400);
    const panel = await shown(proposing(line(""), line(fresh)), { size: 9 });
    const text = await panel.page.locator(".line.added .line-text").innerText();
    expect(text).toContain(fresh.trim());
    expect(text.match(/⋯ [\d,]+ characters ⋯/g)).toEqual([
      "⋯ 5,760 characters ⋯",
      "⋯ 5,760 characters ⋯",
    ]);
    expect(text.length).toBeLessThan(4_000);
  });
});
