import { basename } from "node:path";
import { defined } from "../../base/defined";
import { FailureError } from "../../core/failure-error";
import { engineOf } from "../engine/built-in-engine";
import { downloadedModels } from "../engine/built-in-offer";
import { builtInEndpoint } from "../home";
import { chooseModel } from "../models/choose-model";
import { modelBudgetBytes } from "../models/memory";
import type { ModelSettings } from "../settings/settings";
import { resolveModel } from "./resolve-model";
import type { Found, Surroundings } from "./surroundings";

/**
 * Finds the model to ask in the built-in engine.
 * @param start whether its process may be started.
 * @throws FailureError that says why there is none.
 */
export async function findInEngine(
  around: Surroundings,
  start: boolean,
  signal: AbortSignal,
): Promise<Found> {
  const { settings } = around;
  const engine = engineOf(around);
  const model = chosenFile(around);
  if (!(await engine.installed()))
    throw new FailureError({ kind: "engineNotInstalled", cause: "it was not installed yet" });
  if (!start) return { kind: "engineWaits", model };
  const daemon = around.engineAt(await engine.ensureRunning(settings.modelFile, signal));
  const wanted = { ...around, settings: { ...settings, model } };
  const connection = await resolveModel(wanted, daemon, signal, builtInEndpoint);
  return { kind: "connected", engine: "builtin", connection };
}

/**
 * The model that the settings name for the engine, which serves a file under its name without the
 * suffix.
 */
export function builtInWish(settings: ModelSettings): string {
  return settings.model !== ""
    ? settings.model
    : basename(settings.modelFile).replace(/\.gguf$/i, "");
}

/**
 * The name of the wished model among the files that are here, or of the best of them. @throws
 * FailureError.
 */
function chosenFile({ settings, folders, memory }: Surroundings): string {
  const wish = builtInWish(settings);
  const models = downloadedModels(folders.models, settings.modelFile);
  const choice = chooseModel({
    models,
    loaded: [],
    wish,
    allowedCloudModels: [],
    memoryBytes: modelBudgetBytes(memory()),
  });
  if (choice.kind === "chosen") return choice.name;
  if (settings.modelFile !== "" && settings.model === "") {
    const cause = "there is no such file";
    throw new FailureError({ kind: "modelFileUnreadable", path: settings.modelFile, cause });
  }
  if (wish !== "") throw new FailureError({ kind: "modelMissing", model: wish });
  const baseModel = models.find(({ hasChatTemplate }) => hasChatTemplate === false)?.name;
  throw new FailureError({
    kind: "noChatModel",
    endpoint: builtInEndpoint,
    ...defined({ baseModel }),
  });
}
