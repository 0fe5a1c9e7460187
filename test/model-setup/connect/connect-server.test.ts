import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Endpoint } from "../../../src/model-setup/settings/endpoints";
import { startFakeDaemon } from "../../support/fake-daemon";
import {
  type FakeOpenAiServer,
  json,
  type OpenAiScript,
  startFakeOpenAiServer,
} from "../../support/fake-openai-server";
import { chat, failureFrom, never, r1, World } from "./connector-world";

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.end());

/** A server that the settings name and choose. */
async function team(script: OpenAiScript = {}): Promise<FakeOpenAiServer> {
  const server = await startFakeOpenAiServer(script);
  world.onEnd(() => server.close());
  choose({ name: "team", address: server.endpoint, kind: "openai" });
  return server;
}

function choose(entry: Endpoint): void {
  world.set({ endpoint: entry.name, endpoints: [entry] });
}

describe("a server that the person named", () => {
  it("answers, with the window that it gives the model", async () => {
    const server = await team({ models: ["qwen3-8b"], listed: { max_model_len: 16384 } });
    const connection = await world.connect();
    expect(connection).toMatchObject({ name: "qwen3-8b", contextTokens: 16384, think: true });
    expect((await chat(connection)).at(-1)).toMatchObject({ kind: "done" });
    expect(world.setup).toEqual({
      kind: "ready",
      endpoint: server.endpoint,
      model: "qwen3-8b",
      engine: "server",
      server: "team",
      local: true,
      locality: "thisMachine",
    });
  });

  it("is waited for while it loads its model, which is shown, and the wait can be left", async () => {
    let loads = true;
    const error = { message: "Loading model", type: "unavailable_error", code: 503 };
    const server = await team({
      reply: () => (loads ? json({ error }, 503) : undefined),
      models: ["qwen3-8b"],
    });
    const shown: unknown[] = [];
    const waits = new Promise<void>((resolve) => {
      world.connector.onSetup((setup) => {
        shown.push(setup);
        if (setup.kind === "installing") resolve();
      });
    });
    const stop = new AbortController();
    const left = world.connector.connect(stop.signal);
    await waits;
    stop.abort(new Error("enough"));
    await expect(left).rejects.toThrow("enough");
    const stays = world.connect();
    loads = false;
    expect((await stays).name).toBe("qwen3-8b");
    expect(shown).toContainEqual({
      kind: "installing",
      what: "Waiting until team has loaded its model",
    });
    expect(world.setup).toMatchObject({ kind: "ready", endpoint: server.endpoint });
  });

  it("that is busy for another reason is not waited for", async () => {
    await team({ reply: () => json({ error: { message: "no slot" } }, 503) });
    expect(await world.refusal()).toEqual({ kind: "serverBusy", server: "team" });
  });

  it("is not asked for more than it can read, whatever the settings say", async () => {
    await team({ listed: { max_model_len: 4096 } });
    world.set({ contextTokens: 32768 });
    expect((await world.connect()).contextTokens).toBe(4096);
  });

  it("is not asked for a base model, for which llama.cpp puts a template of its own, unless it is named", async () => {
    // As the server tells of Google's Gemma 3 270M.
    const chatTemplate =
      "{%- for message in messages -%}\n  {{- '<|im_start|>' + message.role + '\n' + message.content" +
      " + '<|im_end|>\n' -}}\n{%- endfor -%}\n{%- if add_generation_prompt -%}\n" +
      "  {{- '<|im_start|>assistant\n' -}}\n{%- endif -%}";
    const props = { chat_template: chatTemplate, eos_token: "<eos>" };
    const script = { owner: "llamacpp", models: ["/models/gemma3-270m.gguf"], props };
    await team(script);
    const baseModel = "/models/gemma3-270m.gguf";
    expect(await failureFrom(world.newConnector().connect(never))).toMatchObject({
      kind: "noChatModel",
      baseModel,
    });
    world.set({ model: baseModel });
    const connector = world.newConnector();
    expect((await connector.connect(never)).name).toBe(baseModel);
    expect(connector.setup).toMatchObject({
      warnings: [expect.stringMatching(/base model, or its template was not/)],
    });
    world.set({ model: "" });
    await team({ ...script, props: { ...props, eos_token: "<|im_end|>" } });
    expect((await world.newConnector().connect(never)).name).toBe(baseModel);
  });

  it("has the model that was wished for, or says that it has not", async () => {
    await team({ models: ["a", "b"] });
    world.set({ model: "b" });
    expect((await world.newConnector().connect(never)).name).toBe("b");
    world.set({ model: "c" });
    expect(await failureFrom(world.newConnector().connect(never))).toEqual({
      kind: "modelMissing",
      model: "c",
      server: "team",
    });
  });

  it("is called by its name in what fails, in the search and in the answer", async () => {
    const server = await team({ chat: () => json({ error: { message: "CUDA error" } }, 500) });
    const connection = await world.connect();
    expect(await failureFrom(chat(connection))).toMatchObject({
      kind: "serverError",
      server: "team",
    });
    await server.close();
    expect(await world.connector.look(never)).toMatchObject({
      kind: "failed",
      title: "team does not answer",
    });
  });

  it("gets the key that was entered for its address, and nobody else does", async () => {
    const server = await team();
    const asked: string[] = [];
    const credentials = async (endpoint: string) => {
      asked.push(endpoint);
      return endpoint === server.endpoint ? "Bearer sk-1" : undefined;
    };
    await chat(await world.newConnector(undefined, { credentials }).connect(never));
    expect(new Set(asked)).toEqual(new Set([server.endpoint]));
    expect(server.requests.map(({ headers }) => headers.authorization)).toEqual(
      server.requests.map(() => "Bearer sk-1"),
    );
  });

  it("that wants a key says so, with a button for it", async () => {
    const server = await team({ reply: () => json({ error: "Unauthorized" }, 401) });
    expect(await world.connector.look(never)).toMatchObject({
      kind: "failed",
      title: "team wants a key",
      credentialsFor: server.endpoint,
    });
  });

  it("is stood in for by the built-in engine once the person agreed to that", async () => {
    const server = await team();
    await server.close();
    world.agreed = true;
    world.modelFile("small-model", 10);
    const connector = world.newConnector(world.engine());
    expect(await connector.look(never)).toMatchObject({ kind: "ready", engine: "builtin" });
  });

  it("may be another Ollama", async () => {
    const daemon = await startFakeDaemon({ models: [r1] });
    world.onEnd(() => daemon.close());
    choose({ name: "box", address: daemon.endpoint, kind: "ollama" });
    expect((await world.connect()).name).toBe(r1.name);
    expect(world.setup).toMatchObject({ engine: "daemon", server: "box" });
  });
});

describe("the policy of the machine", () => {
  const policy = { reach: "loopback", allow: [], cloudModels: "never" } as const;

  it("keeps every request from an address that it does not allow", async () => {
    choose({ name: "far", address: "http://192.0.2.1:8000/v1", kind: "openai" });
    world.set({ policy });
    const forbidden = { kind: "policyForbids", what: "http://192.0.2.1:8000/v1", rule: "loopback" };
    expect(await world.refusal()).toEqual(forbidden);
    expect(await failureFrom(world.connector.servers.at(world.connector.servers.chosen))).toEqual(
      forbidden,
    );
    expect(
      await failureFrom(world.connector.servers.detect("http://192.0.2.1:8000", never)),
    ).toMatchObject({ kind: "policyForbids" });
  });

  it("lets no cloud model be asked, whatever was agreed to before", async () => {
    const cloud = { name: "gpt-oss:120b-cloud", remoteHost: "https://ollama.com:443" };
    await world.daemon({ models: [cloud, r1] });
    world.set({ policy, model: cloud.name });
    expect(await world.refusal()).toEqual({
      kind: "policyForbids",
      what: cloud.name,
      rule: "cloudModels",
    });
  });
});

describe("what answers at an address", () => {
  it("is found out: a server of OpenAI's API, with or without the version in the address", async () => {
    const server = await team();
    const root = server.endpoint.replace(/\/v1$/, "");
    for (const text of [server.endpoint, root, `${root}/v1/chat/completions`])
      expect(await world.newConnector().servers.detect(text, never)).toEqual({
        kind: "openai",
        address: { endpoint: server.endpoint },
      });
  });

  it("is Ollama where both are spoken, which tells more in its own way", async () => {
    const list = { data: [{ id: r1.name, owned_by: "library" }] };
    const daemon = await world.daemon({
      models: [r1],
      reply: ({ path }) => (path === "/v1/models" ? json(list) : undefined),
    });
    expect(await world.connector.servers.detect(`${daemon.endpoint}/v1`, never)).toEqual({
      kind: "ollama",
      address: { endpoint: daemon.endpoint },
    });
  });

  it("wants a key first, which is said of it by its host", async () => {
    const server = await team({
      reply: ({ path }) => (path === "/v1/models" ? json({ error: "key" }, 401) : json({}, 404)),
    });
    expect(await failureFrom(world.connector.servers.detect(server.endpoint, never))).toEqual({
      kind: "credentialsWanted",
      endpoint: server.endpoint,
      refused: false,
      server: new URL(server.endpoint).host,
    });
  });

  it("is nothing, which is said of whom most people mean", async () => {
    const port = await world.deadPort();
    const failure = await failureFrom(world.connector.servers.detect(`127.0.0.1:${port}`, never));
    expect(failure).toMatchObject({ kind: "daemonUnreachable" });
    expect(failure).not.toHaveProperty("server");
  });
});
