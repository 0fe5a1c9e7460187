import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { FailureError, failureOf } from "../../../src/core/failure-error";
import { silentLog } from "../../../src/core/log";
import type { Connection } from "../../../src/core/model/connection";
import type { ModelEvent } from "../../../src/core/model/language-model";
import { Connector } from "../../../src/model-setup/connect/connector";
import type { ConnectorOptions } from "../../../src/model-setup/connect/connector-options";
import type { BuiltInEngine } from "../../../src/model-setup/engine/built-in-engine";
import type { EngineEndpoint } from "../../../src/model-setup/engine/engine-process";
import { thinkaloudFolders } from "../../../src/model-setup/folders";
import {
  defaultModelSettings,
  type ModelSettings,
} from "../../../src/model-setup/settings/settings";
import type { Failure } from "../../../src/protocol/failure";
import type { Setup } from "../../../src/protocol/setup";
import { type FakeDaemon, type FakeDaemonScript, startFakeDaemon } from "../../support/fake-daemon";
import { freePort } from "../../support/loopback";
import type { ScriptedModel } from "../../support/scripted-models";

export const gib = 1024 ** 3;
export const never = new AbortController().signal;
export const thinks = ["completion", "thinking"];
export const r1: ScriptedModel = { name: "deepseek-r1:1.5b", bytes: 1.1e9, capabilities: thinks };
export const coder: ScriptedModel = { name: "coder:latest", bytes: 1.1e9 };

/**
 * Everything a connector test needs, and the end of it. Folders are temporary, servers are real.
 */
export class World {
  readonly folder = mkdtempSync(join(tmpdir(), "thinkaloud-world-"));
  readonly folders = thinkaloudFolders({ platform: "linux", env: {}, home: this.folder });
  settings: ModelSettings = defaultModelSettings;
  agreed = false;
  memoryBytes = 16 * gib;
  nowMs = 0;
  path = "";
  readonly setups: Setup[] = [];
  readonly #closing: (() => unknown)[] = [];
  #engine: FakeEngine | undefined;
  #connector: Connector | undefined;

  /** The one that most tests need; it knows the engine that there is when it is first asked for. */
  get connector(): Connector {
    this.#connector ??= this.newConnector(this.#engine);
    return this.#connector;
  }

  get setup(): Setup {
    return this.connector.setup;
  }

  connect(): Promise<Connection> {
    return this.connector.connect(never);
  }

  /** Why no model is found. */
  refusal(): Promise<Failure> {
    return failureFrom(this.connect());
  }

  /** Changes the settings. */
  set(change: Partial<ModelSettings>): void {
    this.settings = { ...this.settings, ...change };
  }

  async daemon(script: FakeDaemonScript = {}): Promise<FakeDaemon> {
    const daemon = await startFakeDaemon(script);
    this.#closing.push(() => daemon.close());
    this.set({ endpoint: daemon.endpoint });
    return daemon;
  }

  /** Points the settings at a port where nobody listens. */
  async deadPort(): Promise<number> {
    const port = await freePort();
    this.set({ endpoint: `http://127.0.0.1:${port}` });
    return port;
  }

  newConnector(engine?: BuiltInEngine, more: Partial<ConnectorOptions> = {}): Connector {
    const connector = new Connector({
      settings: () => this.settings,
      ...(engine === undefined ? {} : { engine }),
      folders: this.folders,
      consent: { builtIn: () => this.agreed },
      log: silentLog,
      env: { PATH: this.path },
      memory: () => ({ totalBytes: this.memoryBytes, availableBytes: this.memoryBytes }),
      now: () => this.nowMs,
      ...more,
    });
    connector.onSetup((setup) => this.setups.push(setup));
    this.#closing.push(() => connector.dispose());
    return connector;
  }

  engine(): FakeEngine {
    const engine = new FakeEngine(this.folders.models);
    this.#closing.push(() => engine.dispose());
    this.#engine = engine;
    return engine;
  }

  /** A model file that is listed by its name and size; what is in it is never read here. */
  modelFile(id: string, bytes = 10): string {
    mkdirSync(this.folders.models, { recursive: true });
    const path = join(this.folders.models, `${id}.gguf`);
    writeFileSync(path, "x".repeat(bytes));
    return path;
  }

  kinds(): string[] {
    return this.setups.map((setup) => setup.kind);
  }

  onEnd(close: () => unknown): void {
    this.#closing.push(close);
  }

  async end(): Promise<void> {
    for (const close of this.#closing.splice(0).reverse()) await close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/**
 * The engine's place taken by a scripted daemon on a real port, with a secret, an installation and
 * crashes like the real one.
 */
export class FakeEngine implements BuiltInEngine {
  isInstalled = true;
  installs = 0;
  starts = 0;
  models: ScriptedModel[] = [];
  script: FakeDaemonScript = {};
  /** What `install` does before it is done. */
  installing: (signal: AbortSignal) => Promise<void> = async () => {};
  #running: { readonly daemon: FakeDaemon; readonly place: EngineEndpoint } | undefined;
  #exit: string | undefined;

  constructor(readonly modelsFolder: string) {}

  get daemon(): FakeDaemon | undefined {
    return this.#running?.daemon;
  }

  async installed(): Promise<boolean> {
    return this.isInstalled;
  }

  async install(signal: AbortSignal, onProgress: (what: string) => void): Promise<void> {
    onProgress("Installing the engine");
    await this.installing(signal);
    signal.throwIfAborted();
    this.installs++;
    this.isInstalled = true;
  }

  async ensureRunning(_modelFile: string, signal: AbortSignal): Promise<EngineEndpoint> {
    signal.throwIfAborted();
    if (!this.isInstalled) throw new FailureError({ kind: "engineNotInstalled", cause: "test" });
    if (this.#running === undefined) {
      this.starts++;
      const headers = { authorization: `Bearer ${this.starts}` };
      const daemon = await startFakeDaemon({
        models: this.models,
        ...this.script,
        reply: (request) => {
          if (request.headers.authorization !== headers.authorization)
            return { status: 401, steps: ['{"error":"unauthorized"}'] };
          // The engine names its models by their files, without a tag.
          const models = this.models.map(({ name, bytes, capabilities }) => ({
            name,
            size: bytes,
            capabilities,
          }));
          return (
            this.script.reply?.(request) ??
            (request.path === "/api/tags" ? { steps: [JSON.stringify({ models })] } : undefined)
          );
        },
      });
      this.#running = { daemon, place: { endpoint: daemon.endpoint, headers } };
    }
    return this.#running.place;
  }

  async kill(): Promise<void> {
    const running = this.#running;
    this.#running = undefined;
    this.#exit = "signal SIGKILL";
    await running?.daemon.close();
  }

  crash(): string | undefined {
    return this.#running === undefined ? this.#exit : undefined;
  }

  async dispose(): Promise<void> {
    await this.#running?.daemon.close();
    this.#running = undefined;
  }
}

export async function failureFrom(work: Promise<unknown>): Promise<Failure> {
  try {
    await work;
  } catch (thrown) {
    return failureOf(thrown);
  }
  throw new Error("it did not fail");
}

export async function chat(connection: Connection): Promise<ModelEvent[]> {
  const { model, name, contextTokens, think, keepAlive, allowedCloudModels } = connection;
  const messages = [{ role: "user", content: "hello" }] as const;
  const request = {
    model: name,
    messages,
    contextTokens,
    think,
    keepAlive,
    allowedCloudModels,
    sampling: {},
  };
  const events: ModelEvent[] = [];
  for await (const event of model.chat(request, never)) events.push(event);
  return events;
}
