import { type Memento, window } from "vscode";
import { FailureError } from "../../core/failure-error";
import type { ModelOffer } from "../../protocol/setup";

const builtInKey = "thinkaloud.builtInEngineAgreed";
const cloudKey = "thinkaloud.allowedCloudModels";

/** What the person agreed to, once and by name, on this machine. */
export class Consent {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  get allowedCloudModels(): readonly string[] {
    const stored = this.#memento.get<unknown>(cloudKey);
    return Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
  }

  async allowCloudModel(model: string): Promise<void> {
    await this.#memento.update(cloudKey, [...new Set([...this.allowedCloudModels, model])]);
  }

  get builtInEngine(): boolean {
    return this.#memento.get(builtInKey) === true;
  }

  /** Asks, unless the person has agreed before, before anything is fetched or run. @param folder where it is kept. */
  async askForBuiltInEngine(
    offer: ModelOffer | undefined,
    needsEngine: boolean,
    folder: string,
  ): Promise<boolean> {
    if (this.builtInEngine) return true;
    const parts = [
      needsEngine ? "the engine (llama.cpp, MIT licence, about 80 MB)" : undefined,
      offer === undefined || offer.downloadBytes === 0
        ? undefined
        : `the model ${offer.label} (${formatBytes(offer.downloadBytes)}, ${offer.licence || "licence not stated"})`,
    ].filter((part) => part !== undefined);
    const fetches =
      parts.length === 0
        ? "Everything it needs is here already."
        : `It downloads ${parts.join(" and ")} into ${folder}.`;
    const agree = parts.length === 0 ? "Use It" : "Download and Use";
    const detail = "It runs on this machine, and your code stays on it.";
    const chosen = await window.showInformationMessage(
      `Use Thinkaloud's built-in engine? ${fetches} ${detail}`,
      agree,
      "Not Now",
    );
    if (chosen !== agree) return false;
    await this.agreeToBuiltInEngine();
    return true;
  }

  async agreeToBuiltInEngine(): Promise<void> {
    await this.#memento.update(builtInKey, true);
  }
}

/** Throws when the person said no, so that a run ends with the remedy instead of a silent nothing. */
export function refusedEngine(): FailureError {
  return new FailureError({
    kind: "engineNotInstalled",
    cause: "you have not agreed to the built-in engine",
  });
}

export function formatBytes(bytes: number): string {
  return bytes < 1e9 ? `${Math.round(bytes / 1e6)} MB` : `${(bytes / 1e9).toFixed(1)} GB`;
}
