import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { window } from "vscode";
import { bytes, t } from "../../../base/l10n";
import { forgetBegun } from "../../../built-in-engine/models/begun-download";
import { type CatalogueModel, catalogue } from "../../../built-in-engine/models/catalogue";
import type { ModelInfo } from "../../../core/model/language-model";
import { downloadedModels, downloadOffer } from "../../../model-setup/engine/built-in-offer";
import { type GraphicsBuild, graphicsBuilds } from "../../../model-setup/engine/graphics-builds";
import type { GraphicsCard } from "../../../model-setup/engine/graphics-memory";
import { baseModelWords } from "../../../model-setup/models/chat-ability";
import { readyIn } from "../../../protocol/setup";
import { writeSetting } from "../settings";
import { tooLargeWords, windowWords } from "./fetch-items";
import { facts, type ItemAction, inUseWords, type ListParts, type ModelItem } from "./model-item";

/**
 * What the built-in engine could answer with: models that are here, others of the catalogue, the
 * graphics card, and a file of the person's own.
 */
export function engineItems(
  parts: ListParts,
  memoryBytes: number,
  card: GraphicsCard | undefined,
): readonly ModelItem[] {
  const local = downloadedModels(parts.folders.models, parts.settings().modelFile);
  const missing = catalogue.filter((model) => !local.some(({ name }) => name === model.id));
  const builds = graphicsBuilds(card, `${process.platform}-${process.arch}`);
  return [
    ...local.map((model) => downloadedItem(parts, model)),
    ...missing.map((model) => catalogueItem(parts, model, memoryBytes)),
    ...builds.map((build) => graphicsItem(parts, build)),
    {
      label: `$(file) ${t("A GGUF file…")}`,
      description: t("of your own, for the built-in engine"),
      choose: () => chooseFile(parts),
    },
  ];
}

function downloadedItem(
  parts: ListParts,
  { name, bytes: size, hasChatTemplate }: ModelInfo,
): ModelItem {
  const { connector, modelSetup, known: record } = parts;
  const isBase = hasChatTemplate === false;
  const used = readyIn(connector.setup);
  const isInUse = used?.engine === "builtin" && used.model === name;
  const known = catalogue.find((model) => model.id === name);
  const offer = {
    id: name,
    label: known?.label ?? name,
    downloadBytes: 0,
    licence: known?.licence ?? "",
  };
  return {
    label: `${isBase ? "$(circle-slash)" : isInUse ? "$(check)" : "$(package)"} ${known?.label ?? name}`,
    isInUse,
    description: facts(
      inUseWords(isInUse),
      bytes(size),
      t("downloaded"),
      known !== undefined && windowWords(known.contextTokens),
      known?.nativeThinking && t("thinking"),
      ...record(name),
    ),
    ...(isBase ? { detail: baseModelWords(name) } : {}),
    ...(known === undefined ? {} : { actions: [deleteFile(parts, name)] }),
    choose: async () => void (await modelSetup.useBuiltIn(false, offer)),
  };
}

function catalogueItem(parts: ListParts, model: CatalogueModel, memoryBytes: number): ModelItem {
  const { modelSetup, folders } = parts;
  const fits = model.memoryBytes <= memoryBytes;
  const offer = downloadOffer(model, folders.models);
  const { begunBytes: begun } = offer;
  return {
    label: `${fits ? "$(cloud-download)" : "$(circle-slash)"} ${model.label}`,
    description: facts(
      t("{0} to download", bytes(model.bytes)),
      begun !== undefined && t("{0} of it here already", bytes(begun)),
      model.licence,
      windowWords(model.contextTokens),
      model.nativeThinking && t("thinking"),
    ),
    detail: fits
      ? t("Needs {0} of memory; goes into {1}", bytes(model.memoryBytes), folders.models)
      : tooLargeWords(model.memoryBytes, memoryBytes),
    ...(begun === undefined ? {} : { actions: [deleteBegun(parts, model.id)] }),
    // The item says what is fetched, how large it is and where it goes: picking it is the
    // agreement.
    choose: async () => void (await modelSetup.useBuiltIn(true, offer)),
  };
}

function graphicsItem({ modelSetup, folders }: ListParts, build: GraphicsBuild): ModelItem {
  const name = build.gpu === "cuda" ? "CUDA" : "Vulkan";
  return {
    label: `$(zap) ${t("Compute on the graphics card, by {0}", name)}`,
    description:
      build.bytes === undefined
        ? t("several hundred megabytes to download")
        : t("{0} to download", `~${bytes(build.bytes)}`),
    detail: t(
      "Goes into {0}. As many layers as fit go on the card; where it cannot be used the processor computes, and it is said.",
      folders.engine,
    ),
    choose: async () => void (await modelSetup.useGraphics(build.gpu)),
  };
}

function deleteFile(
  { modelSetup, folders: { models }, settings }: ListParts,
  id: string,
): ItemAction {
  return {
    icon: "trash",
    tooltip: t("Delete it from this machine"),
    run: async () => {
      const path = join(models, `${id}.gguf`);
      const remove = t("Delete");
      const question = t("Delete {0}?", path);
      if ((await window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
      await rm(path, { force: true });
      if (settings().model === id) await writeSetting("model", undefined);
      modelSetup.look();
    },
  };
}

/** Nothing asks: what is deleted can be fetched again. */
function deleteBegun({ modelSetup, folders }: ListParts, id: string): ItemAction {
  return {
    icon: "trash",
    tooltip: t("Delete what is here of it"),
    run: async () => {
      await forgetBegun(join(folders.models, `${id}.gguf`));
      modelSetup.look();
    },
  };
}

async function chooseFile({ modelSetup }: ListParts): Promise<void> {
  const [file] =
    (await window.showOpenDialog({
      title: t("A GGUF model file"),
      filters: { [t("GGUF models")]: ["gguf"] },
    })) ?? [];
  if (file === undefined) return;
  await writeSetting("modelFile", file.fsPath);
  const name = basename(file.fsPath).replace(/\.gguf$/i, "");
  await modelSetup.useBuiltIn(false, { id: name, label: name, downloadBytes: 0, licence: "" });
}
