import { afterEach, describe, expect, it } from "vitest";
import { SecretMasks } from "../../../src/core/context/secret-masks";
import type { RunEvent } from "../../../src/protocol/run-events";
import { endOf, proposalOf, RunWorld, rewritten, targetIn } from "./run-world";

const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
const code = `def add(a, b):\n    send("${token}", a)\n    return a - b\n`;
const finder = {
  find: async (text: string) => (text.includes(token) ? [token] : []),
};

let world: RunWorld;
afterEach(() => world.daemon.close());

/** A run about code with a token, whose model answers with what it was shown, changed. */
async function runWith(
  change: (shown: string) => string,
  secrets = new SecretMasks(finder),
): Promise<readonly RunEvent[]> {
  world = await RunWorld.start(
    {
      chat: (body) => {
        const asked = body.messages?.at(-1)?.content ?? "";
        const shown = /```python\n([\s\S]*?)```/.exec(asked)?.[1] ?? "";
        return { answer: rewritten(change(shown)) };
      },
    },
    { environment: { secrets } },
  );
  return await world.all({ target: targetIn(code, { range: place(2) }) });
}

function place(line: number) {
  return { start: { line, character: 0 }, end: { line, character: 0 } };
}

const fix = (shown: string): string => shown.replace("a - b", "a + b");

describe("a secret in the code", () => {
  it("is never sent, is said to be hidden, and stands in the edit as it was", async () => {
    const events = await runWith(fix);
    expect(world.prompts().join()).not.toContain("ghp_");
    expect(world.prompts().join()).toMatch(/send\("HIDDEN_\w+", a\)/);
    expect(proposalOf(events)).toBe(code.replace("a - b", "a + b"));
    expect(events).toContainEqual({
      kind: "notice",
      text: "One secret is hidden from the model; an edit keeps the real one.",
    });
    const sent = events.find((event) => event.kind === "sent");
    expect(sent).toMatchObject({ hiddenSecrets: 1 });
    expect(JSON.stringify(sent)).not.toContain("ghp_");
  });

  it("is not what is hidden in its place in an edit: with a mask that the model made up, the edit is refused", async () => {
    const events = await runWith((shown) => shown.replace(/_\d+", a/, '_77", b'));
    expect(proposalOf(events)).toBeUndefined();
    expect(endOf(events)).toBe("refused");
    const end = events.at(-1);
    expect(end).toMatchObject({ detail: expect.stringContaining("stands for no secret") });
  });

  it("goes as it is when the person insists", async () => {
    await runWith(fix, new SecretMasks(finder, () => false));
    expect(world.prompts().join()).toContain(token);
  });

  it("that cannot be looked for is not sent: the run fails and says so", async () => {
    const broken = new SecretMasks({ find: () => Promise.reject(new Error("no rules")) });
    const events = await runWith(fix, broken);
    expect(world.prompts()).toEqual([]);
    expect(events.at(-1)?.kind).toBe("failed");
  });
});
