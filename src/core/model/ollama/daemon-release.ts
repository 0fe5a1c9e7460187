import { isRecord } from "../../../base/guards";
import { FailureError } from "../../failure-error";
import type { OllamaClient } from "./ollama-client";
import { hasTrait, type ReleaseTrait } from "./releases";

/** The release of Ollama that answers, and what follows from it. */
export class DaemonRelease {
  #version: string | undefined;

  readonly #client: OllamaClient;
  readonly #isEngine: boolean;

  /** @param isEngine the built-in engine names a release whose API it speaks, and is none. */
  constructor(client: OllamaClient, isEngine: boolean) {
    this.#client = client;
    this.#isEngine = isEngine;
  }

  /** As last told; undefined before that, and for the built-in engine. */
  get number(): string | undefined {
    return this.#isEngine ? undefined : this.#version;
  }

  has(trait: ReleaseTrait): boolean {
    return hasTrait(this.number, trait);
  }

  /** Asks the daemon. Throws FailureError where what answers is none. */
  async version(signal?: AbortSignal): Promise<string> {
    const { version } = await this.#client.ask({}, signal, (client) => client.version());
    if (typeof version !== "string") throw this.#client.notADaemon();
    this.#version = version;
    return version;
  }

  /** Never rejects but with the signal's reason: it only serves to say so earlier. */
  async cloudIsOff(signal: AbortSignal): Promise<boolean> {
    try {
      if (this.#isEngine) return false;
      if (this.#version === undefined) await this.version(signal);
      if (!this.has("tellsCloud")) return false;
      const cloud = (await this.#client.get("/api/status", signal))?.["cloud"];
      return isRecord(cloud) && cloud["disabled"] === true;
    } catch (thrown) {
      signal.throwIfAborted();
      if (thrown instanceof FailureError) return false;
      throw thrown;
    }
  }
}
