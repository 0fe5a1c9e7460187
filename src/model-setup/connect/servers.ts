import type { ModelDaemon, ModelServer } from "../../core/model/language-model";
import { type ChosenServer, chosenServer, ollamaOf } from "../settings/endpoints";
import type { KnownOptions } from "./connector-options";
import type { ModelWork } from "./model-work";

/**
 * The servers that could be asked, whether they answer or not, with the person's keys and within
 * the machine's policy.
 */
export class Servers {
  readonly #options: KnownOptions;
  readonly #work: () => Promise<ModelWork>;

  constructor(options: KnownOptions, work: () => Promise<ModelWork>) {
    this.#options = options;
    this.#work = work;
  }

  /** The one that the settings name now. @throws FailureError invalidEndpoint. */
  get chosen(): ChosenServer {
    return chosenServer(this.#options.settings(), this.#options.env);
  }

  /**
   * Ollama at its address of now, whatever else is chosen. @throws FailureError invalidEndpoint.
   */
  get ollama(): ChosenServer {
    return ollamaOf(this.#options.settings(), this.#options.env);
  }

  /** To list its models. @throws FailureError policyForbids. */
  async at(server: ChosenServer): Promise<ModelServer> {
    return (await this.#work()).serverAt(server);
  }

  /** To load, unload and delete its models. @throws FailureError policyForbids, invalidEndpoint. */
  async atOllama(): Promise<ModelDaemon> {
    return (await this.#work()).ollama();
  }

  /**
   * Finds out what answers at an address, and what it speaks.
   * @throws FailureError policyForbids, invalidEndpoint, or what answers instead; the signal's
   * reason when aborted.
   */
  async detect(text: string, signal: AbortSignal): Promise<ChosenServer> {
    return (await this.#work()).detect(text, signal);
  }
}
