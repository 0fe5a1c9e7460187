import { describe, expect, it } from "vitest";
import { failureOf } from "../../../../src/core/failure-error";
import type { OllamaModel } from "../../../../src/core/model/ollama/ollama-model";
import { askedOllama } from "../../../support/asked-model";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import type { FakeDaemon } from "../../../support/fake-daemon";
import {
  type Recording,
  recording,
  recordingNames,
  replay,
} from "../../../support/recorded-stream";

let daemon: FakeDaemon;

/**
 * A daemon that answers one path with a recording and describes every model as one that can think.
 */
async function replaying(recorded: Recording, pieceBytes?: number): Promise<OllamaModel> {
  const name = recorded.request.body?.model ?? "m";
  const asked = await askedOllama({
    models: [{ name, capabilities: ["completion", "thinking"] }],
    reply: (request) =>
      request.path === recorded.request.path ? replay(recorded, pieceBytes) : undefined,
  });
  daemon = asked.daemon;
  return asked.model;
}

async function chatReplayed(name: string, pieceBytes?: number) {
  const recorded = recording(name);
  const { body } = recorded.request;
  const model = await replaying(recorded, pieceBytes);
  const messages = (body.messages ?? []).map(({ role, content }) => ({
    role: role as "user",
    content,
  }));
  const more = {
    model: body.model ?? "m",
    messages,
    think: body.think !== false,
    contextTokens: body.options?.["num_ctx"] ?? 4096,
  };
  return collectChat(model, chatRequest(more));
}

/** The text of one field over all lines, straight from the recording. */
function written(name: string, field: "thinking" | "content"): string {
  const lines = recording(name).response.lines.map(
    (line) => JSON.parse(line.text) as { message?: { thinking?: string; content?: string } },
  );
  return lines.map((line) => line.message?.[field] ?? "").join("");
}

const withField = recordingNames().filter(
  (name) => name.startsWith("chat-") && written(name, "thinking") !== "",
);
const plain = [
  "chat-plain",
  "chat-bad-role",
  "answer-now-inline",
  "answer-now-thinking-field",
  "chat-prefill-answer-now",
  "chat-shift-false-fills-context",
];

describe("what a real daemon wrote", () => {
  describe.each([undefined, 1, 7, 1_000])("in packets of %s bytes", (pieceBytes) => {
    it.each(withField)(
      "keeps thought and answer apart, character for character: %s",
      async (name) => {
        const { thought, answer } = await chatReplayed(name, pieceBytes);
        expect(thought).toBe(written(name, "thinking"));
        expect(answer).toBe(written(name, "content"));
        expect(thought.length).toBeGreaterThan(0);
      },
    );

    it.each(plain)("keeps the answer, character for character: %s", async (name) => {
      const { thought, answer } = await chatReplayed(name, pieceBytes);
      expect(thought).toBe("");
      expect(answer).toBe(written(name, "content"));
    });

    it.each(["steer-mid-thought", "chat-think-off"])(
      "finds the thought that only its end marks: %s",
      async (name) => {
        const [before = "", after = ""] = written(name, "content").split("</think>");
        const { thought, answer } = await chatReplayed(name, pieceBytes);
        expect(thought.trimEnd()).toBe(before.trimEnd());
        expect(answer).toBe(after.trimStart());
      },
    );
  });

  it("thinks when the request forces it to, and says that the length ran out", async () => {
    expect(await chatReplayed("force-thinking")).toMatchObject({
      thought: written("force-thinking", "thinking"),
      answer: "",
      done: { reason: "length" },
    });
    const cut = await chatReplayed("chat-length-cut-in-thinking");
    expect(cut).toMatchObject({ answer: "", done: { reason: "length" } });
    expect(await chatReplayed("chat-shift-false-fills-context")).toMatchObject({
      done: { reason: "length" },
    });
  });

  it("counts the prompt although it was read before", async () => {
    expect((await chatReplayed("chat-warm-thinking")).done?.metrics.promptTokens).toBe(124);
  });

  it("is incomplete where the recording was cut", async () => {
    const found = await chatReplayed("chat-client-cut");
    expect(found).toMatchObject({
      thought: written("chat-client-cut", "thinking"),
      failure: { kind: "streamBroken", how: "ended" },
    });
  });

  it("comes with a warning where the daemon dropped most of the prompt without a word", async () => {
    const found = await chatReplayed("chat-too-long-truncated");
    expect(found.notices).toEqual([expect.stringContaining("2048 tokens")]);
    expect(found.answer).toBe("");
  });

  it.each([
    ["chat-too-long-truncate-false", { kind: "contextOverflow", contextTokens: 2048 }],
    ["chat-model-missing", { kind: "modelMissing", model: "nope:7b" }],
    ["chat-bad-json", { kind: "requestRejected", status: 400, message: "unexpected EOF" }],
    ["chat-no-model", { kind: "requestRejected", status: 400, message: "model is required" }],
    ["chat-think-on-plain-model", { kind: "requestRejected", status: 400 }],
  ])("is understood when it refuses: %s", async (name, failure) => {
    expect((await chatReplayed(name)).failure).toMatchObject(failure);
  });

  it("ends at once where a request only loads the model", async () => {
    expect(await chatReplayed("chat-empty-messages-loads")).toMatchObject({
      thought: "",
      answer: "",
      done: { reason: "stop", metrics: {} },
    });
  });

  it("tells its version, its models and which are loaded", async () => {
    expect(await (await replaying(recording("version"))).version()).toBe("0.0.0");
    expect(
      (await (await replaying(recording("tags"))).list()).map(({ name, bytes }) => [name, bytes]),
    ).toContainEqual(["smollm2:latest", 98_363_017]);
    const loadedNow = await (await replaying(recording("ps-loaded"))).loaded();
    expect(loadedNow).toContainEqual({
      name: "coder-1.5b-think:latest",
      bytes: 1_097_538_048,
      contextTokens: 4096,
    });
  });

  it.each([
    ["ps-after-cut", ["coder-1.5b-think:latest", "smollm2:latest"]],
    ["ps-other-model-loaded", ["smollm2:latest"]],
  ])("tells which models are loaded: %s", async (name, names) => {
    const loadedNow = await (await replaying(recording(name))).loaded();
    expect(loadedNow.map((one) => one.name)).toEqual(names);
    for (const one of loadedNow) expect(one.contextTokens).toBeGreaterThan(0);
  });

  it("describes a model that thinks, with its own sampling, its window and what the window costs", async () => {
    expect(
      await (await replaying(recording("show-thinking"))).describe("coder-1.5b-think"),
    ).toMatchObject({
      capabilities: ["completion", "thinking"],
      trainedContextTokens: 32_768,
      sampling: { temperature: 0.6, topP: 0.95 },
      family: "qwen2",
      cacheBytesPerToken: 28 * 1024,
    });
  });

  it.each([
    ["show-plain", ["completion"], {}],
    ["show-r1-like", ["completion", "thinking"], {}],
  ])("describes a model: %s", async (name, capabilities, sampling) => {
    const details = await (await replaying(recording(name))).describe("x");
    expect(details).toMatchObject({ capabilities, sampling });
    expect(details.trainedContextTokens).toBeGreaterThan(1_000);
  });

  it("says so when it has no such model", async () => {
    const model = await replaying(recording("show-missing"));
    expect(failureOf(await model.describe("nope").catch((thrown: unknown) => thrown))).toEqual({
      kind: "modelMissing",
      model: "nope",
    });
  });

  it.each(["unload", "unload-plain"])("frees a model: %s", async (name) => {
    await (await replaying(recording(name))).unload("coder-1.5b");
    expect(daemon.chats()[0]?.body).toMatchObject({ messages: [], keep_alive: 0 });
  });
});
