import { chmodSync, readFileSync, writeFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Setup } from "../../../src/protocol/setup";
import { listening } from "../../support/loopback";
import type { ScriptedModel } from "../../support/scripted-models";
import { chat, coder, failureFrom, gib, never, r1, thinks, World } from "./connector-world";

let world: World;
beforeEach(() => {
  world = new World();
});
afterEach(() => world.end());

const cloud: ScriptedModel = {
  name: "gpt-oss:120b-cloud",
  capabilities: thinks,
  bytes: 384,
  remoteHost: "https://ollama.com:443",
};

describe("a daemon with models", () => {
  it("gives the best model with all that a request needs, and says that it is ready", async () => {
    const daemon = await world.daemon({ models: [coder, r1] });
    const connection = await world.connect();
    expect(connection).toMatchObject({
      name: "deepseek-r1:1.5b",
      local: true,
      contextTokens: 8192,
      think: true,
      keepAlive: "10m",
      allowedCloudModels: [],
    });
    expect(world.setups).toEqual([
      { kind: "looking", endpoint: daemon.endpoint },
      {
        kind: "ready",
        endpoint: daemon.endpoint,
        model: "deepseek-r1:1.5b",
        engine: "daemon",
        server: "Ollama",
        local: true,
        locality: "thisMachine",
      },
    ] satisfies Setup[]);
    expect((await chat(connection)).at(-1)).toMatchObject({ kind: "done" });
  });

  it("gives the next one when the best turns out to give one number instead of words", async () => {
    const ranker = { name: "nobody-knows:8b", bytes: 5e9, measures: { "qwen2.pooling_type": 4 } };
    await world.daemon({ models: [ranker, coder] });
    expect((await world.newConnector().connect(never)).name).toBe(coder.name);
    world.set({ model: ranker.name });
    expect((await world.newConnector().connect(never)).name).toBe(ranker.name);
  });

  it("never gives a model that nothing says how to talk to, unless it is named", async () => {
    const raw = { name: "imported:latest", bytes: 5e9, template: "{{ .Prompt }}" };
    const models: ScriptedModel[] = [raw];
    await world.daemon({ models });
    const connector = world.newConnector();
    expect(await failureFrom(connector.connect(never))).toMatchObject({
      kind: "noChatModel",
      baseModel: raw.name,
    });
    expect(connector.setup).toMatchObject({
      kind: "failed",
      title: "imported:latest only goes on with text",
    });
    world.set({ model: raw.name });
    expect((await connector.connect(never)).name).toBe(raw.name);
    expect(connector.setup).toMatchObject({
      kind: "ready",
      warnings: [expect.stringMatching(/^imported:latest .*base model, or its template was not/)],
    });
    world.set({ model: "" });
    models.push({
      ...raw,
      name: "also-imported:latest",
      bytes: 6e9,
      measures: { "tokenizer.chat_template": "{% for m in messages %}" },
    });
    expect((await world.newConnector().connect(never)).name).toBe("also-imported:latest");
    models.push({ ...coder, bytes: 7e9 });
    expect((await world.newConnector().connect(never)).name).toBe(coder.name);
  });

  it("says that there is none to chat with when all that is there gives numbers", async () => {
    await world.daemon({
      models: [{ name: "nobody-knows:8b", measures: { "qwen2.pooling_type": 3 } }],
    });
    expect(await world.refusal()).toMatchObject({ kind: "noChatModel" });
  });

  it("is asked nothing at all on the second click", async () => {
    const daemon = await world.daemon({ models: [r1] });
    const first = await world.connect();
    const before = daemon.requests.length;
    expect(await world.connect()).toBe(first);
    expect(daemon.requests.length).toBe(before);
  });

  it("is looked at again behind a later click, which still waits for nothing", async () => {
    const models = [coder];
    const daemon = await world.daemon({ models });
    await world.connect();
    models.push(r1);
    world.nowMs = 10_000;
    expect((await world.connect()).name).toBe("coder:latest");
    await expect.poll(() => world.setup).toMatchObject({ model: "deepseek-r1:1.5b" });
    const before = daemon.requests.length;
    expect((await world.connect()).name).toBe("deepseek-r1:1.5b");
    expect(daemon.requests.length).toBe(before);
  });

  it("is asked anew after a while, so that a model removed meanwhile is not asked for", async () => {
    const models = [r1, coder];
    await world.daemon({ models });
    expect((await world.connect()).name).toBe("deepseek-r1:1.5b");
    models.shift();
    world.nowMs = 60_000;
    expect((await world.connect()).name).toBe("coder:latest");
  });

  it("a model that is gone when it is asked leads the next click to another", async () => {
    const models = [r1, coder];
    await world.daemon({ models });
    const connection = await world.connect();
    models.shift();
    expect(await failureFrom(chat(connection))).toEqual({
      kind: "modelMissing",
      model: "deepseek-r1:1.5b",
    });
    const next = await world.connect();
    expect(next.name).toBe("coder:latest");
    expect((await chat(next)).at(-1)).toMatchObject({ kind: "done" });
  });

  it("a changed setting counts from the next click on", async () => {
    await world.daemon({ models: [r1, coder] });
    await world.connect();
    world.set({ model: "coder", keepAlive: "-1", contextTokens: 5000 });
    expect(await world.connect()).toMatchObject({
      name: "coder:latest",
      think: false,
      keepAlive: "-1",
      contextTokens: 5000,
    });
  });

  it("thinking is left off when the person says so", async () => {
    await world.daemon({ models: [r1] });
    world.set({ thinking: "off" });
    expect((await world.connect()).think).toBe(false);
  });

  it("clicks at the same time share one look", async () => {
    const daemon = await world.daemon({ models: [r1] });
    const [a, b] = await Promise.all([world.connect(), world.connect(), world.connect()]);
    expect(a).toBe(b);
    expect(daemon.requests.filter((one) => one.path === "/api/tags")).toHaveLength(1);
  });

  it("one of them stopping leaves the others their answer", async () => {
    await world.daemon({
      models: [r1],
      reply: (request) =>
        request.path === "/api/version"
          ? { headersAfterMs: 100, steps: ['{"version":"1.0.0"}'] }
          : undefined,
    });
    const stop = new AbortController();
    const reason = new Error("enough");
    const stopped = world.connector.connect(stop.signal);
    const patient = world.connect();
    stop.abort(reason);
    await expect(stopped).rejects.toBe(reason);
    expect((await patient).name).toBe("deepseek-r1:1.5b");
  });
});

describe("the window of a model", () => {
  it("is what it is loaded with, so that nothing loads anew", async () => {
    await world.daemon({
      models: [r1],
      at: {
        "/api/ps": ['{"models":[{"name":"deepseek-r1:1.5b","size":1,"context_length":6144}]}'],
      },
    });
    expect((await world.connect()).contextTokens).toBe(6144);
  });

  it("stays the same for the session, whatever is free or loaded later", async () => {
    const daemon = await world.daemon({ models: [r1] });
    const { contextTokens } = await world.connect();
    world.memoryBytes = 3 * gib;
    await fetch(`${daemon.endpoint}/api/chat`, {
      method: "POST",
      body: JSON.stringify({ model: r1.name, options: { num_ctx: 12_345 } }),
    });
    await world.connector.look(never);
    expect((await world.connect()).contextTokens).toBe(contextTokens);
  });

  it("gets smaller after the model ran out of memory with it", async () => {
    await world.daemon({
      models: [r1],
      chat: () => ({
        status: 500,
        steps: ['{"error":"llama-server reported out-of-memory during startup: x"}'],
      }),
    });
    const connection = await world.connect();
    expect(await failureFrom(chat(connection))).toMatchObject({ kind: "outOfMemory" });
    expect((await world.connect()).contextTokens).toBe(4096);
    expect(connection.contextTokens).toBe(8192);
  });
});

describe("a daemon with nothing to offer", () => {
  it.each([
    ["an empty list", []],
    ["no list", null],
    ["only an embedding model", [{ name: "nomic-embed-text", capabilities: ["embedding"] }]],
    ["only a cloud model", [{ name: cloud.name, remote_host: cloud.remoteHost, size: 384 }]],
  ])(
    "%s means that there is no model to chat with, and says which one to pull",
    async (_title, models) => {
      const daemon = await world.daemon({
        at: { "/api/tags": [JSON.stringify({ models })] },
      });
      expect(await world.refusal()).toEqual({ kind: "noChatModel", endpoint: daemon.endpoint });
      expect(world.setup).toEqual({
        kind: "noModel",
        endpoint: daemon.endpoint,
        suggestion: "deepseek-r1:8b",
      });
      expect(daemon.requests.some((one) => one.path === "/api/show")).toBe(false);
    },
  );

  it("little memory suggests the small R1", async () => {
    await world.daemon({ models: [] });
    world.memoryBytes = 8 * gib;
    expect(await world.connector.look(never)).toMatchObject({
      kind: "noModel",
      suggestion: "deepseek-r1:1.5b",
    });
  });

  it("a wished model that is not there is missing, and no other is taken", async () => {
    await world.daemon({ models: [r1] });
    world.set({ model: "qwen3:8b" });
    expect(await world.refusal()).toEqual({ kind: "modelMissing", model: "qwen3:8b" });
    expect(world.setup.kind).toBe("failed");
  });

  it("pulling the suggestion shows how far it is and ends ready", async () => {
    const models: ScriptedModel[] = [];
    const daemon = await world.daemon({
      models,
      reply: (request) => {
        if (request.path === "/api/pull") models.push(r1);
        return undefined;
      },
    });
    await world.connector.look(never);
    await world.connector.steps.pullIntoOllama(r1.name, never);
    expect(world.setups).toContainEqual({
      kind: "installing",
      what: "Fetching deepseek-r1:1.5b",
      done: 40,
      total: 100,
    });
    expect(world.setup).toMatchObject({
      kind: "ready",
      model: r1.name,
      endpoint: daemon.endpoint,
    });
  });
});

describe("a name to fetch", () => {
  it("that is none, or has fetched from a host nobody agreed to, is refused before the daemon hears of it", async () => {
    const daemon = await world.daemon({ models: [r1] });
    await world.connector.look(never);
    for (const [name, failure] of [
      ["http://evil.example/a", { kind: "pullRefused", model: "http://evil.example/a" }],
      ["evil.example/a/b", { kind: "pullRefused", host: "evil.example" }],
      ["gpt-oss:120b-cloud", { kind: "cloudModelRefused" }],
    ] as const)
      expect(
        await failureFrom(world.connector.steps.pullIntoOllama(name, never)),
        name,
      ).toMatchObject(failure);
    world.set({ policy: { reach: "any", allow: [], cloudModels: "never" } });
    expect(
      await failureFrom(world.connector.steps.pullIntoOllama("gpt-oss:120b-cloud", never)),
    ).toMatchObject({ kind: "policyForbids", what: "gpt-oss:120b-cloud", rule: "cloudModels" });
    expect(daemon.requests.filter(({ path }) => path === "/api/pull")).toEqual([]);
    await world.connector.steps
      .pullIntoOllama("evil.example/a/b", never, "evil.example")
      .catch(() => {});
    expect(daemon.requests.filter(({ path }) => path === "/api/pull")).toHaveLength(1);
  });
});

describe("a download", () => {
  it("that is asked for while another goes on has its turn when that is over", async () => {
    const daemon = await world.daemon({ models: [r1] });
    const { steps } = world.connector;
    const asked = ["qwen3:8b", "qwen3:14b"].map((name) => steps.pullIntoOllama(name, never));
    await Promise.allSettled(asked);
    const fetched = daemon.requests.filter(({ path }) => path === "/api/pull");
    expect(fetched.map(({ body }) => body)).toMatchObject([
      { name: "qwen3:8b" },
      { name: "qwen3:14b" },
    ]);
  });

  it("that fails leaves the model that answers named", async () => {
    await world.daemon({
      models: [r1],
      at: { "/api/pull": ['{"status":"pulling manifest"}\n', '{"error":"no such host"}\n'] },
    });
    await world.connector.look(never);
    const failure = await failureFrom(world.connector.steps.pullIntoOllama("qwen3:8b", never));
    expect(failure).toMatchObject({ kind: "downloadFailed", what: "qwen3:8b" });
    expect(world.setup).toMatchObject({
      kind: "failed",
      title: "qwen3:8b could not be downloaded",
      ready: { model: r1.name },
    });
  });

  it("names the model that answers meanwhile, also in a window that has just opened", async () => {
    const daemon = await world.daemon({
      models: [r1],
      at: { "/api/pull": ['{"status":"pulling manifest"}\n', { fault: "hang" }] },
    });
    const stop = new AbortController();
    const pulling = world.connector.steps.pullIntoOllama("qwen3:8b", stop.signal).catch(() => {});
    await world.connector.look(never);
    expect(world.setup).toMatchObject({
      kind: "installing",
      what: "Fetching qwen3:8b",
      ready: { model: r1.name, endpoint: daemon.endpoint },
    });
    expect((await world.connector.offered(never)).map(({ name }) => name)).toEqual([r1.name]);
    stop.abort();
    await pulling;
    await expect.poll(() => world.setup).toMatchObject({ kind: "ready", model: r1.name });
  });

  it("that does not fit on the disk ends as soon as its size is known, before it fills it", async () => {
    const layer = { status: "pulling 000000000000", digest: "sha256:0", total: 2 ** 60 };
    const lines = [{ status: "pulling manifest" }, layer, { ...layer, completed: 100 }];
    const daemon = await world.daemon({
      models: [r1],
      at: { "/api/pull": [...lines.map((line) => `${JSON.stringify(line)}\n`), { fault: "hang" }] },
    });
    const failure = await failureFrom(world.connector.steps.pullIntoOllama("qwen3:8b", never));
    expect(failure).toMatchObject({ kind: "diskFull", neededBytes: 2 ** 60 });
    expect(await (await daemon.received("/api/pull")).over).toBe("clientLeft");
  });
});

describe("the models of a daemon", () => {
  it("are deleted, unloaded and kept warm by name, with the window that requests ask for", async () => {
    const daemon = await world.daemon({
      models: [r1],
      at: { "/api/delete": [] },
    });
    await world.connector.keepWarm(never);
    const { contextTokens } = await world.connect();
    expect(daemon.chats().at(-1)?.body).toMatchObject({
      model: r1.name,
      messages: [],
      keep_alive: -1,
      options: { num_ctx: contextTokens },
    });
    const ollama = await world.connector.servers.atOllama();
    expect((await ollama.loaded(never)).map(({ name }) => name)).toEqual([r1.name]);
    await ollama.unload(r1.name, never);
    expect(daemon.chats().at(-1)?.body).toMatchObject({ keep_alive: 0 });
    await ollama.remove(r1.name, never);
    const deletion = daemon.requests.find(({ path }) => path === "/api/delete");
    expect([deletion?.method, deletion?.body]).toEqual(["DELETE", { model: r1.name }]);
  });
});

describe("a release with a known hole", () => {
  it("is used, and the person is told what to do about it", async () => {
    await world.daemon({ version: "0.16.0", models: [r1] });
    await world.connect();
    const { setup } = world;
    const warnings = setup.kind === "ready" ? setup.warnings : [];
    expect(warnings).toHaveLength(1);
    expect(warnings?.[0]).toContain("CVE-2026-7482");
    expect(warnings?.[0]).toContain("0.17.1");
  });
});

describe("a model that runs off this machine", () => {
  it.each(["gpt-oss:120b-cloud", "helper"])(
    "%s is refused by name before anything about it is sent",
    async (name) => {
      const daemon = await world.daemon({
        models: [cloud, { ...cloud, name: "helper:latest" }, r1],
      });
      world.set({ model: name });
      expect(await world.refusal()).toMatchObject({
        kind: "cloudModelRefused",
        host: "https://ollama.com:443",
      });
      expect(daemon.requests.every((one) => !one.text.includes(name))).toBe(true);
    },
  );

  it("is also refused where only its details tell", async () => {
    const daemon = await world.daemon({
      models: [{ name: "alias", remoteHost: "https://elsewhere" }],
      reply: ({ path }) =>
        path === "/api/tags"
          ? {
              steps: [
                '{"models":[{"name":"alias:latest","size":5,"capabilities":["completion"]}]}',
              ],
            }
          : undefined,
    });
    expect(await world.refusal()).toMatchObject({
      kind: "cloudModelRefused",
      model: "alias:latest",
    });
    expect(daemon.chats()).toEqual([]);
  });

  it("is not offered to be allowed where the daemon's cloud is turned off", async () => {
    await world.daemon({
      models: [cloud],
      at: { "/api/status": ['{"cloud":{"disabled":true,"source":"env"}}'] },
    });
    world.set({ model: cloud.name });
    expect(await world.refusal()).toMatchObject({
      kind: "cloudModelRefused",
      turnedOff: true,
    });
  });

  it("is taken once it is allowed", async () => {
    await world.daemon({ models: [cloud] });
    world.set({ model: cloud.name, allowedCloudModels: [cloud.name] });
    expect(await world.connect()).toMatchObject({
      name: cloud.name,
      allowedCloudModels: [cloud.name],
    });
  });
});

describe("no daemon", () => {
  it("a dead port is told at once", async () => {
    await world.deadPort();
    expect(await world.refusal()).toMatchObject({
      kind: "daemonUnreachable",
      cause: "ECONNREFUSED",
    });
    expect(world.setup).toEqual({
      kind: "noDaemon",
      endpoint: world.settings.endpoint,
      needsEngine: false,
    });
  });

  it("a port that hangs is given up, and a stop does not wait for that", async () => {
    const waitedMs = 15_000;
    const sockets: Socket[] = [];
    const server = createServer((socket) => {
      sockets.push(socket);
      // Who hangs is waited for by a clock that stands still but for this.
      void vi.advanceTimersByTimeAsync(waitedMs);
    });
    const port = await listening(server);
    world.onEnd(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    world.set({
      endpoint: `127.0.0.1:${port}`,
    });
    const stop = new AbortController();
    vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
    try {
      const stopped = world.connector.connect(stop.signal).catch((thrown: unknown) => thrown);
      stop.abort("enough");
      expect(await stopped).toBe("enough");
      expect(await world.refusal()).toMatchObject({
        kind: "daemonUnreachable",
        cause: expect.stringContaining("no answer in 15 s"),
      });
    } finally {
      vi.useRealTimers();
    }
  });

  it.each([
    [
      "another service",
      { steps: ["<html>"], headers: { "content-type": "text/html" } },
      "notADaemon",
    ],
    ["a forbidding daemon", { status: 403, steps: [] }, "forbidden"],
  ])("%s is told as what it is", async (_title, reply, kind) => {
    await world.daemon({ reply: () => reply });
    expect(await world.refusal()).toMatchObject({ kind });
    expect(world.setup).toMatchObject({
      kind: "failed",
      title: expect.stringMatching(/./),
      remedy: expect.stringMatching(/./),
    });
  });

  describe("behind a user name and a password", () => {
    const right = `Basic ${Buffer.from("me:se@cret").toString("base64")}`;
    const guarded = async (): Promise<string> => {
      const { endpoint } = await world.daemon({
        models: [r1],
        reply: ({ headers }) =>
          headers.authorization === right
            ? undefined
            : {
                status: 401,
                headers: { "www-authenticate": 'Basic realm="box"' },
                steps: ["<html>401</html>"],
              },
      });
      return endpoint;
    };
    const withUser = (endpoint: string, user: string): string =>
      endpoint.replace("//", `//${user}@`);

    it.each([
      ["none", (endpoint: string) => endpoint, false],
      ["wrong ones", (endpoint: string) => withUser(endpoint, "me:wrong"), true],
    ])("is told as such with %s", async (_what, address, refused) => {
      const endpoint = await guarded();
      world.set({ endpoint: address(endpoint) });
      expect(await world.refusal()).toEqual({ kind: "credentialsWanted", endpoint, refused });
      expect(world.setup).toMatchObject({ kind: "failed", credentialsFor: endpoint });
    });

    it("answers to those in the address, which are shown and logged nowhere", async () => {
      const endpoint = await guarded();
      const logged: string[] = [];
      const note = (message: string): void => void logged.push(message);
      world.set({ endpoint: withUser(endpoint, "me:se%40cret") });
      const connector = world.newConnector(undefined, {
        log: { debug: note, info: note, warn: note, error: note },
      });
      const connection = await connector.connect(never);
      expect(await chat(connection)).toContainEqual(expect.objectContaining({ kind: "done" }));
      expect(connection.model.endpoint).toBe(endpoint);
      expect(JSON.stringify([world.setups, logged])).not.toMatch(/cret/);
    });

    it("answers to those that the person entered, before those in the address", async () => {
      const endpoint = await guarded();
      world.set({ endpoint: withUser(endpoint, "me:wrong") });
      const asked: string[] = [];
      const credentials = async (where: string): Promise<string> => {
        asked.push(where);
        return right;
      };
      const connection = await world.newConnector(undefined, { credentials }).connect(never);
      expect(connection.name).toBe(r1.name);
      expect(new Set(asked)).toEqual(new Set([endpoint]));
    });

    it("is not passed over for the built-in engine", async () => {
      await guarded();
      world.agreed = true;
      const engine = world.engine();
      world.modelFile("other");
      expect(await world.refusal()).toMatchObject({ kind: "credentialsWanted" });
      expect(engine.starts).toBe(0);
    });
  });

  it("an address that cannot be is told as such", async () => {
    world.set({ endpoint: "http:/user:secret@box" });
    expect(await world.refusal()).toMatchObject({ kind: "invalidEndpoint" });
    expect(JSON.stringify(world.setups.at(-1))).not.toContain("secret");
  });

  it("a daemon that dies between two clicks is noticed, and found again when it is back", async () => {
    const daemon = await world.daemon({ models: [r1] });
    const connection = await world.connect();
    await daemon.close();
    expect(await failureFrom(chat(connection))).toMatchObject({ kind: "daemonUnreachable" });
    await expect.poll(() => world.setup.kind).toBe("noDaemon");
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
    const port = Number(new URL(daemon.endpoint).port);
    await world.daemon({ models: [r1], port });
    expect((await world.connect()).name).toBe(r1.name);
    expect(world.setup.kind).toBe("ready");
  });

  it("after the end nothing is told any more, and nobody waits", async () => {
    const daemon = await world.daemon({ reply: () => ({ steps: [{ fault: "hang" }] }) });
    const connecting = world.connect().catch((thrown: unknown) => thrown);
    await daemon.received("/api/version");
    await world.connector.dispose();
    expect(await connecting).toMatchObject({ name: "AbortError" });
    expect(world.kinds()).toEqual(["looking"]);
  });
});

describe.skipIf(process.platform === "win32")("an installed Ollama that does not run", () => {
  let pids: string;

  async function install(): Promise<void> {
    await world.deadPort();
    pids = join(world.folder, "pid");
    const file = join(world.folder, "ollama");
    const models = JSON.stringify({
      models: [{ name: r1.name, size: r1.bytes, capabilities: thinks }],
    });
    const script = `require("node:fs").appendFileSync(${JSON.stringify(pids)}, process.pid + "\\n");
      const answers = { "/api/version": '{"version":"0.24.0"}', "/api/tags": ${JSON.stringify(models)}, "/api/ps": '{"models":[]}', "/api/show": '{"capabilities":["completion","thinking"]}' };
      require("node:http").createServer((request, response) => response.end(answers[request.url])).listen(Number(process.env.OLLAMA_HOST.split(":")[1]), "127.0.0.1");`;
    writeFileSync(file, `#!${process.execPath}\n${script}`);
    chmodSync(file, 0o755);
    world.path = world.folder;
    world.onEnd(() => {
      for (const pid of startedPids()) process.kill(pid);
    });
  }

  function startedPids(): number[] {
    try {
      return readFileSync(pids, "utf8").trim().split("\n").map(Number);
    } catch {
      return [];
    }
  }

  it("is offered to be started, and not started unasked", async () => {
    await install();
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
    expect(world.setup).toMatchObject({ kind: "noDaemon", canStart: true });
    expect(startedPids()).toEqual([]);
  });

  it("is started by its own button, which shows it", async () => {
    await install();
    await world.connector.steps.startOllama(never);
    expect(world.setups).toContainEqual({ kind: "installing", what: "Starting Ollama" });
    expect(world.setup).toMatchObject({ kind: "ready", model: r1.name });
  });
});
