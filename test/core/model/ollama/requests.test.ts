import { describe, expect, it } from "vitest";
import type { SamplingOptions } from "../../../../src/core/model/language-model";
import { askedOllama } from "../../../support/asked-model";
import { contentLine, doneLine } from "../../../support/chat-lines";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import type { FakeDaemon } from "../../../support/fake-daemon";
import type { Reply } from "../../../support/fake-wire";
import type { ScriptedModel } from "../../../support/scripted-models";

let daemon: FakeDaemon;
/** As a daemon says of a model that it cannot think. */
const cannotThink: Reply = {
  status: 400,
  headers: { "content-type": "application/json" },
  steps: ['{"error":"\\"m\\" does not support thinking"}'],
};

const thinker = {
  name: "m",
  capabilities: ["completion", "thinking"],
} as const satisfies ScriptedModel;

async function chatWith(model: ScriptedModel, more: Parameters<typeof chatRequest>[0] = {}) {
  const asked = await askedOllama({ models: [model], chat: "ok" });
  daemon = asked.daemon;
  const found = await collectChat(asked.model, chatRequest({ model: model.name, ...more }));
  return { ...found, body: daemon.chats()[0]?.body };
}

describe("what is sent", () => {
  it("is what was told of it before", async () => {
    const name = "deepseek-r1:8b";
    const template = `{{ .ThinkLevel }} "low" "medium" "high"`;
    const { daemon, model } = await askedOllama({ models: [{ ...thinker, name, template }] });
    for (const think of [true, false, "high"] as const) {
      const more = { think, keepAlive: "5m", sampling: { temperature: 0, maxTokens: 9 } };
      const request = chatRequest({ model: name, ...more });
      const { path, body } = await model.wire(request, new AbortController().signal);
      await collectChat(model, request);
      const sent = daemon.chats().at(-1);
      expect([path, body]).toEqual([sent?.path, sent?.body]);
    }
    expect(daemon.chats()).toHaveLength(3);
  });

  it("asks for the window, and that nothing be dropped silently", async () => {
    const { body } = await chatWith({ name: "m" }, { contextTokens: 8192, keepAlive: "10m" });
    expect(body).toMatchObject({
      stream: true,
      truncate: false,
      shift: false,
      options: { num_ctx: 8192 },
      keep_alive: "10m",
    });
    expect(body?.messages).toEqual([{ role: "user", content: "q" }]);
  });

  it.each([
    ["-1", -1],
    ["300", 300],
    ["5m", "5m"],
    [0, 0],
  ])("writes the time to stay loaded as the daemon reads it: %j as %j", async (keepAlive, sent) => {
    expect((await chatWith({ name: "m" }, { keepAlive })).body?.keep_alive).toBe(sent);
  });

  it("names thinking only to a model that can think, on or off", async () => {
    expect((await chatWith({ name: "m" }, { think: true })).body).not.toHaveProperty("think");
    expect((await chatWith(thinker, { think: true })).body?.think).toBe(true);
    expect((await chatWith(thinker, { think: false })).body?.think).toBe(false);
  });

  it.each([
    ["high", "high", "0.24.0"],
    ["max", "max", "0.24.0"],
    ["max", "high", "0.21.5"],
    [true, true, "0.24.0"],
    // Such a model cannot be told not to think.
    [false, "low", "0.24.0"],
    // Before 0.17.7 only gpt-oss takes a level.
    ["high", true, "0.17.6"],
    [false, false, "0.17.6"],
  ] as const)(
    "names the level of thought %j as %j to daemon %3$s",
    async (think, wire, version) => {
      const template = `{{ .ThinkLevel }} "low" "medium" "high" "max"`;
      const { daemon, model } = await askedOllama({ models: [{ ...thinker, template }], version });
      await model.version();
      await collectChat(model, chatRequest({ model: "m", think }));
      expect(daemon.chats()[0]?.body.think).toBe(wire);
    },
  );

  it("names no level to a model that has none", async () => {
    expect((await chatWith(thinker, { think: "high" })).body?.think).toBe(true);
  });

  it("gives an empty thought to one whose template knows no other way, unless it is not known to think", async () => {
    const name = "hf.co/me/DeepSeek-R1:Q4";
    const { body } = await chatWith({ ...thinker, name }, { think: false });
    expect(body?.messages?.at(-1)).toEqual({
      ...{ role: "assistant", content: "<think>\n\n</think>\n\n" },
    });
    expect((await chatWith({ name }, { think: false })).body?.messages).toHaveLength(1);
  });

  it.each([
    ["{{ .Content }}[THINK]{{ .Thinking }}[/THINK]", "[THINK]Minus", "[THINK]Minus[/THINK]"],
    ["{{ .Content }}[THINK]{{ .Thinking }}[/THINK]", "[THINK]", "[THINK][/THINK]", ""],
    ["<|channel|>analysis", "<think>\nMinus", "<think>\nMinus\n</think>\n\n"],
    ["{{ .Content }}", "<think>\nMinus", "<think>\nMinus\n</think>\n\n"],
  ])(
    "writes a thought that is given as the model's template does: %s",
    async (template, open, closed, thought = "Minus") => {
      const own = "Minus, says <think>";
      for (const [content, sent] of [
        [`<think>\n${thought}`, open],
        [`<think>\n${thought}\n</think>\n\n`, closed],
      ] as const) {
        const question = { role: "user", content: own } as const;
        const messages = [question, { role: "assistant", content } as const];
        const { body } = await chatWith({ ...thinker, template }, { messages });
        expect(body?.messages).toEqual([question, { role: "assistant", content: sent }]);
      }
    },
  );

  const samplings: [string, ScriptedModel, SamplingOptions, object][] = [
    [
      "what suits a model that thinks",
      thinker,
      {},
      { temperature: 0.6, top_p: 0.95, repeat_penalty: 1.1 },
    ],
    [
      "what suits R1 by its name too",
      { name: "deepseek-r1:8b" },
      {},
      { temperature: 0.6, top_p: 0.95, repeat_penalty: 1.1 },
    ],
    [
      "the daemon's default for a plain model, which may repeat itself",
      { name: "m" },
      {},
      { repeat_penalty: 1 },
    ],
    [
      "what the request says",
      thinker,
      { temperature: 0, topP: 0.5, repeatPenalty: 1, seed: 7, maxTokens: 9 },
      { temperature: 0, top_p: 0.5, repeat_penalty: 1, seed: 7, num_predict: 9 },
    ],
    [
      "nothing that the model names itself",
      { ...thinker, parameters: 'stop    "<x>"\ntemperature   1\nrepeat_penalty    1.05\n' },
      {},
      { top_p: 0.95 },
    ],
  ];
  it.each(samplings)("samples with %s", async (_what, model, sampling, options) => {
    expect((await chatWith(model, { sampling })).body?.options).toEqual({
      num_ctx: 4096,
      ...options,
    });
  });

  it("carries the engine's key with every request", async () => {
    const { daemon, model } = await askedOllama(
      { models: [thinker] },
      { headers: { Authorization: "Bearer key" } },
    );
    await model.version();
    await collectChat(model);
    expect(daemon.requests.length).toBeGreaterThan(3);
    for (const request of daemon.requests) expect(request.headers.authorization).toBe("Bearer key");
  });

  it("is sent again without thinking, once and for all, when the daemon says that the model cannot", async () => {
    const { daemon, model } = await askedOllama({
      models: [thinker],
      chat: (body) => (body.think === undefined ? { answer: "ok" } : cannotThink),
    });
    const found = await collectChat(model);
    expect(found).toMatchObject({ answer: "ok", done: { reason: "stop" } });
    expect(found.events.filter((event) => event.kind === "sent")).toHaveLength(1);
    expect(daemon.chats()).toHaveLength(2);
    await collectChat(model);
    expect(daemon.chats()).toHaveLength(3);
  });

  it("is not sent again and again when every form of it is refused", async () => {
    const { daemon, model } = await askedOllama({ models: [thinker], chat: () => cannotThink });
    const found = await collectChat(model);
    expect(found.failure).toMatchObject({ kind: "requestRejected", status: 400 });
    expect(daemon.chats()).toHaveLength(2);
  });

  it("asks about a model once, and again after it was pulled", async () => {
    const { daemon, model } = await askedOllama({ models: [thinker] });
    const asked = () => daemon.requests.filter((one) => one.path === "/api/show").length;
    await collectChat(model);
    await collectChat(model, chatRequest({ model: "m:latest" }));
    expect(asked()).toBe(1);
    for await (const _ of model.pull("m", new AbortController().signal)) {
    }
    await collectChat(model);
    expect(asked()).toBe(2);
  });

  it("says that the model is loading when it is not loaded, or loaded with another window", async () => {
    const { model } = await askedOllama({ models: [{ ...thinker, trainedContextTokens: 8192 }] });
    const loads = async (contextTokens: number) =>
      (await collectChat(model, chatRequest({ contextTokens }))).events.some(
        (event) => event.kind === "loading",
      );
    expect(await loads(4096)).toBe(true);
    expect(await loads(4096)).toBe(false);
    expect(await loads(8192)).toBe(true);
  });
});

describe("a model that runs elsewhere", () => {
  const refused = { kind: "cloudModelRefused" };

  it.each(["gpt-oss:120b-cloud", "thing:cloud", "Thing:CLOUD", "hub.example/me/x:20b-Cloud"])(
    "gets nothing without consent: %s",
    async (name) => {
      const { failure } = await chatWith({ name });
      expect(failure).toEqual({ ...refused, model: name });
      // Not even the question about it: that alone would leave the machine.
      expect(daemon.requests).toEqual([]);
    },
  );

  it("gets nothing without consent when only the daemon knows that it does", async () => {
    const { failure } = await chatWith({ name: "alias", remoteHost: "https://ollama.com:443" });
    expect(failure).toEqual({ ...refused, model: "alias", host: "https://ollama.com:443" });
    expect(daemon.chats()).toEqual([]);
  });

  it("is heard no further without consent when its answer gives it away", async () => {
    const host = "https://elsewhere";
    const { daemon, model } = await askedOllama({
      models: [{ name: "m" }],
      chat: () => ({
        steps: [contentLine("a", { remote_host: host }), contentLine("b"), { fault: "hang" }],
      }),
    });
    const found = await collectChat(model);
    expect(found).toMatchObject({
      answer: "",
      failure: { ...refused, model: "m", host },
    });
    expect(await daemon.chats()[0]?.over).toBe("clientLeft");
  });

  it("answers once the person allowed it by name", async () => {
    const { model } = await askedOllama({
      models: [{ name: "x:cloud", remoteHost: "https://ollama.com:443" }],
      chat: () => ({
        steps: [contentLine("a", { remote_host: "https://ollama.com:443" }), doneLine()],
      }),
    });
    const allowing = (name: string) =>
      collectChat(model, chatRequest({ model: "x:cloud", allowedCloudModels: [name] }));
    expect(await allowing("x:cloud")).toMatchObject({ answer: "a" });
    expect((await allowing("y:cloud")).failure).toMatchObject(refused);
  });

  it.each(["cloud", "my-cloud:7b", "cloudy:latest", "x:cloud-7b", "m:cloudless"])(
    "is not suspected because of a name like %s",
    async (name) => {
      expect(await chatWith({ name })).toMatchObject({ answer: "ok" });
    },
  );
});

describe("what a daemon tells about its models", () => {
  it("is read from the list, with those that run elsewhere marked", async () => {
    const { model } = await askedOllama({
      models: [
        { name: "a", bytes: 7 },
        { name: "b", remoteHost: "https://h" },
        { name: "c:cloud" },
      ],
    });
    const each = { bytes: 1e9, parameterSize: "1.5B", family: "qwen2", capabilities: [] };
    expect(await model.list()).toEqual([
      { ...each, name: "a:latest", bytes: 7 },
      { ...each, name: "b:latest", remoteHost: "https://h" },
      { ...each, name: "c:cloud", remoteHost: "cloud" },
    ]);
  });

  it("is read from the description, the model's own parameters included", async () => {
    const parameters =
      'num_ctx      16384\ntemperature  0.7\nstop         "<|im_end|>"\nstop  "temperature 9"\nnum_predict -1';
    const { model } = await askedOllama({
      models: [{ ...thinker, parameters, trainedContextTokens: 131_072, family: "qwen3" }],
    });
    expect(await model.describe("m")).toEqual({
      capabilities: ["completion", "thinking"],
      hasChatTemplate: true,
      trainedContextTokens: 131_072,
      configuredContextTokens: 16_384,
      sampling: { temperature: 0.7, maxTokens: -1 },
      family: "qwen3",
    });
  });

  it("is nothing when it lists nothing", async () => {
    const { model } = await askedOllama({
      reply: () => ({
        headers: { "content-type": "application/json" },
        steps: ['{"models":null}'],
      }),
    });
    expect(await model.list()).toEqual([]);
    expect(await model.loaded()).toEqual([]);
  });
});

describe("a gap that is filled in", () => {
  const gap = {
    ...{ model: "m", before: "a\n", after: "\nb", contextTokens: 4096, keepAlive: "300" },
    ...{ maxTokens: 30, stop: ["\n"], likely: "x" },
  };
  const { signal } = new AbortController();
  const body = {
    ...{ model: "m", prompt: "a\n", suffix: "\nb", stream: false, keep_alive: 300 },
    options: { num_ctx: 4096, num_predict: 30, temperature: 0, repeat_penalty: 1, stop: ["\n"] },
  };

  it.each([
    ["of the daemon", false, body],
    ["of the built-in engine, with what is likely", true, { ...body, thinkaloud_likely: "x" }],
  ])("is asked %s", async (_name, steers, expected) => {
    const { daemon, model } = await askedOllama(
      {
        models: [{ name: "m", capabilities: ["completion", "insert"] }],
        at: {
          "/api/generate": [JSON.stringify({ response: "    x = 1", done: true, eval_count: 4 })],
        },
      },
      { steers },
    );
    expect((await model.describe("m")).capabilities).toContain("insert");
    const filled = await model.infill(gap, signal);
    expect(filled).toEqual({ text: "    x = 1", metrics: { answerTokens: 4 } });
    expect((await daemon.received("/api/generate")).body).toEqual(expected);
  });

  it("is asked of no model that runs elsewhere without a yes", async () => {
    const { daemon, model } = await askedOllama({});
    await expect(model.infill({ ...gap, model: "big:cloud" }, signal)).rejects.toThrow();
    expect(daemon.requests).toHaveLength(0);
  });
});
