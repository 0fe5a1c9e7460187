import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import type { Log } from "../../core/log";
import type { Folders } from "../folders";
import type { Network } from "../network";
import { type EngineEndpoint, EngineProcess } from "./engine-process";
import type { GraphicsBuild } from "./graphics-builds";

/**
 * The built-in engine as the connector sees it: something that may have to be installed, and that
 * runs when asked to.
 */
export interface BuiltInEngine {
  installed(): Promise<boolean>;
  /** @throws FailureError engineNotInstalled; the signal's reason when aborted. */
  install(
    signal: AbortSignal,
    onProgress: (what: string) => void,
    gpu?: GraphicsBuild["gpu"],
  ): Promise<void>;
  /**
   * Starts the process unless it runs. While it runs the answer is the same object, at once.
   * @param modelFile a GGUF file to serve beside the downloaded ones; empty: none.
   * @throws FailureError engineNotInstalled, engineCrashed; the signal's reason when aborted.
   */
  ensureRunning(modelFile: string, signal: AbortSignal): Promise<EngineEndpoint>;
  /** How the process ended by itself; undefined while it runs and before it ever did. */
  crash(): string | undefined;
  dispose(): Promise<void>;
}

/** @throws FailureError engineNotInstalled where the product comes without one. */
export function engineOf<Engine>({ engine }: { readonly engine: Engine | undefined }): Engine {
  if (engine !== undefined) return engine;
  throw new FailureError({ kind: "engineNotInstalled", cause: "there is none in this build" });
}

export interface EngineParts {
  /** The bundled engine, `dist/engine.cjs`. */
  readonly script: string;
  readonly folders: Folders;
  readonly log: Log;
  /** Absent: programs that fetch something go the way that the environment says. */
  readonly network?: Network;
  /** 0 or absent: as many as there are real cores. */
  readonly threads?: number;
}

/** The engine in a process of its own, with its library and its models in the shared folders. */
export class SeparateEngine implements BuiltInEngine {
  readonly #parts: EngineParts;
  #process: { readonly modelFile: string; readonly engine: EngineProcess } | undefined;
  #disposed = false;

  constructor(parts: EngineParts) {
    this.#parts = parts;
  }

  async installed(): Promise<boolean> {
    const { engineInstalled } = await import("./install-engine");
    return await engineInstalled(this.#parts.folders.engine);
  }

  async install(
    signal: AbortSignal,
    onProgress: (what: string) => void,
    gpu?: GraphicsBuild["gpu"],
  ): Promise<void> {
    const { folders, network } = this.#parts;
    const env = network?.childEnvironment() ?? {};
    const { installEngine } = await import("./install-engine");
    await installEngine({ folder: folders.engine, signal, onProgress, env, ...defined({ gpu }) });
    // A process that runs has read the library that was there before.
    const old = this.#process?.engine;
    this.#process = undefined;
    await old?.dispose();
  }

  async ensureRunning(modelFile: string, signal: AbortSignal): Promise<EngineEndpoint> {
    if (this.#process !== undefined && this.#process.modelFile !== modelFile && !this.#disposed) {
      // The files are told at the start; two engines at once would share the cores.
      const old = this.#process.engine;
      this.#process = undefined;
      await old.dispose();
    }
    this.#process ??= { modelFile, engine: this.#newProcess(modelFile) };
    return this.#process.engine.ensureRunning(signal);
  }

  crash(): string | undefined {
    const engine = this.#process?.engine;
    return engine === undefined || engine.pid !== undefined ? undefined : engine.lastExit;
  }

  async dispose(): Promise<void> {
    this.#disposed = true;
    await this.#process?.engine.dispose();
  }

  #newProcess(modelFile: string): EngineProcess {
    const { script, folders, log, threads, network } = this.#parts;
    const location = {
      script,
      runtimeFolder: folders.engine,
      modelsFolder: folders.models,
      modelFiles: modelFile === "" ? [] : [modelFile],
    };
    const engine = new EngineProcess(
      { ...location, ...defined({ threads }) },
      log,
      () => network?.childEnvironment() ?? {},
    );
    if (this.#disposed) void engine.dispose();
    return engine;
  }
}
