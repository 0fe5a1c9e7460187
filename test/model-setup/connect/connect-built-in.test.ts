import { renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { partialPath } from "../../../src/built-in-engine/models/download";
import { FailureError } from "../../../src/core/failure-error";
import { ggufFile } from "../../support/gguf-file";
import type { ScriptedModel } from "../../support/scripted-models";
import {
  chat,
  coder,
  type FakeEngine,
  failureFrom,
  gib,
  never,
  r1,
  thinks,
  World,
} from "./connector-world";

let world: World;
let engine: FakeEngine;
beforeEach(() => {
  world = new World();
  engine = world.engine();
});
afterEach(() => world.end());

const small: ScriptedModel = {
  name: "deepseek-r1-distill-qwen-1.5b",
  bytes: 10,
  capabilities: thinks,
};

/** A model that is downloaded and that the engine serves. */
function downloaded(model: ScriptedModel = small): void {
  world.modelFile(model.name);
  engine.models.push(model);
}

describe("who answers when both could", () => {
  it("Ollama does when it has a model", async () => {
    await world.daemon({ models: [r1] });
    world.agreed = true;
    downloaded();
    expect((await world.connect()).name).toBe(r1.name);
    expect(world.setup).toMatchObject({ kind: "ready", engine: "daemon" });
    expect(engine.starts).toBe(0);
  });

  it.each([
    ["nobody answers", async () => world.deadPort()],
    ["Ollama has no model", async () => world.daemon({ models: [] })],
    [
      "something else answers",
      async () =>
        world.daemon({
          reply: () => ({ steps: ["<html>"], headers: { "content-type": "text/html" } }),
        }),
    ],
  ])("the built-in engine does when %s", async (_title, prepare) => {
    await prepare();
    world.agreed = true;
    downloaded();
    const connection = await world.connect();
    expect(connection).toMatchObject({ name: small.name, local: true, think: true });
    expect(world.setup).toEqual({
      kind: "ready",
      endpoint: "built-in engine",
      model: small.name,
      engine: "builtin",
      local: true,
      locality: "thisMachine",
    });
    expect((await chat(connection)).at(-1)).toMatchObject({ kind: "done" });
  });

  it("a base model in the engine's folder is never chosen by itself, and it is said why", async () => {
    world.set({ engine: "builtin" });
    const base = { "general.architecture": "gemma3" };
    downloaded();
    ggufFile(world.modelFile("gemma3-270m"), base);
    const connector = world.newConnector(engine);
    expect((await connector.connect(never)).name).toBe(small.name);

    rmSync(world.modelFile(small.name));
    const alone = world.newConnector(engine);
    expect(await failureFrom(alone.connect(never))).toMatchObject({
      kind: "noChatModel",
      baseModel: "gemma3-270m",
    });
    expect(alone.setup).toMatchObject({
      kind: "failed",
      title: "gemma3-270m only goes on with text",
    });
  });

  it("only the engine does when the settings say so, without asking any daemon", async () => {
    const daemon = await world.daemon({ models: [r1] });
    world.set({ engine: "builtin" });
    downloaded();
    await world.connect();
    expect(world.setup).toMatchObject({ kind: "ready", engine: "builtin" });
    expect(daemon.requests).toEqual([]);
  });

  it("only Ollama does when the settings say so", async () => {
    await world.deadPort();
    world.set({ engine: "server" });
    world.agreed = true;
    downloaded();
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
    expect(world.setup).not.toHaveProperty("offer");
    expect(engine.starts).toBe(0);
  });

  it("a wished model that only the engine has comes from there", async () => {
    await world.daemon({ models: [r1] });
    world.set({ model: small.name });
    world.agreed = true;
    downloaded();
    expect((await world.connect()).name).toBe(small.name);
    expect(world.setup).toMatchObject({ kind: "ready", engine: "builtin" });
  });

  it("a wished model that neither has is not replaced by one that the engine has", async () => {
    await world.deadPort();
    world.set({ model: "qwen3:8b" });
    world.agreed = true;
    downloaded();
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
  });

  it("a refused cloud model is not replaced by one of the engine that has the same name", async () => {
    await world.daemon({ models: [{ name: "helper", remoteHost: "https://elsewhere" }] });
    world.set({ model: "helper" });
    world.agreed = true;
    downloaded({ name: "helper", bytes: 10 });
    expect(await world.refusal()).toMatchObject({
      kind: "cloudModelRefused",
      model: "helper:latest",
    });
  });
});

describe("the engine", () => {
  beforeEach(async () => {
    await world.deadPort();
    world.agreed = true;
  });

  it("is not started by a mere look, which still says that all is there", async () => {
    downloaded();
    expect(await world.connector.look(never)).toMatchObject({
      kind: "ready",
      engine: "builtin",
      model: small.name,
    });
    expect(engine.starts).toBe(0);
  });

  it("is asked nothing on the second click", async () => {
    downloaded();
    const first = await world.connect();
    const before = engine.daemon?.requests.length;
    expect(await world.connect()).toBe(first);
    expect(engine.daemon?.requests.length).toBe(before);
  });

  it("does not keep a click waiting for a daemon that went silent meanwhile", async () => {
    downloaded();
    const first = await world.connect();
    const port = Number(new URL(world.settings.endpoint).port);
    const silent = await world.daemon({ port, reply: () => ({ steps: [{ fault: "hang" }] }) });
    world.nowMs = 3_600_000;
    expect(await world.connect()).toBe(first);
    await silent.received("/api/version");
    expect(await world.connect()).toBe(first);
  });

  it("that crashed between two clicks is started again, and asked for the same window", async () => {
    downloaded();
    const first = await world.connect();
    await engine.kill();
    world.memoryBytes = 1 * gib;
    const second = await world.connect();
    expect(engine.starts).toBe(2);
    expect(second.contextTokens).toBe(first.contextTokens);
    expect((await chat(second)).at(-1)).toMatchObject({ kind: "done" });
  });

  it("that crashes in the middle of an answer is told as a crash, and the next click starts it again", async () => {
    downloaded();
    engine.script = {
      chat: () => {
        setTimeout(() => void engine.kill(), 20);
        return { answer: "one two three four", fault: "hangMidway" };
      },
    };
    expect(await failureFrom(chat(await world.connect()))).toEqual({
      kind: "engineCrashed",
      exit: "signal SIGKILL",
    });
    engine.script = {};
    expect((await chat(await world.connect())).at(-1)).toMatchObject({ kind: "done" });
  });

  it("lets a model think that was trained to, and not one that is only told to", async () => {
    downloaded({ name: "coder-1.5b", bytes: 10, capabilities: thinks });
    const info = { "thinkaloud.native_thinking": false };
    engine.script = {
      reply: ({ path }) =>
        path === "/api/show"
          ? { steps: [JSON.stringify({ capabilities: thinks, model_info: info })] }
          : undefined,
    };
    expect((await world.newConnector(engine).connect(never)).think).toBe(false);
    info["thinkaloud.native_thinking"] = true;
    expect((await world.newConnector(engine).connect(never)).think).toBe(true);
  });

  it("serves the file that the settings name before what was downloaded", async () => {
    downloaded();
    const modelFile = world.modelFile("my own model");
    engine.models.push({ name: "my own model", bytes: 10, capabilities: thinks });
    world.set({ modelFile });
    expect((await world.connect()).name).toMatch(/^my own model/);
  });

  it("says so when the file that the settings name is not there", async () => {
    downloaded();
    const modelFile = join(world.folder, "gone.gguf");
    world.set({ engine: "builtin", modelFile });
    expect(await world.refusal()).toMatchObject({
      kind: "modelFileUnreadable",
      path: modelFile,
    });
  });
});

describe("what one click would get", () => {
  it("engine and the R1 that suits the memory, where there is nothing", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
    expect(world.setup).toMatchObject({
      kind: "noDaemon",
      needsEngine: true,
      offer: { id: "deepseek-r1-0528-qwen3-8b", licence: "MIT" },
    });
    world.memoryBytes = 6 * gib;
    expect(await world.connector.look(never)).toMatchObject({
      offer: { id: "deepseek-r1-distill-qwen-1.5b" },
    });
  });

  it("the rest of a model, where a cancelled download left some of it", async () => {
    await world.deadPort();
    world.memoryBytes = 6 * gib;
    const file = world.modelFile(small.name, 5_000);
    renameSync(file, partialPath(file, "0123456789ab"));
    expect(await world.connector.look(never)).toMatchObject({
      offer: { id: small.name, begunBytes: 5_000 },
    });
  });

  it("nothing to fetch where all is here and only the person's word is missing", async () => {
    await world.deadPort();
    world.set({ modelFile: world.modelFile("mine") });
    downloaded();
    expect(await world.connector.look(never)).toMatchObject({
      kind: "noDaemon",
      needsEngine: false,
      offer: { id: "mine", downloadBytes: 0 },
    });
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
    expect(engine.starts).toBe(0);
  });

  it("a proper model where only a toy is here", async () => {
    await world.deadPort();
    world.modelFile("smollm2-135m");
    expect(await world.connector.look(never)).toMatchObject({
      offer: { id: "deepseek-r1-0528-qwen3-8b" },
    });
  });

  it("the wished model where the catalogue has it", async () => {
    world.set({ engine: "builtin", model: "coder-1.5b" });
    expect(await world.refusal()).toEqual({ kind: "modelMissing", model: "coder-1.5b" });
    expect(world.setup).toMatchObject({ kind: "failed", offer: { id: "coder-1.5b" } });
  });

  it("a model, where Ollama answers without one", async () => {
    const { endpoint } = await world.daemon({ models: [] });
    expect(await world.connector.look(never)).toMatchObject({
      kind: "noModel",
      endpoint,
      offer: { id: "deepseek-r1-0528-qwen3-8b" },
    });
  });
});

describe("the one click", () => {
  beforeEach(() => {
    world.agreed = true;
  });

  /** Fetching puts the file where the engine and the connector see it. */
  function pullable(model: ScriptedModel): void {
    engine.script = {
      reply: (request) => {
        if (request.path === "/api/pull") {
          engine.models.push(model);
          world.modelFile(model.name);
        }
        return undefined;
      },
    };
  }

  it("installs, fetches and shows how far it is", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    pullable(small);
    await world.connector.steps.useBuiltIn(small.name, never);
    expect(engine.installs).toBe(1);
    expect(world.setups).toContainEqual({ kind: "installing", what: "Installing the engine" });
    expect(world.setups).toContainEqual({
      kind: "installing",
      what: "Fetching DeepSeek R1 Distill Qwen 1.5B",
      done: 40,
      total: 100,
    });
    expect(world.setup).toMatchObject({ kind: "ready", engine: "builtin", model: small.name });
    expect((await world.connect()).name).toMatch(small.name);
  });

  it("leaves out what is here already", async () => {
    await world.deadPort();
    downloaded();
    await world.connector.steps.useBuiltIn(small.name, never);
    expect(engine.installs).toBe(0);
    expect(world.kinds()).not.toContain("installing");
    expect(world.setup.kind).toBe("ready");
  });

  it("can be cancelled while it installs, and what is missing is shown again", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    engine.installing = (signal) =>
      new Promise((_, reject) => signal.addEventListener("abort", () => reject(signal.reason)));
    const stop = new AbortController();
    const reason = new Error("enough");
    const working = world.connector.steps.useBuiltIn(small.name, stop.signal);
    working.catch(() => {});
    await expect.poll(() => world.setup.kind).toBe("installing");
    stop.abort(reason);
    await expect(working).rejects.toBe(reason);
    await expect.poll(() => world.setup).toMatchObject({ kind: "noDaemon", needsEngine: true });
  });

  it("can be cancelled while it fetches, which closes the connection to the engine", async () => {
    await world.deadPort();
    const layer = '{"status":"pulling 0","digest":"sha256:0","total":100,"completed":10}\n';
    engine.script = {
      at: { "/api/pull": [layer, { fault: "hang" }] },
    };
    const stop = new AbortController();
    const working = world.connector.steps
      .useBuiltIn(small.name, stop.signal)
      .catch((thrown: unknown) => thrown);
    await expect.poll(() => world.setup).toMatchObject({ kind: "installing", done: 10 });
    stop.abort("enough");
    expect(await working).toBe("enough");
    const pull = await engine.daemon?.received("/api/pull");
    expect(await pull?.over).toBe("clientLeft");
  });

  it("shows progress undisturbed by looks that happen meanwhile", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    let finish = (): void => {};
    engine.installing = () => new Promise((resolve) => (finish = resolve));
    pullable(small);
    const working = world.connector.steps.useBuiltIn(small.name, never);
    await expect.poll(() => world.setup.kind).toBe("installing");
    expect(await world.refusal()).toMatchObject({ kind: "daemonUnreachable" });
    expect(world.setup.kind).toBe("installing");
    finish();
    await working;
    expect(world.setup.kind).toBe("ready");
  });

  it("clicked twice does the work once", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    pullable(small);
    await Promise.all([
      world.connector.steps.useBuiltIn(small.name, never),
      world.connector.steps.useBuiltIn(small.name, never),
    ]);
    expect(engine.installs).toBe(1);
    expect(engine.daemon?.requests.filter((one) => one.path === "/api/pull")).toHaveLength(1);
  });

  it("that fails says why, and offers the same again", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    engine.installing = async () => {
      throw new FailureError({ kind: "diskFull", path: "/x" });
    };
    expect(await failureFrom(world.connector.steps.useBuiltIn(small.name, never))).toEqual({
      kind: "diskFull",
      path: "/x",
    });
    expect(world.setup).toMatchObject({
      kind: "failed",
      offer: { id: "deepseek-r1-0528-qwen3-8b" },
    });
  });

  it("where the model hub cannot be reached the next offer is a model that a package index has", async () => {
    await world.deadPort();
    engine.isInstalled = false;
    engine.installing = async () => {
      throw new FailureError({ kind: "downloadFailed", what: "model", cause: "ENOTFOUND" });
    };
    await failureFrom(world.connector.steps.useBuiltIn(small.name, never));
    expect(world.setup).toMatchObject({ kind: "failed", offer: { id: "coder-1.5b" } });
  });

  it("without an engine in the build there is none to use", async () => {
    await world.daemon({ models: [coder] });
    expect(
      await failureFrom(world.newConnector().steps.useBuiltIn(small.name, never)),
    ).toMatchObject({
      kind: "engineNotInstalled",
    });
  });
});
