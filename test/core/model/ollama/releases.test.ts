import { describe, expect, it } from "vitest";
import { hasTrait, holesIn, knownHoles } from "../../../../src/core/model/ollama/releases";
import { askedOllama } from "../../../support/asked-model";
import { contentLine, doneLine, errorLine } from "../../../support/chat-lines";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import type { Reply } from "../../../support/fake-wire";
import type { ScriptedModel } from "../../../support/scripted-models";

const thinker: ScriptedModel = { name: "m", capabilities: ["completion", "thinking"] };

/** What a chat sends to a daemon of this release. */
async function bodyFor(version: string, model: ScriptedModel = thinker) {
  const { daemon, model: client } = await askedOllama({ version, models: [model], chat: "ok" });
  await client.version();
  await collectChat(client, chatRequest({ model: model.name }));
  return daemon.chats()[0]?.body;
}

describe("a release", () => {
  it.each([
    ["0.24.0", false],
    ["0.30.0", true],
    ["0.30.7-rc1", true],
    ["0.30.8", false],
    ["0.34.2", false],
    ["0.0.0", false],
    ["v0.30.3", true],
    ["main", false],
    [undefined, false],
  ])("%s is known to lose what it has read without shift: %s", (version, loses) => {
    expect(hasTrait(version, "losesCacheWithoutShift")).toBe(loses);
  });

  it("has the holes that were closed later, each with a source", () => {
    expect(holesIn("0.17.0").map(({ id }) => id)).toEqual(["CVE-2026-7482"]);
    expect(holesIn("0.17.1")).toEqual([]);
    expect(holesIn("0.34.1")).toEqual([]);
    expect(holesIn("0.0.0")).toEqual([]);
    for (const { source } of knownHoles) expect(source).not.toBe("");
  });
});

describe("what a release tells", () => {
  const status = (disabled: unknown): Reply => ({
    steps: [JSON.stringify({ cloud: { disabled, source: "env" } })],
  });
  it.each<[string, Reply, boolean, number]>([
    ["0.34.2", status(true), true, 1],
    ["0.16.2", status(true), true, 1],
    ["0.34.2", status(false), false, 1],
    ["0.34.2", status("yes"), false, 1],
    ["0.34.2", { status: 404, steps: ["404 page not found"] }, false, 1],
    ["0.34.2", { steps: [{ fault: "cut" }] }, false, 1],
    ["0.16.1", status(true), false, 0],
    ["0.0.0", status(true), false, 0],
  ])("%s, asked whether its cloud is turned off, by %j: %s", async (version, reply, off, times) => {
    const { daemon, model: client } = await askedOllama({
      version,
      reply: ({ path }) => (path === "/api/status" ? reply : undefined),
    });
    expect(await client.cloudIsOff(new AbortController().signal)).toBe(off);
    expect(daemon.requests.filter(({ path }) => path === "/api/status")).toHaveLength(times);
  });

  it.each([
    ["0.30.0", undefined, 0],
    ["0.30.1", 3, 1],
  ])(
    "%s counts a prompt that it had read before as %s tokens",
    async (version, tokens, notices) => {
      const end = doneLine("stop", { prompt_eval_count: 3 });
      const { model: client } = await askedOllama({
        version,
        models: [thinker],
        chat: () => ({ steps: [contentLine("ok"), end] }),
      });
      await client.version();
      const messages = [{ role: "user" as const, content: "word ".repeat(100) }];
      const { done, events } = await collectChat(client, chatRequest({ messages }));
      expect(done?.metrics.promptTokens).toBe(tokens);
      expect(events.filter(({ kind }) => kind === "notice")).toHaveLength(notices);
    },
  );

  it.each([
    ["0.32.14", 1],
    ["0.32.15", 0],
  ])(
    "of %s the person learns that it may hang behind an error: %d times",
    async (version, times) => {
      let asked = 0;
      const { model: client } = await askedOllama({
        version,
        models: [thinker],
        chat: () =>
          asked++ === 0
            ? { steps: [contentLine("o"), errorLine("failed to parse")] }
            : { answer: "ok" },
      });
      await client.version();
      expect((await collectChat(client)).failure?.kind).toBe("modelReportedError");
      for (const expected of [times, 0]) {
        const { events } = await collectChat(client);
        expect(events.filter(({ kind }) => kind === "notice")).toHaveLength(expected);
      }
    },
  );
});

describe("what is sent to a release", () => {
  it("refuses that the oldest be dropped, but not where that would cost the cache", async () => {
    expect((await bodyFor("0.34.2"))?.shift).toBe(false);
    expect(await bodyFor("0.30.4")).not.toHaveProperty("shift");
  });
});
