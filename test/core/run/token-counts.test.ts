import { describe, expect, it } from "vitest";
import type { TokenCount } from "../../../src/core/prompt/budget/token-counts";
import { estimateTokens } from "../../../src/core/prompt/budget/token-estimate";
import { Interventions } from "../../../src/core/run/interventions";
import type { Steering } from "../../../src/core/run/run-request";
import { contentLine, doneLine, finalCounts, thinkingLine } from "../../support/chat-lines";
import type { Step } from "../../support/fake-wire";
import { collected, fixed, RunWorld, rewritten } from "./run-world";

const counts = doneLine("stop", { ...finalCounts, prompt_eval_count: 223 });

let world: RunWorld;

async function start(thinks: boolean, before: readonly Step[] = []) {
  const learnt: TokenCount[] = [];
  const steering: Steering = { budget: { kind: "tokens", tokens: 3 }, loopGuard: "off" };
  world = await RunWorld.start(
    () => ({ steps: [...before, contentLine(rewritten(fixed)), counts] }),
    {
      thinks,
      environment: {
        steering: () => steering,
        tokenCounts: { of: () => [], add: (_model, count) => learnt.push(count) },
      },
    },
  );
  return learnt;
}

describe("what a server counts", () => {
  it("is kept beside the estimate of the same prompt", async () => {
    const learnt = await start(false);
    await world.all();
    const [prompt = ""] = world.prompts();
    expect(learnt).toEqual([{ estimated: estimateTokens(prompt), counted: 223, kind: "python" }]);
  });

  it("says nothing of the prompt where a part of it was read", async () => {
    const learnt: TokenCount[] = [];
    world = await RunWorld.start(() => ({ steps: [contentLine(rewritten(fixed)), doneLine()] }), {
      environment: { tokenCounts: { of: () => [], add: (_model, count) => learnt.push(count) } },
    });
    const events = await world.all();
    expect(learnt).toEqual([]);
    const said = events.flatMap((event) => (event.kind === "notice" ? event.text : []));
    expect(said.join()).toMatch(/^The server read only 5 tokens of a prompt of at least \d+\./);
  });

  it("says nothing of the prompt where a thought or a hint was read with it", async () => {
    const thought = Array.from({ length: 9 }, () => thinkingLine("Plus. "));
    const afterThought = await start(true, thought);
    await world.all();
    expect(world.prompts().at(-1)).toContain("Plus. Plus.");
    await world.all({ thoughtBefore: "Minus it is, I think." });

    const afterHint = await start(false);
    const interventions = new Interventions();
    interventions.move({ kind: "hint", hint: { id: "1", text: "Look at the sign" } });
    await collected(world.run({}, interventions));
    expect(world.prompts().at(-1)).toContain("A hint: ");
    expect([...afterThought, ...afterHint]).toEqual([]);
  });
});
