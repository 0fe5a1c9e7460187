import { describe, expect, it } from "vitest";
import { KeptOrders } from "../../../src/core/prompt/kept-order";
import { run } from "../../../src/core/run/run";
import type { RunEnvironment } from "../../../src/core/run/run-request";
import { RunHistory } from "../../../src/session/history/run-history";
import { Session } from "../../../src/session/session";
import { collected, RunWorld, rewritten, targetIn } from "../../core/run/run-world";
import { contentLine, doneLine } from "../../support/chat-lines";
import type { FakeDaemonScript } from "../../support/fake-daemon";

const code = "def add(a, b):\n    return a - b\n";
const fixed = code.replace("-", "+");
const range = { start: { line: 1, character: 0 }, end: { line: 1, character: 0 } };
const place = { uri: "file:///project/calc.py", range };
const answers = () => ({ steps: [contentLine(rewritten(fixed)), doneLine()] });

let world: RunWorld;
let history: RunHistory;

async function start(
  script: FakeDaemonScript = { chat: answers },
  change: Partial<RunEnvironment> = {},
  isLoaded = true,
  text = () => code,
): Promise<Session> {
  const loaded = isLoaded ? [{ name: "deepseek-r1:1.5b", size: 1, context_length: 4096 }] : [];
  world = await RunWorld.start({
    reply: ({ path }) =>
      path === "/api/ps" ? { steps: [JSON.stringify({ models: loaded })] } : undefined,
    ...script,
  });
  const connection = await world.environment.connect(new AbortController().signal);
  history = new RunHistory(undefined);
  const environment: RunEnvironment = {
    ...world.environment,
    keptOrders: new KeptOrders(),
    connectionAhead: () => connection,
    ...change,
  };
  return new Session({
    environment,
    history,
    front: {
      takeTarget: async () => targetIn(text()),
      makeWay: async () => "wait",
      showRun: () => {},
    },
  });
}

describe("reading ahead", () => {
  it("sends what the request that follows begins with, for one token", async () => {
    const session = await start();
    await session.readAhead(place);
    const [ahead] = world.daemon.chats();
    expect(ahead?.body.options?.["num_predict"]).toBe(1);
    await session.start("fix", place);
    await session.assistant.idle();
    const [read = "", asked = ""] = world.prompts();
    expect(read).toContain("return a - b");
    expect(asked.startsWith(`${read}\n\nThere is a bug`)).toBe(true);
    const [one, other] = world.daemon.chats().map(({ body }) => body.options?.["num_ctx"]);
    expect(one).toBe(other);
  });

  it("sends all but the question while that is being typed", async () => {
    const session = await start();
    await session.readAheadOfQuestion(undefined);
    await session.start("ask", undefined, "Why minus?");
    await session.assistant.idle();
    const [read = "", asked = ""] = world.prompts();
    expect(read).toContain("return a - b");
    expect(asked.startsWith(`${read}\n\n`)).toBe(true);
    expect(asked.slice(read.length)).toContain("Why minus?");
  });

  it("sends the talk before a follow-up, with what changed since", async () => {
    let text = code;
    const session = await start(undefined, {}, true, () => text);
    const runId = (await session.start("fix", place)) ?? "";
    await session.assistant.idle();
    text = fixed;
    await session.readAheadOfQuestion({ runId, rephrases: false });
    await session.followUp(runId, "And now?");
    await session.assistant.idle();
    const [, ahead, followUp] = world.daemon.chats().map(({ body }) => body.messages ?? []);
    expect(ahead).toHaveLength(3);
    expect(followUp?.slice(0, 2)).toEqual(ahead?.slice(0, 2));
    expect(ahead?.[2]?.content).toContain("return a + b");
    expect(followUp?.[2]?.content.startsWith(ahead?.[2]?.content ?? "?")).toBe(true);
    expect(followUp?.[2]?.content).toContain("And now?");
  });

  it("ends at once when something is asked for", async () => {
    const session = await start({
      chat: ({ messages }) =>
        messages?.[0]?.content.includes("There is a bug")
          ? { steps: [contentLine(rewritten(fixed)), doneLine()] }
          : { steps: [{ fault: "hang" }] },
    });
    const reading = session.readAhead(place);
    const ahead = await world.daemon.received("/api/chat");
    await session.start("fix", place);
    await reading;
    expect(await ahead.over).toBe("clientLeft");
    await session.assistant.idle();
    expect(history.states.at(-1)?.end).toMatchObject({ outcome: "proposed" });
  });

  it("is left where the model is not loaded: nothing is loaded for a menu", async () => {
    const session = await start(undefined, {}, false);
    await session.readAhead(place);
    expect(world.daemon.chats()).toEqual([]);
  });

  it("is left while a run goes on, and where nobody may be asked", async () => {
    const session = await start();
    history.add("r", { kind: "started", at: 1, runId: "r", action: "fix", ...started });
    await session.readAhead(place);
    expect(world.daemon.chats()).toEqual([]);
    const nobody = await start(undefined, { connectionAhead: () => undefined });
    await nobody.readAhead(place);
    expect(world.daemon.chats()).toEqual([]);
  });

  it("says nothing of what fails: the request that follows does", async () => {
    const session = await start({ chat: () => ({ status: 500, steps: [`{"error":"no"}`] }) });
    await session.readAhead(place);
    expect(world.errors).toEqual([]);
    expect(history.states).toEqual([]);
    const events = await collected(
      run("r", { action: "fix", target: targetIn(code) }, world.environment),
    );
    expect(events.at(-1)?.kind).toBe("failed");
  });
});

const started = { uri: place.uri, path: "calc.py", range, subject: "" };
