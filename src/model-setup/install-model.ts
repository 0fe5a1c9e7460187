import { catalogueModel } from "../built-in-engine/catalogue";
import { FailureError } from "../core/failure-error";
import type { ModelDaemon, PullProgress } from "../core/model/language-model";
import type { Setup } from "../protocol/setup";
import { downloadedModels } from "./built-in-offer";
import { findByName } from "./choose-model";
import type { Surroundings } from "./find-model";

/**
 * Installs the engine, then fetches the model into it, and leaves out what is there already.
 * @param modelId of the catalogue, or a model that is here.
 * @throws FailureError; the signal's reason when aborted.
 */
export async function installBuiltIn(
  { engine, settings, folders, engineAt }: Surroundings,
  modelId: string,
  tell: (setup: Setup) => void,
  signal: AbortSignal,
): Promise<void> {
  if (engine === undefined)
    throw new FailureError({ kind: "engineNotInstalled", cause: "there is none in this build" });
  if (!(await engine.installed())) {
    tell({ kind: "installing", what: "Installing the engine" });
    await engine.install(signal, (what) => tell({ kind: "installing", what }));
  }
  const here = downloadedModels(folders.models, settings.modelFile).map((each) => each.name);
  if (findByName(here, modelId) !== undefined) return;
  const place = await engine.ensureRunning(settings.modelFile, signal);
  await installModel(
    engineAt(place),
    modelId,
    catalogueModel(modelId)?.label ?? modelId,
    tell,
    signal,
  );
}

/** Fetches a model. Throws as `ModelDaemon.pull` does. */
export async function installModel(
  model: ModelDaemon,
  name: string,
  label: string,
  tell: (setup: Setup) => void,
  signal: AbortSignal,
): Promise<void> {
  const what = `Fetching ${label}`;
  tell({ kind: "installing", what });
  let toldShare = -1;
  const hear = ({ completed: done, total }: PullProgress): void => {
    if (done === undefined || total === undefined || total <= 0) return;
    // Two hundred steps are as smooth as a bar gets; the daemon tells far more often.
    const share = Math.floor((done / total) * 200);
    if (share === toldShare) return;
    toldShare = share;
    tell({ kind: "installing", what, done, total });
  };
  for await (const progress of model.pull(name, signal)) hear(progress);
}
