import { catalogueModel } from "../../built-in-engine/models/catalogue";
import { FailureError } from "../../core/failure-error";
import type { ModelDaemon, PullProgress } from "../../core/model/language-model";
import type { Setup } from "../../protocol/setup";
import type { Surroundings } from "../find/surroundings";
import { findByName } from "../models/choose-model";
import { diskRoomBytes } from "../ollama/disk-room";
import { type BuiltInEngine, engineOf } from "./built-in-engine";
import { downloadedModels } from "./built-in-offer";
import type { GraphicsBuild } from "./graphics-builds";

/**
 * Installs the engine, then fetches the model into it, and leaves out what is there already.
 * @param modelId of the catalogue, or a model that is here.
 * @throws FailureError; the signal's reason when aborted.
 */
export async function installBuiltIn(
  around: Surroundings,
  modelId: string,
  tell: (setup: Setup) => void,
  signal: AbortSignal,
): Promise<void> {
  const { settings, folders, engineAt } = around;
  const engine = engineOf(around);
  if (!(await engine.installed())) await installEngine(engine, tell, signal);
  const here = downloadedModels(folders.models, settings.modelFile).map((each) => each.name);
  if (findByName(here, modelId) !== undefined) return;
  const place = await engine.ensureRunning(settings.modelFile, signal);
  const label = catalogueModel(modelId)?.label ?? modelId;
  await installModel(
    { model: engineAt(place), name: modelId, label, tell, store: folders.models },
    signal,
  );
}

/**
 * Gets the engine's build for the graphics card beside the one for the processor. Throws as
 * {@link installBuiltIn} does.
 */
export async function installGraphics(
  around: Surroundings,
  gpu: GraphicsBuild["gpu"],
  tell: (setup: Setup) => void,
  signal: AbortSignal,
): Promise<void> {
  await installEngine(engineOf(around), tell, signal, gpu);
}

async function installEngine(
  engine: BuiltInEngine,
  tell: (setup: Setup) => void,
  signal: AbortSignal,
  gpu?: GraphicsBuild["gpu"],
): Promise<void> {
  const told = (what: string): void => tell({ kind: "installing", what });
  told("Installing the engine");
  await engine.install(signal, told, gpu);
}

export interface Installation {
  readonly model: ModelDaemon;
  readonly name: string;
  readonly label: string;
  /** Where it is kept, when that is on this machine. */
  readonly store?: string;
  tell(setup: Setup): void;
}

/**
 * Fetches a model. Throws as `ModelDaemon.pull` does, and FailureError diskFull as soon as its size
 * is known and does not fit.
 */
export async function installModel(
  { model, name, label, store, tell }: Installation,
  signal: AbortSignal,
): Promise<void> {
  const what = `Fetching ${label}`;
  tell({ kind: "installing", what });
  let toldShare = -1;
  let fittingBytes = 0;
  const hear = async ({ completed: done, total }: PullProgress): Promise<void> => {
    if (total !== undefined && total > fittingBytes) {
      if (store !== undefined) await refuseTooLarge(store, total - (done ?? 0));
      fittingBytes = total;
    }
    if (done === undefined || total === undefined || total <= 0) return;
    // Two hundred steps are as smooth as a bar gets; the daemon tells far more often.
    const share = Math.floor((done / total) * 200);
    if (share === toldShare) return;
    toldShare = share;
    tell({ kind: "installing", what, done, total });
  };
  for await (const progress of model.pull(name, signal)) await hear(progress);
}

/** @throws FailureError diskFull. */
async function refuseTooLarge(path: string, neededBytes: number): Promise<void> {
  const roomBytes = await diskRoomBytes(path);
  if (roomBytes !== undefined && neededBytes > roomBytes)
    throw new FailureError({ kind: "diskFull", path, neededBytes });
}
