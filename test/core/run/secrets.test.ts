import { describe, expect, it } from "vitest";
import { SecretMasks } from "../../../src/core/context/secret-masks";
import { Interventions } from "../../../src/core/run/interventions";
import type { ContextPiece } from "../../../src/protocol/context";
import type { RunEvent } from "../../../src/protocol/run-events";
import { piece } from "../context/context-pieces";
import { collected, endOf, fixed, proposalOf, RunWorld, rewritten, targetIn } from "./run-world";

const token = "ghp_16C7e42F292c6912E7710c838347Ae178B4a";
const code = `def add(a, b):\n    send("${token}", a)\n    return a - b\n`;
const finder = { find: async (text: string) => (text.includes(token) ? [token] : []) };

let world: RunWorld;

/** A run about code with a token, whose model answers with what it was shown, changed. */
async function runWith(
  change: (shown: string) => string,
  secrets = new SecretMasks(finder),
): Promise<readonly RunEvent[]> {
  world = await RunWorld.start(
    (body) => {
      const asked = body.messages?.at(-1)?.content ?? "";
      const shown =
        /\[file content begin\]\n([\s\S]*?)\n\[file content end\]/.exec(asked)?.[1] ?? "";
      return { answer: rewritten(change(shown)) };
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

  it("is not told again with a piece of the talk before, where it stands hidden", async () => {
    const secrets = new SecretMasks(finder);
    const asked = piece({ text: `KEY = "${token}"`, source: "person", editable: false });
    const named = { name: "named", find: async () => ({ pieces: [asked], dropped: [] }) };
    const context = async () => [named];
    world = await RunWorld.start("It adds.", { environment: { secrets, context } });
    const first = await world.all({ action: "ask", question: "What is it?" });
    const sent = first.find((event) => event.kind === "sent");
    const question = sent?.kind === "sent" ? (sent.prompt ?? "") : "";
    expect(question).toContain("KEY = ");
    const messages = [
      { role: "user", content: question },
      { role: "assistant", content: "It adds." },
    ] as const;
    const follows = { runId: "run-1", conversation: { messages } };
    await world.all({ action: "ask", question: "And then?", follows });
    const last = world.daemon.chats().at(-1)?.body.messages?.at(-1)?.content;
    expect(last).toContain("And then?");
    expect(last).not.toContain("KEY = ");
  });

  it("that cannot be looked for is not sent: the run fails and says so", async () => {
    const broken = new SecretMasks({ find: () => Promise.reject(new Error("no rules")) });
    const events = await runWith(fix, broken);
    expect(world.prompts()).toEqual([]);
    expect(events.at(-1)?.kind).toBe("failed");
  });
});

describe("a secret that its file tells", () => {
  const env = "DB_PASSWORD=swordfish\nDEBUG=true\n";
  const found = (...pieces: ContextPiece[]) => ({
    context: async () => [{ name: "test", find: async () => ({ pieces, dropped: [] }) }],
    secrets: new SecretMasks({ find: async () => [] }),
  });

  it.each<[string, Partial<ContextPiece>]>([
    ["the file that the person named", { kind: "file", text: env.trimEnd() }],
    ["a selection in it", { kind: "selection", text: "DB_PASSWORD=swordfish" }],
    ["what was changed in it", { kind: "diff", text: "@@ -1 +1 @@\n-DB_PASSWORD=swordfish\n+X=1" }],
  ])("is hidden in %s", async (_where, change) => {
    const shown = piece({ path: "conf/.env", source: "person", editable: false, ...change });
    world = await RunWorld.start("It adds.", { environment: found(shown) });
    await world.all({ action: "ask", question: "What is it?" });
    expect(world.prompts().join()).toContain("DB_PASSWORD=HIDDEN_");
    expect(world.prompts().join()).not.toContain("swordfish");
  });

  it("is hidden where that file itself is asked about", async () => {
    world = await RunWorld.start("It sets.", { environment: found() });
    const target = targetIn(env, { path: ".env" });
    await world.all({ action: "explain", target });
    expect(world.prompts().join()).toContain("DB_PASSWORD=HIDDEN_");
  });
});

describe("a secret in what the person says", () => {
  const answering = (thinks: boolean) =>
    RunWorld.start(rewritten(fixed), { thinks, environment: { secrets: new SecretMasks(finder) } });

  it("is hidden in a question, and in what was changed", async () => {
    const text = `@@ -1 +1 @@\n-KEY = "${token}"\n+KEY = read()`;
    const diff = piece({ kind: "diff", text, source: "person", editable: false });
    const context = async () => [
      { name: "test", find: async () => ({ pieces: [diff], dropped: [] }) },
    ];
    const secrets = new SecretMasks(finder);
    world = await RunWorld.start("Yes.", { environment: { secrets, context } });
    await world.all({ action: "ask", question: `Is ${token} read?` });
    expect(world.prompts().join()).toMatch(/Is HIDDEN_\w+ read\?/);
    expect(world.prompts().join()).toMatch(/-KEY = "HIDDEN_\w+"/);
    expect(world.prompts().join()).not.toContain(token);
  });

  it("is hidden in a hint", async () => {
    world = await answering(false);
    const interventions = new Interventions();
    interventions.move({ kind: "hint", hint: { id: "1", text: `Send ${token} too` } });
    await collected(world.run({}, interventions));
    expect(world.prompts().join()).toMatch(/A hint: Send HIDDEN_\w+ too/);
    expect(world.prompts().join()).not.toContain(token);
  });

  it("is hidden in an earlier thought that the model goes on from", async () => {
    world = await answering(true);
    await world.all({ thoughtBefore: `The hint says ${token}, so` });
    expect(world.prompts().join()).toMatch(/The hint says HIDDEN_\w+, so/);
    expect(world.prompts().join()).not.toContain(token);
  });
});
