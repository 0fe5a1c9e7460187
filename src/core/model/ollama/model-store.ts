import type { Failure } from "../../../protocol/failure";
import { FailureError } from "../../failure-error";
import { fullName } from "../cloud-models";
import type { ChatRequest, LoadedModel, ModelDetails, PullProgress } from "../language-model";
import { newActivity, type SilenceTiming, tellingSilence } from "../silence";
import { sleep } from "../sleep";
import type { KnownModels } from "./known-models";
import { loadedModelOf, mustBeLoaded } from "./model-details";
import type { OllamaClient } from "./ollama-client";
import { PullProgressSum } from "./pull-progress";

/**
 * Asking which models are loaded only serves to tell the person about the wait, so it may not make
 * the wait longer.
 */
const loadedQuestionMs = 300;

/** How long it is waited for a model to be gone that was let go. */
const mostLooks = 20;
const betweenLooksMs = 100;

/** The models that a daemon keeps: what is done to them beside asking them. */
export class ModelStore {
  readonly #client: OllamaClient;
  readonly #known: KnownModels;
  readonly #timing: SilenceTiming;

  /** @param known learns which models are others than they were. */
  constructor(client: OllamaClient, known: KnownModels, timing: SilenceTiming) {
    this.#client = client;
    this.#known = known;
    this.#timing = timing;
  }

  async loaded(signal?: AbortSignal): Promise<readonly LoadedModel[]> {
    const { models } = await this.#client.ask({}, signal, (client) => client.ps());
    return this.#client.entries(models).flatMap((entry) => loadedModelOf(entry) ?? []);
  }

  async isLoaded(model: string, signal: AbortSignal): Promise<boolean> {
    const loaded = await this.loaded(signal);
    return loaded.some(({ name }) => fullName(name) === fullName(model));
  }

  /**
   * Whether the model has to be loaded first; undefined where the daemon does not tell in a moment.
   * Never rejects.
   */
  async mustLoad(
    request: ChatRequest,
    details: ModelDetails,
    signal: AbortSignal,
  ): Promise<boolean | undefined> {
    try {
      const soon = AbortSignal.any([signal, AbortSignal.timeout(loadedQuestionMs)]);
      return mustBeLoaded(request, details, await this.loaded(soon));
    } catch {
      return undefined;
    }
  }

  async *pull(model: string, signal: AbortSignal): AsyncGenerator<PullProgress, void, void> {
    signal.throwIfAborted();
    const sum = new PullProgressSum();
    const ending = {
      isLast: (line: Record<string, unknown>) => line["status"] === "success",
      endedEarly: () => new FailureError({ kind: "streamBroken", how: "ended" }),
    };
    const closing = new AbortController();
    const wanted = AbortSignal.any([signal, closing.signal]);
    const activity = newActivity();
    try {
      const lines = this.#client.objects({ model }, wanted, ending, activity, (client) =>
        client.pull({ model, stream: true }),
      );
      for await (const heard of tellingSilence(lines, activity, this.#timing))
        if (heard.kind === "came") yield sum.add(heard.value);
    } catch (thrown) {
      throw thrown instanceof FailureError ? asDownload(thrown, model) : thrown;
    } finally {
      closing.abort();
    }
    this.#known.forget(model);
  }

  async unload(model: string, signal?: AbortSignal): Promise<void> {
    await this.#client.ask({ model }, signal, (client) =>
      client.chat({ model, messages: [], keep_alive: 0 }),
    );
    // The daemon answers before it is done, and lists the model for a moment more: who looks then
    // would see it as it was.
    const looking = signal ?? new AbortController().signal;
    for (let look = 0; look < mostLooks; look++) {
      if (!(await this.isLoaded(model, looking).catch(() => false))) return;
      await sleep(betweenLooksMs, looking);
    }
  }

  /** Takes as long as loading takes. */
  async load(model: string, contextTokens: number, signal?: AbortSignal): Promise<void> {
    const options = { num_ctx: contextTokens };
    await this.#client.askSlowly({ model }, signal, (client) =>
      client.chat({ model, messages: [], keep_alive: -1, options }),
    );
  }

  async remove(model: string, signal?: AbortSignal): Promise<void> {
    await this.#client.send("DELETE", "/api/delete", { model }, { model }, signal);
    this.#known.forget(model);
  }
}

/** What would be said of an answer is said of the download that it was. */
function asDownload(thrown: FailureError, what: string): FailureError {
  const { failure } = thrown;
  const told = (said: Failure): FailureError => new FailureError(said, { cause: thrown });
  switch (failure.kind) {
    case "modelReportedError":
      return told({ kind: "downloadFailed", what, cause: failure.message });
    case "streamBroken":
      return told({ kind: "downloadFailed", what, cause: "The connection broke." });
    case "silent":
      return told({ kind: "downloadFailed", what, cause: "Nothing came any more." });
    default:
      return thrown;
  }
}
