import { afterEach, describe, expect, test } from "vitest";
import { OllamaModel } from "../../../../src/core/model/ollama/ollama-model";
import { hasTrait, holesIn, knownHoles } from "../../../../src/core/model/ollama/releases";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import { type FakeDaemon, startFakeDaemon } from "../../../support/fake-daemon";
import type { ScriptedModel } from "../../../support/scripted-models";

let daemon: FakeDaemon | undefined;
afterEach(() => daemon?.close());

const thinker: ScriptedModel = { name: "m", capabilities: ["completion", "thinking"] };

/** What a chat sends to a daemon of this release. */
async function bodyFor(version: string, model: ScriptedModel = thinker) {
  daemon = await startFakeDaemon({ version, models: [model], chat: () => ({ answer: "ok" }) });
  const client = new OllamaModel({ endpoint: daemon.endpoint });
  await client.version();
  await collectChat(client, chatRequest({ model: model.name }));
  return daemon.chats()[0]?.body;
}

describe("a release", () => {
  test.each([
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

  test("has the holes that were closed later, each with a source", () => {
    expect(holesIn("0.17.0").map(({ id }) => id)).toEqual(["CVE-2026-7482"]);
    expect(holesIn("0.17.1")).toEqual([]);
    expect(holesIn("0.34.1")).toEqual([]);
    expect(holesIn("0.0.0")).toEqual([]);
    for (const { source } of knownHoles) expect(source).not.toBe("");
  });
});

describe("what is sent to a release", () => {
  test("refuses that the oldest be dropped, but not where that would cost the cache", async () => {
    expect((await bodyFor("0.34.2"))?.shift).toBe(false);
    await daemon?.close();
    expect(await bodyFor("0.30.4")).not.toHaveProperty("shift");
  });

  test("makes repeats unlikely where the release does not any more, unless the model's own parameters say how", async () => {
    expect((await bodyFor("0.24.0"))?.options).not.toHaveProperty("repeat_penalty");
    await daemon?.close();
    expect((await bodyFor("0.33.0"))?.options).toMatchObject({ repeat_penalty: 1.1 });
    await daemon?.close();
    const own = { ...thinker, parameters: "repeat_penalty    1.05\n" };
    expect((await bodyFor("0.33.0", own))?.options).not.toHaveProperty("repeat_penalty");
  });
});
