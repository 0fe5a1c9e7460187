import { describe, expect, it } from "vitest";
import { failureOf } from "../../../../src/core/failure-error";
import { askedOpenAi } from "../../../support/asked-model";
import { chatRequest, collectChat } from "../../../support/collect-chat";
import {
  delta,
  events,
  type FakeOpenAiServer,
  type Fields,
  json,
  type OpenAiScript,
  stop,
} from "../../../support/fake-openai-server";
import type { Reply } from "../../../support/fake-wire";

let server: FakeOpenAiServer;

const fast = { busyWaitsMs: [5, 5], loadingWaitMs: 5 };
const ok = () => events(delta({ content: "ok" }), stop());

async function asked(script: OpenAiScript, request = chatRequest()) {
  const asked = await askedOpenAi(script, { timing: fast });
  server = asked.server;
  return { ...(await collectChat(asked.model, request)), model: asked.model };
}

describe("what is asked", () => {
  it.each(["vllm", "llamacpp", "acme"])(
    "is what was told of it before, without what the server %s has refused",
    async (owner) => {
      const name = "qwen3-8b";
      const { server, model } = await askedOpenAi(
        {
          ...{ owner, models: [name] },
          chat: ({ top_p }) =>
            top_p === undefined ? ok() : json({ error: { message: "top_p: unknown field" } }, 400),
        },
        { timing: fast },
      );
      const told = async (more: Parameters<typeof chatRequest>[0]) => {
        const request = chatRequest({ model: name, ...more });
        const { path, body } = await model.wire(request, new AbortController().signal);
        const before = server.fields().length;
        await collectChat(model, request);
        return { path, body, sent: server.fields()[before] };
      };
      const messages = [
        { role: "user" as const, content: "q" },
        { role: "assistant" as const, content: "<think>\nIt is" },
      ];
      for (const more of [{ sampling: { topP: 0.9 } }, { think: false }, { messages }, {}]) {
        const { path, body, sent } = await told(more);
        expect(path).toBe("/chat/completions");
        expect(JSON.parse(JSON.stringify(body))).toEqual(sent);
      }
      const again = await told({ sampling: { topP: 0.9 } });
      expect(again.body).not.toHaveProperty("top_p");
    },
  );

  it("the limit, the sampling and the numbers that a server keeps to itself otherwise", async () => {
    const sampling = { temperature: 0, topP: 0.9, seed: 7, maxTokens: 300 };
    await asked({}, chatRequest({ sampling }));
    expect(server.fields()[0]).toMatchObject({
      model: "m",
      stream: true,
      stream_options: { include_usage: true },
      temperature: 0,
      top_p: 0.9,
      seed: 7,
      max_tokens: 300,
    });
  });

  it.each([
    ["llamacpp", "qwen3-8b", 1.1],
    ["llamacpp", "plain", undefined],
    ["vllm", "qwen3-8b", undefined],
  ])(
    "%s makes it unlikely that %s repeats itself, as far as that is about what it wrote",
    async (owner, name, penalty) => {
      await asked({ owner, models: [name] }, chatRequest({ model: name }));
      expect(server.fields()[0]?.["repeat_penalty"]).toBe(penalty);
    },
  );

  it.each([
    ["on", true],
    ["off", false],
  ])("thinking is switched %s where the server passes it to the template", async (_how, think) => {
    const models = ["qwen3-8b"];
    await asked({ owner: "vllm", models }, chatRequest({ model: "qwen3-8b", think }));
    expect(server.fields()[0]?.["chat_template_kwargs"]).toEqual({
      enable_thinking: think,
      thinking: think,
    });
  });

  it("a level where the model has levels, and little thought where it cannot be told none", async () => {
    const models = ["gpt-oss-20b"];
    const levelOf = () => server.fields()[0]?.["reasoning_effort"];
    await asked({ owner: "vllm", models }, chatRequest({ model: "gpt-oss-20b", think: "high" }));
    expect(levelOf()).toBe("high");
    expect(server.fields()[0]?.["chat_template_kwargs"]).toMatchObject({
      reasoning_effort: "high",
    });
    await asked({ owner: "acme", models }, chatRequest({ model: "gpt-oss-20b", think: false }));
    expect(levelOf()).toBe("low");
    await asked({ owner: "acme", models }, chatRequest({ model: "gpt-oss-20b", think: true }));
    expect(levelOf()).toBeUndefined();
  });

  it("a request after one that was left waits until the server with slots has noticed", async () => {
    const waits = async (owner: string): Promise<number> => {
      const { model } = await askedOpenAi(
        {
          owner,
          chat: () => events(delta({ content: "so" }), delta({ content: " on" }), stop()),
        },
        { timing: fast },
      );
      const signal = new AbortController().signal;
      for await (const event of model.chat(chatRequest(), signal))
        if (event.kind === "answer") break;
      const leftAt = performance.now();
      for await (const event of model.chat(chatRequest(), signal)) if (event.kind === "sent") break;
      return performance.now() - leftAt;
    };
    expect(await waits("llamacpp")).toBeGreaterThanOrEqual(90);
    expect(await waits("vllm")).toBeLessThan(90);
  });

  it.each([
    ["deepseek", "none"],
    ["mistralai", undefined],
  ])("no effort, where %s knows the word for it: %s", async (owner, effort) => {
    const thinking = { chat: () => events(delta({ reasoning_content: "Hm." }), stop()) };
    const { model } = await asked({ owner, ...thinking });
    await collectChat(model, chatRequest({ think: false }));
    expect(server.fields().map(({ reasoning_effort }) => reasoning_effort)).toEqual([
      undefined,
      effort,
    ]);
  });

  it("no budget for a thought that is not wanted, of the server that takes one", async () => {
    const models = ["DeepSeek-R1-Distill-Qwen-7B"];
    const [model = ""] = models;
    await asked({ owner: "llamacpp", models }, chatRequest({ model, think: false }));
    expect(server.fields()[0]).toMatchObject({
      thinking_budget_tokens: 0,
      reasoning_budget_tokens: 0,
    });
    await asked({ owner: "llamacpp", models }, chatRequest({ model, think: true }));
    expect(server.fields()[0]).not.toHaveProperty("thinking_budget_tokens");
  });

  it.each([
    ["vllm", { thinking_token_budget: 500 }],
    // It ends a thought while it goes on, which can still be made longer then.
    ["llamacpp", {}],
    ["sglang", {}],
    ["acme", {}],
  ])("a budget of tokens, where %s ends a thought by it", async (owner, budget) => {
    const models = ["qwen3-8b"];
    const request = chatRequest({ model: "qwen3-8b", think: true, thoughtTokens: 500 });
    const { model } = await asked({ owner, models }, request);
    await collectChat(model, { ...request, think: false });
    const sent = server
      .fields()
      .map((fields) =>
        Object.fromEntries(Object.entries(fields).filter(([name]) => /budget/.test(name))),
      );
    expect(sent[0]).toEqual(budget);
    expect(sent[1]).not.toHaveProperty("thinking_token_budget");
  });

  it("nothing beside the standard of a server that nobody knows", async () => {
    await asked({ owner: "acme" });
    const known = ["model", "messages", "stream", "stream_options"];
    expect(Object.keys(server.fields()[0] ?? {})).toEqual(known);
  });

  it("with the key that the person gave for this address, and no other word about itself", async () => {
    const authorization = async () => "Bearer sk-1";
    const { server, model } = await askedOpenAi({}, { authorization });
    await collectChat(model);
    for (const { headers } of server.requests) {
      expect(headers.authorization).toBe("Bearer sk-1");
      expect(Object.keys(headers).filter((name) => name.startsWith("x-"))).toEqual([]);
    }
  });
});

describe("a turn that the model is to go on with", () => {
  const question = { role: "user", content: "q" } as const;
  const turn = (content: string) =>
    chatRequest({ messages: [question, { role: "assistant", content }] });
  const open = turn("<think>\nThe loop");
  const closed = turn("<think>\nThe loop\n</think>\n\n");

  it("goes to vLLM and SGLang as text", async () => {
    await asked({ owner: "sglang" }, open);
    expect(server.fields()[0]).toMatchObject({
      messages: [question, { role: "assistant", content: "<think>\nThe loop" }],
      add_generation_prompt: false,
      continue_final_message: true,
    });
  });

  it.each([
    ["Magistral-Small-2509", "[THINK]The loop", "[THINK][/THINK]"],
    ["Seed-OSS-36B", "<seed:think>\nThe loop", undefined],
    ["gemma-4-e4b", "<|channel>thought\nThe loop", undefined],
    [
      "Apriel-1.6-15b",
      "Here are my reasoning steps:\nThe loop",
      "Here are my reasoning steps:\n\n[BEGIN FINAL RESPONSE]\n",
    ],
  ])(
    "goes to vLLM as %s writes it, empty where no thought is wanted",
    async (name, begun, none) => {
      await asked({ owner: "vllm", models: [name] }, { ...open, model: name });
      expect(server.fields()[0]?.messages).toEqual([
        question,
        { role: "assistant", content: begun },
      ]);
      await asked({ owner: "vllm", models: [name] }, chatRequest({ model: name, think: false }));
      expect(server.fields()[0]?.messages?.[1]?.content).toBe(none);
    },
  );

  const template = "{% if enable_thinking %}<think>{% endif %}";
  it.each([
    ["an open thought", open, "reasoning_content"],
    ["a closed thought", closed, "content"],
  ])("goes to llama.cpp as the field it belongs to: %s", async (_what, request, field) => {
    const props = { chat_template: template, default_generation_settings: { n_ctx: 4096 } };
    await asked({ owner: "llamacpp", props }, request);
    expect(server.fields()[0]).toMatchObject({
      messages: [question, { role: "assistant", content: "", reasoning_content: "The loop" }],
      continue_final_message: field,
    });
  });

  it("comes back from older llama.cpp with the first piece, and is not answer twice", async () => {
    const request = turn("<think>\nThe loop\n</think>\n\n");
    const begun = "<think>\nThe loop\n</think>\n\n";
    const chat = () =>
      events(delta({ content: `${begun}The` }), delta({ content: " end" }), stop());
    const found = await asked({ owner: "llamacpp", chat }, request);
    expect(found).toMatchObject({ thought: "", answer: "The end" });
  });

  it("is quoted in the question where nobody knows how to go on", async () => {
    const chat = () => events(delta({ content: "The end" }), stop());
    const found = await asked({ owner: "acme", chat }, open);
    expect(server.fields()[0]?.messages).toEqual([
      {
        role: "user",
        content:
          "q\n\nYou have already thought about this:\n\nThe loop\n\nThink on from there, then answer.",
      },
    ]);
    // What comes is a turn of its own, so it is no longer inside the thought.
    expect(found).toMatchObject({ thought: "", answer: "The end" });
  });

  it("is quoted as soon as a server refuses to go on with it, and from then on", async () => {
    const refusal =
      "continue_final_message is set but the final message does not appear in the chat after applying the chat template!";
    const chat = (fields: Fields): Reply =>
      "continue_final_message" in fields ? json({ object: "error", message: refusal }, 400) : ok();
    const { model, answer } = await asked({ owner: "vllm", chat }, closed);
    expect(answer).toBe("ok");
    await collectChat(model, closed);
    const sent = server.fields().map((fields) => "continue_final_message" in fields);
    expect(sent).toEqual([true, false, false]);
    expect(server.fields()[1]?.messages.at(-1)?.["content"]).toMatch(/Answer now\.$/);
  });
});

describe("a field that the server refuses", () => {
  const refusals: [string, object][] = [
    ["named in a sentence", { error: { message: "Unknown parameter: 'seed'." } }],
    ["named in a list", { detail: [{ type: "extra_forbidden", loc: ["body", "seed"] }] }],
    ["named in a bare message", { object: "error", message: "seed is not supported", code: 400 }],
  ];
  it.each(refusals)("is left out, once and for all: %s", async (_way, body) => {
    const chat = (fields: Fields) => ("seed" in fields ? json(body, 400) : ok());
    const request = chatRequest({ sampling: { seed: 1, maxTokens: 9 } });
    const { model, answer } = await asked({ chat }, request);
    expect(answer).toBe("ok");
    await collectChat(model, request);
    expect(server.fields().map((fields) => "seed" in fields)).toEqual([true, false, false]);
    expect(server.fields()[1]).toMatchObject({ max_tokens: 9 });
  });

  it("is found among the extensions when the refusal names none", async () => {
    const chat = (fields: Fields) =>
      "chat_template_kwargs" in fields ? json({ error: "invalid request" }, 400) : ok();
    const { answer } = await asked({ chat });
    expect(answer).toBe("ok");
    expect(server.fields()[1]).toMatchObject({ stream_options: { include_usage: true } });
  });

  it("does not hide a request that is refused for another reason", async () => {
    const chat = () => json({ error: { message: "the prompt is indecent" } }, 400);
    const { failure } = await asked({ owner: "acme", chat });
    expect(failure).toEqual({
      kind: "requestRejected",
      status: 400,
      message: "the prompt is indecent",
    });
    expect(server.fields()).toHaveLength(1);
  });

  it("is not asked about for ever", async () => {
    const chat = () => json({ error: { message: "bad" } }, 400);
    const { failure } = await asked({ chat }, chatRequest({ sampling: { seed: 1 } }));
    expect(failure).toMatchObject({ kind: "requestRejected" });
    expect(server.fields().length).toBeLessThanOrEqual(3);
  });
});

describe("a prompt and a limit that do not fit", () => {
  const tooLong: [string, string, object][] = [
    [
      "llama.cpp",
      "request (6030 tokens) exceeds the available context size (4096 tokens), try increasing it",
      { promptTokens: 6030, contextTokens: 4096 },
    ],
    [
      "vLLM",
      "This model's maximum context length is 4096 tokens. However, you requested 6330 tokens (6030 in the messages, 300 in the completion).",
      { promptTokens: 6030, contextTokens: 4096 },
    ],
    [
      "SGLang",
      "The input (6030 tokens) is longer than the model's context length (4096 tokens).",
      { promptTokens: 6030, contextTokens: 4096 },
    ],
    [
      "TGI",
      "Input validation error: `inputs` tokens + `max_new_tokens` must be <= 4096. Given: 6030 `inputs` tokens and 300 `max_new_tokens`",
      { promptTokens: 6030, contextTokens: 4096 },
    ],
    ["a gateway", "context_length_exceeded", {}],
  ];
  it.each(tooLong)("are said as %s says them, with its numbers", async (_who, message, numbers) => {
    const { failure } = await asked({ chat: () => json({ error: { message } }, 400) });
    expect(failure).toEqual({ kind: "contextOverflow", ...numbers });
  });

  it("go without the limit when the prompt alone would fit", async () => {
    const message =
      "'max_tokens' is too large: 3000. This model's maximum context length is 4096 tokens and your request has 2030 input tokens.";
    const chat = (fields: Fields) =>
      "max_tokens" in fields ? json({ error: { message } }, 400) : ok();
    const { answer } = await asked({ chat }, chatRequest({ sampling: { maxTokens: 3000 } }));
    expect(answer).toBe("ok");
  });
});

describe("a server that does not answer the question", () => {
  const cases: [string, Reply, object][] = [
    ["wants a key", json({ error: "Unauthorized" }, 401), { kind: "credentialsWanted" }],
    ["forbids it", json({ detail: "no" }, 403), { kind: "forbidden" }],
    [
      "has no such model",
      json({ error: { message: "model 'm' not found" } }, 404),
      { kind: "modelMissing", model: "m" },
    ],
    [
      "refuses a field",
      json({ detail: [{ loc: ["body", "messages"], msg: "field required" }] }, 422),
      { kind: "requestRejected", message: "body.messages: field required" },
    ],
    ["lets nobody in but who signs in", { status: 511, steps: [] }, { kind: "proxyRefused" }],
    ["may not be read here", { status: 451, steps: ["<html>"] }, { kind: "forbidden" }],
    [
      "has moved",
      { status: 308, headers: { location: "https://box/v1" }, steps: [] },
      { kind: "notADaemon", to: "https://box/v1" },
    ],
    ["answers with nothing", { steps: [] }, { kind: "streamBroken", how: "empty" }],
    ["has no such path", { status: 404, steps: ["not found"] }, { kind: "notADaemon" }],
    [
      "is out of credit",
      json({ error: { message: "insufficient_quota" } }, 429),
      { kind: "requestRejected" },
    ],
    ["breaks", json({ error: { message: "CUDA error" } }, 500), { kind: "serverError" }],
    ["is a proxy", { status: 502, steps: ["<html>"] }, { kind: "proxyRefused", status: 502 }],
  ];
  it.each(cases)("because it %s", async (_why, reply, failure) => {
    expect((await asked({ owner: "acme", chat: () => reply })).failure).toMatchObject(failure);
  });

  it("because it is busy is asked again, and the person told once", async () => {
    let times = 0;
    const busy = json({ error: { message: "Rate limit reached" } }, 429);
    const found = await asked({ chat: () => (times++ < 2 ? busy : ok()) });
    expect(found).toMatchObject({
      answer: "ok",
      notices: [expect.stringMatching(/more requests/)],
    });
  });

  it("because it loads the model is waited for as long as that takes", async () => {
    let times = 0;
    const loading = json({ error: { code: 503, message: "Loading model" } }, 503);
    const found = await asked({ chat: () => (times++ < 8 ? loading : ok()) });
    expect(found.answer).toBe("ok");
    expect(found.events.filter(({ kind }) => kind === "loading").length).toBe(8);
    expect(found.notices).toEqual([]);
  });
});

describe("which models there are", () => {
  it("is listed with size and window where the server tells them", async () => {
    const meta = { n_ctx: 4096, n_ctx_train: 32768, n_params: 1777088000, size: 1111370240 };
    const { model } = await askedOpenAi({ owner: "llamacpp", listed: { meta } });
    expect(await model.list()).toEqual([
      { name: "m", bytes: 1111370240, capabilities: ["completion"], parameterSize: "1.8B" },
    ]);
    expect(await model.describe("m")).toMatchObject({ configuredContextTokens: 4096 });
  });

  it.each([
    ["DeepSeek-R1-0528", true],
    ["Qwen/Qwen3-32B", true],
    ["qwen3.6-27b", true],
    ["Qwen/Qwen3-Coder-30B-A3B-Instruct", false],
    ["Qwen3-4B-Instruct-2507", false],
    ["gpt-oss-120b", true],
    ["Qwen2.5-Coder-7B-Instruct", false],
    ["mistral-small", false],
  ])("says of %s by its name whether it thinks", async (name, thinks) => {
    const { model } = await askedOpenAi({ models: [name] });
    const { capabilities } = await model.describe(name);
    expect(capabilities.includes("thinking")).toBe(thinks);
  });

  it("is not to be learnt from a page that is no list", async () => {
    const page = { headers: { "content-type": "text/html" }, steps: ["<html>"] };
    const { model } = await askedOpenAi({ reply: () => page });
    const list = model.list();
    expect(failureOf(await list.catch((thrown: unknown) => thrown)).kind).toBe("notADaemon");
  });
});

describe("a thought that the person ends", () => {
  const thinking = () =>
    events(
      delta({ reasoning_content: "Let me see." }),
      { waitMs: 400 },
      delta({ content: "x" }),
      stop(),
    );

  async function ended(script: OpenAiScript, move: "endThought" | "hint" = "endThought") {
    const asked = await askedOpenAi({ models: ["qwen3"], chat: thinking, ...script });
    server = asked.server;
    const { model } = asked;
    const request = chatRequest({ model: "qwen3", id: "chat-1" });
    const kinds: string[] = [];
    let could: boolean | undefined;
    for await (const event of model.chat(request, new AbortController().signal)) {
      kinds.push(event.kind);
      const wish = move === "hint" ? ({ kind: move, id: "h", text: "t" } as const) : { kind: move };
      if (event.kind === "thought") could = await model.steer("chat-1", wish);
    }
    return { could, kinds, later: await model.steer("chat-1", { kind: "endThought" }) };
  }

  const control = (answer: object): OpenAiScript => ({
    owner: "llamacpp",
    reply: ({ path }) => (path === "/v1/chat/completions/control" ? json(answer) : undefined),
  });

  it("is ended by llama.cpp's server, by the name of the answer that goes on", async () => {
    const found = await ended(control({ success: true }));
    expect(found).toMatchObject({ could: true, later: false });
    expect(found.kinds).toEqual(["sent", "thought", "thoughtEnded", "answer", "done"]);
    const asked = server.requests.find(({ path }) => path.endsWith("/control"));
    expect(JSON.parse(asked?.text ?? "")).toEqual({ id: "chatcmpl-1", action: "reasoning_end" });
    expect(server.fields()[0]).toMatchObject({ reasoning_control: true });
  });

  it.each([
    ["it says that it cannot", control({ success: false, message: "not enabled" })],
    ["it is too old to know how", { owner: "llamacpp" }],
    ["no server of its kind does", { owner: "vllm" }],
  ])("is left to the caller where %s", async (_why, script) => {
    const found = await ended(script);
    expect(found.could).toBe(false);
    expect(found.kinds).toEqual(["sent", "thought", "answer", "done"]);
  });

  it("takes no hint in", async () => {
    expect((await ended(control({ success: true }), "hint")).could).toBe(false);
  });
});

describe("a gap that is filled in", () => {
  const gap = {
    ...{ model: "m", before: "a\n", after: "\nb", contextTokens: 4096 },
    ...{ maxTokens: 30, stop: ["\n"], likely: "x" },
  };
  const { signal } = new AbortController();

  it("is asked for by llama.cpp’s own request, at its root", async () => {
    const answer = {
      ...{ content: "    x = 1", tokens_evaluated: 9, tokens_predicted: 4 },
      timings: { prompt_ms: 20, predicted_ms: 30 },
    };
    const { server, model } = await askedOpenAi(
      {
        owner: "llamacpp",
        reply: ({ path }) => (path === "/infill" ? json(answer) : undefined),
      },
      { timing: fast },
    );
    expect((await model.describe("m")).capabilities).toContain("insert");
    expect(await model.infill(gap, signal)).toEqual({
      text: "    x = 1",
      metrics: { promptTokens: 9, answerTokens: 4, promptMs: 20, answerMs: 30 },
    });
    const { text } = await server.received("/infill");
    const sent = { model: "m", input_prefix: "a\n", input_suffix: "\nb", stop: ["\n"] };
    expect(JSON.parse(text)).toMatchObject({ ...sent, n_predict: 30, temperature: 0 });
  });

  it.each([
    [501, false],
    [503, true],
  ])("after the status %i the model is taken for one that fills gaps: %s", async (status, does) => {
    const { model } = await askedOpenAi(
      {
        owner: "llamacpp",
        reply: ({ path }) =>
          path === "/infill" ? json({ error: { message: "no" } }, status) : undefined,
      },
      { timing: fast },
    );
    await expect(model.infill(gap, signal)).rejects.toThrow();
    expect((await model.describe("m")).capabilities.includes("insert")).toBe(does);
  });

  it("is not known of other servers", async () => {
    const { model } = await askedOpenAi({ owner: "vllm" }, { timing: fast });
    expect((await model.describe("m")).capabilities).not.toContain("insert");
  });
});
