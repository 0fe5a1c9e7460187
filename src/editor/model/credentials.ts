import { type Disposable, type SecretStorage, window } from "vscode";
import { t } from "../../base/l10n";
import type { Log } from "../../core/log";
import { type Address, authorizationOf } from "../../core/model/normalise-endpoint";
import { writeSetting } from "./settings";

/**
 * The user names, passwords and keys that the person entered, in the editor's secret store, each
 * for one origin: what is kept for one address never goes to another.
 */
export class Credentials implements Disposable {
  readonly #secrets: SecretStorage;
  readonly #log: Log;
  /**
   * Values of an `Authorization` header by origin; asking the store takes a way through three
   * processes.
   */
  readonly #known = new Map<string, Promise<string | undefined>>();
  readonly #subscription: Disposable;
  #offered = false;

  /** @param changed called when another window changed what is kept. */
  constructor(secrets: SecretStorage, log: Log, changed: () => void) {
    this.#secrets = secrets;
    this.#log = log;
    this.#subscription = secrets.onDidChange(({ key }) => {
      if (!key.startsWith(keyStart)) return;
      this.#known.delete(key.slice(keyStart.length));
      changed();
    });
  }

  /** The value of an `Authorization` header for an endpoint. Never rejects. */
  of(endpoint: string): Promise<string | undefined> {
    const origin = originOf(endpoint);
    const known = this.#known.get(origin) ?? this.#read(origin);
    this.#known.set(origin, known);
    return known;
  }

  /**
   * Asks for them, for an endpoint. Empty fields forget what was kept.
   * @param refused what was entered before is not the right one.
   * @returns false when the person changed their mind.
   */
  async enter(endpoint: string, refused = false): Promise<boolean> {
    const title = `Thinkaloud: ${endpoint}`;
    const prompt = t("User name. Leave it empty if you have only a key.");
    const user = await window.showInputBox({
      title,
      prompt: refused ? `${t("{0} answers other ones only.", endpoint)} ${prompt}` : prompt,
      ignoreFocusOut: true,
    });
    if (user === undefined) return false;
    const secret = await window.showInputBox({
      title,
      prompt: user === "" ? t("Key") : t("Password of {0}", user),
      password: true,
      ignoreFocusOut: true,
    });
    if (secret === undefined) return false;
    await this.keep(
      endpoint,
      user === "" && secret === "" ? undefined : authorizationOf(user, secret),
    );
    return true;
  }

  /**
   * Offers once to take a password out of the settings, where everybody can read it who can read
   * those.
   */
  async offerToMove({ endpoint, authorization }: Address): Promise<void> {
    if (authorization === undefined || this.#offered) return;
    this.#offered = true;
    const move = t("Move It");
    const question = t(
      "The address of Ollama in the settings holds a password, which can be read there. Move it into the editor’s secret store?",
    );
    const chosen = await window.showInformationMessage(question, move);
    if (chosen !== move) return;
    await this.keep(endpoint, authorization);
    await writeSetting("endpoint", endpoint);
  }

  dispose(): void {
    this.#subscription.dispose();
  }

  /** Keeps the value of an `Authorization` header for an endpoint. */
  async keep(endpoint: string, authorization: string | undefined): Promise<void> {
    const origin = originOf(endpoint);
    try {
      if (authorization === undefined) await this.#secrets.delete(keyStart + origin);
      else await this.#secrets.store(keyStart + origin, authorization);
    } catch (thrown) {
      this.#log.warn(`the secret store cannot be written: ${String(thrown)}`);
      void window.showWarningMessage(
        t(
          "The editor’s secret store cannot be used. The password is kept until the window closes.",
        ),
      );
    }
    this.#known.set(origin, Promise.resolve(authorization));
  }

  async #read(origin: string): Promise<string | undefined> {
    try {
      return await this.#secrets.get(keyStart + origin);
    } catch (thrown) {
      this.#log.warn(`the secret store cannot be read: ${String(thrown)}`);
      // Locked now, it may be open when it is next asked.
      this.#known.delete(origin);
      return undefined;
    }
  }
}

const keyStart = "thinkaloud.authorization ";

function originOf(endpoint: string): string {
  return new URL(endpoint).origin;
}
