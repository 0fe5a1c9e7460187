import { type Memento, window } from "vscode";
import { bytes, t } from "../../base/l10n";
import { engineBytes, type ModelOffer } from "../../protocol/setup";

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

  /**
   * Asks, unless the person has agreed before, before anything is fetched or run. @param folder
   * where it is kept.
   */
  async askForBuiltInEngine(
    offer: ModelOffer,
    needsEngine: boolean,
    folder: string,
  ): Promise<boolean> {
    if (this.builtInEngine) return true;
    const parts = [
      needsEngine
        ? t("the engine (llama.cpp, MIT licence, about {0})", bytes(engineBytes))
        : undefined,
      offer.downloadBytes === 0
        ? undefined
        : t(
            "the model {0} ({1}, {2})",
            offer.label,
            bytes(offer.downloadBytes - (offer.begunBytes ?? 0)),
            offer.licence || t("licence not stated"),
          ),
    ].filter((part) => part !== undefined);
    const fetches =
      parts.length === 0
        ? t("Everything it needs is here already.")
        : t("It downloads {0} into {1}.", parts.join(t(" and ")), folder);
    const agree = parts.length === 0 ? t("Use It") : t("Download and Use");
    const detail = t("It runs on this machine, and your code stays on it.");
    const chosen = await window.showInformationMessage(
      `${t("Use Thinkaloud's built-in engine?")} ${fetches} ${detail}`,
      agree,
      t("Not Now"),
    );
    if (chosen !== agree) return false;
    await this.agreeToBuiltInEngine();
    return true;
  }

  async agreeToBuiltInEngine(): Promise<void> {
    await this.#memento.update(builtInKey, true);
  }
}
