import { expect, it } from "vitest";
import type { Proposal } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";
import { beginning, bitcountProposal, fixRun, spoken } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const [edited] = bitcountProposal.files;

/** A run with a change of a file and a new one. */
function withNewFile(): RunEvent[] {
  if (edited === undefined) throw new Error("the proposal has no file");
  const path = ".vscode/tasks.json";
  const hunk = { oldStart: 0, oldLines: 0, newStart: 1, newLines: 1, lines: ["+{}"] };
  const created = { ...edited, uri: `file:///sample/${path}`, path, base: "", proposed: "{}\n" };
  const proposal: Proposal = {
    ...bitcountProposal,
    files: [edited, { ...created, change: "create", hunks: [hunk] }],
  };
  return fixRun().map((event) => (event.kind === "proposal" ? { ...event, proposal } : event));
}

function thinking(runId: string, at: number): RunEvent[] {
  return [...beginning(runId, at), { kind: "phase", at: at + 3_200, phase: "thinking" }];
}

describeInBrowser("what the panel says in its own words", (_open, shown) => {
  it("names a file by its name, and a new one by its folder too", async () => {
    const panel = await shown(withNewFile());
    const names = panel.page.locator(".proposal .path");
    await expect.poll(() => names.allTextContents()).toEqual(["bitcount.py", ".vscode/tasks.json"]);
  });

  it("shows as code what is code, and stands beside a thought that goes on", async () => {
    const remark: RunEvent = { kind: "notice", text: "`n` is hidden from the model." };
    const events = [
      ...thinking("run-1", Date.now()),
      ...spoken("thought", "One thought"),
      remark,
      ...spoken("thought", " and the rest of it."),
    ];
    const panel = await shown(events, { size: 1 });
    await panel.page.getByText("One thought and the rest of it.").waitFor();
    expect(await panel.page.locator(".thought").count()).toBe(1);
    expect(await panel.page.locator(".run-notice").innerText()).toBe("n is hidden from the model.");
    expect(await panel.page.locator(".run-notice code").innerText()).toBe("n");
  });

  it("tells of an older run that it goes on, as one of another window may", async () => {
    const panel = await shown(thinking("run-1", Date.now()));
    await panel.tell(fixRun("run-2"), "run-2");
    const badge = panel.page.locator('[data-run="run-1"] .run-badge');
    await expect.poll(() => badge.isVisible()).toBe(true);
    expect(await badge.innerText()).toBe("running");
    expect(await panel.page.locator('[data-run="run-2"] .run-badge').isVisible()).toBe(false);
  });

  it("says which run goes on when it is not the one in front, and takes no hint for it", async () => {
    const panel = await shown(thinking("run-1", Date.now()));
    const words = panel.page.locator(".current-words");
    expect(await words.innerText()).toBe("Thinking");
    await panel.tell(fixRun("run-2"), "run-2");
    await expect.poll(() => words.innerText()).toBe("Fix bitcount.py:4: Thinking");
    await panel.page.getByRole("combobox").fill("and for 127?");
    await panel.page.getByRole("combobox").press("Enter");
    const asked = { kind: "followUp", runId: "run-2", text: "and for 127?" };
    expect(await panel.last()).toEqual(asked);
    await panel.button("Stop").click();
    expect(await panel.last()).toEqual({ kind: "stop", runId: "run-1" });
  });
});
