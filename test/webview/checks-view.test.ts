import { expect, it } from "vitest";
import type { Check, CheckSaid } from "../../src/protocol/checks";
import type { Proposal } from "../../src/protocol/proposal";
import type { RunEvent } from "../../src/protocol/run-events";
import { fixRun } from "../support/panel-runs";
import { describeInBrowser } from "./panel-browser";

const said = (...states: ("passed" | "failed" | "broken")[]): CheckSaid => ({
  cases: states.map((state, index) => ({
    name: `count_ones(${index})`,
    state,
    expected: "1",
    got: `<b>${index}</b>`,
  })),
  output: "<img src=x onerror=alert(1)> printed",
  tookMs: 5,
});
const check = (before: CheckSaid, after: CheckSaid): Check => ({
  id: "examples",
  kind: "examples",
  label: "the examples in bits.py",
  before,
  after,
});

/** A run whose proposal was checked, after another change that was tried. */
function checkedRun(proposed: Check, tried: Check): readonly RunEvent[] {
  return fixRun("run-1").flatMap((event): readonly RunEvent[] => {
    if (event.kind !== "proposal") return [event];
    const proposal: Proposal = { ...event.proposal, checks: [proposed] };
    const before: Proposal = { ...event.proposal, id: "tried", checks: [tried] };
    return [
      { kind: "tried", at: event.kind.length, proposal: before },
      { ...event, proposal },
    ];
  });
}

describeInBrowser("the checks of a proposal", (_open, shown) => {
  it("are told in a line, which opens to what each case said", async () => {
    const events = checkedRun(
      check(said("passed", "failed", "failed"), said("passed", "passed", "failed")),
      check(said("passed", "failed"), said("failed", "failed")),
    );
    const panel = await shown(events);
    const card = panel.page.locator(".proposal .check");
    const words = card.getByText("3 examples: 2 failed, now 1");
    expect(await words.isVisible()).toBe(true);
    expect(await card.locator("li").first().isVisible()).toBe(false);
    await words.click();
    const cases = await card.locator("li").allTextContents();
    expect(cases).toEqual([
      "count_ones(2) failsexpected 1got <b>2</b>",
      "count_ones(1) passes now",
    ]);
    expect(await card.locator("pre").textContent()).toBe("<img src=x onerror=alert(1)> printed");
    expect(await card.locator("summary .icon-warning").count()).toBe(1);
  });

  it("of a change that was tried stay with it, folded away", async () => {
    const events = checkedRun(
      check(said("failed"), said("passed")),
      check(said("passed"), said("failed")),
    );
    const panel = await shown(events);
    const tried = panel.page.locator(".tried");
    expect(await tried.locator(".diff").isVisible()).toBe(false);
    // What the model said of it is not read as the reason of what is proposed.
    const answer = panel.page.locator(".answer");
    expect(await answer.count()).toBe(1);
    expect(await answer.locator(".markdown").isVisible()).toBe(false);
    await answer.getByText("An earlier answer").click();
    expect(await answer.locator(".markdown").isVisible()).toBe(true);
    expect(await tried.locator("summary").first().textContent()).toBe("Tried at line 4 n &= n - 1");
    await tried.getByText("Tried at line").click();
    expect(await tried.getByText("1 example: 0 failed, now 1").isVisible()).toBe(true);
    expect(await tried.locator(".diff").isVisible()).toBe(true);
    await tried.getByRole("button", { name: "Take this one" }).click();
    expect(await panel.last()).toEqual({ kind: "takeTried", proposalId: "tried" });
    const good = panel.page.locator(".proposal .check-words.good");
    expect(await good.textContent()).toBe("1 example: 1 failed, now 0");
  });

  it("say what a fix changes of what the code does, call by call, and nothing of right and wrong", async () => {
    const does = (...results: readonly string[]): CheckSaid => ({
      cases: results.map((got, at) => ({
        name: `count_ones(${at})`,
        state: got.startsWith("raises") ? "failed" : "passed",
        got,
      })),
      output: "",
      tookMs: 1,
    });
    const name = {
      id: "behaviour",
      kind: "behaviour",
      label: "calls like the examples in bits.py",
    } as const;
    const events = checkedRun(
      { ...name, before: does("0", "1", "1"), after: does("0", "<b>2</b>", "raises KeyError") },
      { ...name, before: does("0", "1"), after: does("0", "1") },
    );
    const panel = await shown(events);
    const card = panel.page.locator(".proposal .check");
    await card.getByText("differs from before on 2 of 3 inputs, 1 now without a result").click();
    expect(await card.locator("li").allTextContents()).toEqual([
      "count_ones(2)before 1now raises KeyError",
      "count_ones(1)before 1now <b>2</b>",
    ]);
    expect(await card.locator(".good, .bad").count()).toBe(0);
    await panel.page.locator(".tried").getByText("Tried at line").click();
    expect(
      await panel.page
        .locator(".tried")
        .getByText("does the same as before on 2 inputs")
        .isVisible(),
    ).toBe(true);
  });

  it("that are still running are told below the stages", async () => {
    const events = fixRun("run-1").filter(({ kind }) => kind !== "finished" && kind !== "proposal");
    const name = { id: "tests", kind: "tests", label: "python -m pytest test_bits.py" } as const;
    const running: RunEvent = { kind: "check", at: 1, check: name, stage: "before" };
    const panel = await shown(events);
    await panel.tell([running]);
    const line = panel.page.getByText("Running python -m pytest test_bits.py");
    expect(await line.isVisible()).toBe(true);
    const told: RunEvent = {
      ...running,
      said: { cases: [], output: "", tookMs: 1, broken: "No." },
    };
    await panel.tell([told]);
    expect(await line.count()).toBe(0);
    expect(await panel.page.getByText("tests: nothing could be told").isVisible()).toBe(true);
  });
});
