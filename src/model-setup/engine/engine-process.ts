import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createInterface } from "node:readline";
import { untilAborted } from "../../base/abort";
import { FailureError } from "../../core/failure-error";
import { type Log, silentLog } from "../../core/log";
import type { EngineConfig, EngineHello } from "../../protocol/engine";

export interface EngineLocation {
  /** The bundled engine, `dist/engine.cjs`. */
  readonly script: string;
  readonly runtimeFolder: string;
  readonly modelsFolder: string;
  readonly modelFiles: readonly string[];
  /** 0 or absent: as many as there are real cores. */
  readonly threads?: number;
}

/** Where the engine listens, and what every request to it must carry. */
export interface EngineEndpoint {
  readonly endpoint: string;
  readonly headers: Readonly<Record<string, string>>;
}

const helloMs = 30_000;
/** How long the process may take to end by itself before it is killed. */
const endMs = 600;
const secretBytes = 32;
const complaintCharacters = 2_000;

interface Running {
  readonly child: ChildProcess;
  readonly address: Promise<EngineEndpoint>;
}

/**
 * The built-in engine's process: started when it is needed, started again after a crash, and never
 * outliving this one (it ends when its standard input closes, which the system does for a parent
 * that dies).
 */
export class EngineProcess {
  #running: Running | undefined;
  #lastExit: string | undefined;
  #disposed = false;

  constructor(
    readonly location: EngineLocation,
    readonly log: Log = silentLog,
    /** What its environment has beside ours. */
    readonly environment: () => Readonly<Record<string, string>> = () => ({}),
  ) {}

  /**
   * How the process ended that ended last without being asked to, such as "signal SIGKILL"; for the
   * failure of a request that broke.
   */
  get lastExit(): string | undefined {
    return this.#lastExit;
  }

  get pid(): number | undefined {
    return this.#running?.child.pid;
  }

  /**
   * Starts the process unless it runs.
   *
   * @throws FailureError `engineNotInstalled` or `engineCrashed`; the signal's reason when aborted
   * (the process goes on starting).
   */
  async ensureRunning(signal?: AbortSignal): Promise<EngineEndpoint> {
    signal?.throwIfAborted();
    if (this.#disposed) throw shutDown();
    if (!this.#running) {
      const { engineInstalled } = await import("./install-engine");
      if (!(await engineInstalled(this.location.runtimeFolder))) {
        throw new FailureError({
          kind: "engineNotInstalled",
          cause: "the engine is not in its folder",
        });
      }
      if (this.#disposed) throw shutDown();
      // Another caller may have started it meanwhile.
      this.#running ??= this.#start();
    }
    const { address } = this.#running;
    return untilAborted(address, signal);
  }

  #start(): Running {
    const secret = randomBytes(secretBytes).toString("base64url");
    const { script, ...location } = this.location;
    const child = spawn(process.execPath, [script], {
      // An editor's own executable then runs as plain Node. Options for the parent's Node, a
      // debugger port say, are not for the child.
      env: {
        ...process.env,
        ...this.environment(),
        ELECTRON_RUN_AS_NODE: "1",
        NODE_OPTIONS: "",
      },
      stdio: ["pipe", "pipe", "pipe"],
      windowsHide: true,
    });
    let complaint = "";
    child.stderr?.setEncoding("utf8").on("data", (text: string) => {
      complaint = (complaint + text).slice(-complaintCharacters);
      this.log.warn(`engine: ${text.trimEnd()}`);
    });
    const running: Running = { child, address: this.#address(child, secret, () => complaint) };
    // Whoever waits is told; nobody need be waiting.
    running.address.catch(() => {});
    child.on("exit", (code, exitSignal) => {
      if (this.#running?.child === child) this.#running = undefined;
      if (this.#disposed) return;
      this.#lastExit = exitSignal === null ? `code ${code}` : `signal ${exitSignal}`;
      this.log.error(`the engine's process ended with ${this.#lastExit}`);
    });
    child.stdin?.on("error", () => {});
    const config: EngineConfig = { ...location, secret };
    child.stdin?.write(`${JSON.stringify(config)}\n`);
    return running;
  }

  #address(child: ChildProcess, secret: string, complaint: () => string): Promise<EngineEndpoint> {
    return new Promise<EngineEndpoint>((resolve, reject) => {
      let settled = false;
      const fail = (exit: string): void => {
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        if (this.#running?.child === child) this.#running = undefined;
        child.kill("SIGKILL");
        reject(new FailureError({ kind: "engineCrashed", exit }));
      };
      const timer = setTimeout(() => fail(`no sign of life within ${helloMs / 1000} s`), helloMs);
      child.on("error", (error) => fail(error.message));
      child.on("exit", (code, exitSignal) =>
        fail(complaint().trim() || (exitSignal === null ? `code ${code}` : `signal ${exitSignal}`)),
      );
      if (!child.stdout) return;
      createInterface({ input: child.stdout }).once("line", (line) => {
        const hello = parseHello(line);
        if (hello?.kind !== "listening") {
          fail(hello?.message ?? "it said something else than expected");
          return;
        }
        if (settled) return;
        settled = true;
        clearTimeout(timer);
        this.log.info(`the engine listens on port ${hello.port}, process ${child.pid}`);
        resolve({
          endpoint: `http://127.0.0.1:${hello.port}`,
          headers: { authorization: `Bearer ${secret}` },
        });
      });
    });
  }

  /**
   * Ends the process: by itself within a moment, or else the hard way. A later `ensureRunning` is
   * refused.
   */
  async dispose(): Promise<void> {
    this.#disposed = true;
    const child = this.#running?.child;
    this.#running = undefined;
    if (!child || child.exitCode !== null || child.signalCode !== null) return;
    await new Promise<void>((resolve) => {
      const timer = setTimeout(() => child.kill("SIGKILL"), endMs);
      child.once("exit", () => {
        clearTimeout(timer);
        resolve();
      });
      child.stdin?.end();
    });
  }
}

function shutDown(): FailureError {
  return new FailureError({ kind: "engineCrashed", exit: "the engine was shut down" });
}

function parseHello(line: string): EngineHello | undefined {
  try {
    return JSON.parse(line) as EngineHello;
  } catch {
    return undefined;
  }
}
