import { expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { beginning, ready } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

describeInBrowser("a list that grows behind a long thought", (open) => {
  it("takes memory for its own text, and not for the thought again with each of its pieces", async () => {
    const panel = await open();
    const client = await panel.page.context().newCDPSession(panel.page);
    const usedMegabytes = async (): Promise<number> => {
      for (let round = 0; round < 3; round++) await client.send("HeapProfiler.collectGarbage");
      return (await client.send("Runtime.getHeapUsage")).usedSize / 1024 ** 2;
    };
    const opening: RunEvent[] = [
      ...beginning("run-1", Date.now()),
      { kind: "phase", at: Date.now(), phase: "thinking" },
      { kind: "thought", text: `\`\`\`\n${"It goes on about the same thing.\n".repeat(18_000)}` },
      { kind: "thought", text: "```\n\nThe long text is over.\n\n- " },
    ];
    await panel.send(ready);
    await panel.tell(opening);
    await panel.page
      .locator(".thought-content")
      .getByText("The long text is over.")
      .waitFor({ state: "attached" });
    const before = await usedMegabytes();
    for (let item = 0; item < 80; item++) {
      const events: RunEvent[] = [
        { kind: "thought", text: `item ${item}\n- of which there is a little more to say\n- ` },
      ];
      await panel.tell(events);
    }
    await panel.page
      .locator(".thought-content")
      .getByText("item 79")
      .waitFor({ state: "attached" });
    // The thought has 0.6 million characters: copies kept alive with the pieces are megabytes.
    expect((await usedMegabytes()) - before).toBeLessThan(1.5);
  }, 60_000);
});
