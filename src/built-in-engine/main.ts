import type { AddressInfo } from "node:net";
import { createInterface } from "node:readline";
import type { EngineConfig, EngineHello } from "../protocol/engine";
import { realCores } from "./machine/real-cores";
import { ModelSlot } from "./model-slot";
import { ModelStore } from "./models/model-store";
import { hubAddress, Puller } from "./models/pull";
import { Queue } from "./queue";
import { hasGraphicsBuild, loadRuntime, type Runtime } from "./runtime";
import { engineServer } from "./server";
import { RunningChats } from "./writing/thought-steering";

/**
 * How long a clean end may take before the process ends itself the hard way: native code in the
 * middle of a step cannot be asked.
 */
const cleanEndMs = 300;

const log = (line: string): void => void process.stderr.write(`${line}\n`);
const hello = (message: EngineHello): void =>
  void process.stdout.write(`${JSON.stringify(message)}\n`);

function start(config: EngineConfig): void {
  const threads = config.threads !== undefined && config.threads > 0 ? config.threads : realCores();
  let loading: Promise<Runtime> | undefined;
  const runtime = (): Promise<Runtime> => {
    // After a failure the next request tries again: the library may have been installed meanwhile.
    loading ??= loadRuntime(config.runtimeFolder, threads, log).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const queue = new Queue();
  const store = new ModelStore(config.modelsFolder, config.modelFiles);
  const slot: ModelSlot = new ModelSlot(runtime, store, () => {
    queue
      .run(() => slot.unloadExpired())
      .catch((error: unknown) => log(`unload: ${String(error)}`));
  });
  const puller = new Puller(config.modelsFolder, hubAddress(process.env));
  const server = engineServer({
    store,
    slot,
    queue,
    puller,
    running: new RunningChats(),
    secret: config.secret,
    graphicsFailed: async () =>
      hasGraphicsBuild(config.runtimeFolder) &&
      (await runtime().then(
        (library) => library.graphicsFailed,
        () => false,
      )),
    log,
  });
  server.on("error", (error) => {
    hello({ kind: "failed", message: error.message });
    process.exit(1);
  });
  server.listen(0, "127.0.0.1", () => {
    hello({ kind: "listening", port: (server.address() as AddressInfo).port });
    // The library takes a second or two to come up; the first request need not wait for all of it.
    runtime().catch((error: unknown) => log(`library: ${String(error)}`));
  });
  process.stdin.once("end", () => {
    setTimeout(() => process.kill(process.pid, "SIGKILL"), cleanEndMs);
    server.closeAllConnections();
    Promise.resolve(loading)
      .then((loaded) => queue.run(async () => loaded?.llama.dispose()))
      .catch((error: unknown) => log(`end: ${String(error)}`))
      .finally(() => process.exit(0));
  });
}

const input = createInterface({ input: process.stdin });
input.once("line", (line) => {
  input.removeAllListeners("close");
  try {
    start(JSON.parse(line) as EngineConfig);
  } catch (error) {
    hello({ kind: "failed", message: error instanceof Error ? error.message : String(error) });
    process.exit(1);
  }
});
input.once("close", () => process.exit(1));
