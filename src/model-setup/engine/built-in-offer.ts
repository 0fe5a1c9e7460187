import { join } from "node:path";
import { readGgufHeader } from "../../built-in-engine/gguf/gguf-header";
import { begunBytes } from "../../built-in-engine/models/begun-download";
import {
  type CatalogueModel,
  catalogue,
  catalogueModel,
} from "../../built-in-engine/models/catalogue";
import { ModelStore, type StoredModel } from "../../built-in-engine/models/model-store";
import { hasChatTemplate } from "../../built-in-engine/prompt/prompt-format";
import type { ModelInfo } from "../../core/model/language-model";
import type { ModelOffer } from "../../protocol/setup";
import { chooseModel } from "../models/choose-model";

/**
 * What the built-in engine would serve: the model files that are here. Looked up on disk, so that
 * nothing has to be started.
 */
export function downloadedModels(modelsFolder: string, modelFile: string): readonly ModelInfo[] {
  const store = new ModelStore(modelsFolder, modelFile === "" ? [] : [modelFile]);
  return store.list().map((model) => {
    const { name, bytes } = model;
    if (isBaseModel(model))
      return { name, bytes, capabilities: ["completion"], hasChatTemplate: false };
    // The engine lets every model that answers think, so this tells nothing; being listed keeps the
    // order by name and size.
    return { name, bytes, capabilities: ["completion", "thinking"] };
  });
}

/** What was read of files: reading one takes a tenth of a second. */
const baseModels = new Map<string, boolean>();

function isBaseModel(model: StoredModel): boolean {
  if (model.own && catalogueModel(model.name) !== undefined) return false;
  const key = `${model.path} ${model.bytes} ${model.modifiedAt.getTime()}`;
  let isBase = baseModels.get(key);
  if (isBase === undefined) {
    isBase = isWithoutTemplate(model.path);
    baseModels.set(key, isBase);
  }
  return isBase;
}

/**
 * A file that cannot be read is none of a base model: what is wrong with it is said when it is
 * asked for.
 */
function isWithoutTemplate(path: string): boolean {
  try {
    return !hasChatTemplate(readGgufHeader(path));
  } catch {
    return false;
  }
}

const leastUsefulBytes = 512 * 1024 ** 2;

export interface OfferFacts {
  readonly downloaded: readonly ModelInfo[];
  readonly modelsFolder: string;
  /** Name of a model of the catalogue; any other is not on offer. */
  readonly wish: string;
  readonly memoryBytes: number;
  /** False after the model hub could not be reached: then only what a package index has. */
  readonly hubReachable: boolean;
}

/**
 * The model that one click would get: the best that is here already, else the one of the catalogue
 * that suits the memory.
 */
export function modelOffer({
  downloaded,
  modelsFolder,
  wish,
  memoryBytes,
  hubReachable,
}: OfferFacts): ModelOffer | undefined {
  const here = chooseModel({
    models: downloaded,
    loaded: [],
    wish,
    allowedCloudModels: [],
    memoryBytes,
  });
  // A toy model that some test left behind is not what to offer to somebody who has a choice.
  if (here.kind === "chosen" && (wish !== "" || here.info.bytes >= leastUsefulBytes)) {
    const known = catalogueModel(here.name);
    return {
      id: here.name,
      label: known?.label ?? here.name,
      downloadBytes: 0,
      licence: known?.licence ?? "",
    };
  }
  const wished = wish === "" ? undefined : catalogueModel(wish);
  const model = wished ?? suitable(memoryBytes, hubReachable);
  return model === undefined ? undefined : downloadOffer(model, modelsFolder);
}

/** A model of the catalogue that is not here. */
export function downloadOffer(model: CatalogueModel, modelsFolder: string): ModelOffer {
  const { id, label, bytes, licence } = model;
  const begun = begunBytes(join(modelsFolder, `${id}.gguf`));
  const offer = { id, label, downloadBytes: bytes, licence };
  return begun === 0 ? offer : { ...offer, begunBytes: Math.min(begun, bytes) };
}

/** The catalogue goes from best to worst; where nothing fits, the last is the one to try. */
function suitable(memoryBytes: number, hubReachable: boolean): CatalogueModel | undefined {
  const available = catalogue.filter((model) => hubReachable || isInPackages(model.id));
  return available.find((model) => model.memoryBytes <= memoryBytes) ?? available.at(-1);
}

/** Whether a model can be had without the model hub. */
export function isInPackages(modelId: string): boolean {
  return catalogueModel(modelId)?.sources.some((source) => source.kind === "packages") ?? false;
}

/**
 * What to pull into an Ollama daemon that has no model, by the memory of its machine (absent: not
 * known).
 */
export function suggestedPull(memoryBytes: number | undefined): string {
  const gib = 1024 ** 3;
  return memoryBytes !== undefined && memoryBytes < 7 * gib ? "deepseek-r1:1.5b" : "deepseek-r1:8b";
}
