import { expect, it } from "vitest";
import type { RunEvent } from "../../src/protocol/run-events";
import { runAsMarkdown } from "../../src/runs/export-run";
import { foldEvent } from "../../src/runs/fold/fold-event";
import { blankRun } from "../../src/runs/run-state";
import { bitcountProposal, fixRun } from "../support/panel-runs";

it("the page of a run has its thought, its context with reasons, its edit and what was decided", () => {
  const events = fixRun().map(
    (event): RunEvent =>
      event.kind === "sent"
        ? {
            ...event,
            pieces: [
              { label: "test_bitcount.py", tokens: 402, reason: "A test names bitcount." },
              { label: "instructions", tokens: 518 },
            ],
            leftOut: ["the rest of bitcount.py"],
            dropped: [{ id: "s", title: "settings.py", why: "person" }],
          }
        : event,
  );
  const decided: RunEvent = {
    kind: "proposalState",
    at: 1,
    proposalId: bitcountProposal.id,
    state: "accepted",
  };
  const page = runAsMarkdown([...events, decided].reduce(foldEvent, blankRun("run-1")));
  expect(page).toContain("> The loop `while n` therefore never reaches zero for `127`.");
  expect(page).toContain("- test_bitcount.py: 402 tokens. A test names bitcount.\n");
  expect(page).toContain("- instructions: 518 tokens\n");
  expect(page).toContain("- the rest of bitcount.py: no room\n- settings.py: you crossed it out\n");
  expect(page).toContain("-        n ^= n - 1\n+        n &= n - 1\n");
  expect(page).toMatch(/## Edit of src\/bitcount\.py: accepted/);
});
