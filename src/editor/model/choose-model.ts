import { rm } from "node:fs/promises";
import { basename, join } from "node:path";
import { window } from "vscode";
import { bytes, t } from "../../base/l10n";
import { type CatalogueModel, catalogue } from "../../built-in-engine/models/catalogue";
import type { Log } from "../../core/log";
import type { ModelInfo } from "../../core/model/language-model";
import type { Connector } from "../../model-setup/connect/connector";
import type { ModelSetup } from "../../model-setup/connect/model-setup";
import { downloadedModels } from "../../model-setup/engine/built-in-offer";
import type { GraphicsBuild } from "../../model-setup/engine/graphics-builds";
import type { Folders } from "../../model-setup/folders";
import { baseModelWords } from "../../model-setup/models/chat-ability";
import type { Room } from "../../model-setup/models/model-fit";
import type { ModelSettings } from "../../model-setup/settings/settings";
import { addServer } from "./add-server";
import type { Consent } from "./consent";
import type { Credentials } from "./credentials";
import { fetchItems, tooLargeWords, windowWords } from "./fetch-items";
import { facts, type ItemAction, type ModelItem, pickItem, separator } from "./model-item";
import type { Pulls } from "./pulls";
import { serverItems } from "./server-items";
import { writeSetting } from "./settings";

export interface ChooseModelParts {
  readonly connector: Connector;
  readonly consent: Consent;
  readonly credentials: Credentials;
  readonly folders: Folders;
  readonly modelSetup: ModelSetup;
  readonly log: Log;
  settings(): ModelSettings;
  readonly pulls: Pulls;
  /** Name of the model that suits Ollama's machine. */
  suggestedPull(): string;
  /** What is known of a model from its work here, in words. */
  known(model: string): readonly string[];
  room(): Promise<Room>;
  /** Builds of the engine that the graphics card of this machine could use. */
  graphics(): Promise<readonly GraphicsBuild[]>;
}

/**
 * Lets the person pick a model: of a server, of the built-in engine, one to get, or a file of their
 * own.
 * @returns the name of a model that was picked and answers now.
 */
export async function pickModel(parts: ChooseModelParts): Promise<string | undefined> {
  const then = await pickItem(
    t("Thinkaloud: Choose Model"),
    t("The model that answers from now on"),
    listAll(parts),
  );
  const before = parts.settings().model;
  await then?.();
  const { model } = parts.settings();
  return model === "" || model === before ? undefined : model;
}

async function listAll(parts: ChooseModelParts): Promise<ModelItem[]> {
  const settings = parts.settings();
  const local = downloadedModels(parts.folders.models, settings.modelFile);
  const missing = catalogue.filter((model) => !local.some(({ name }) => name === model.id));
  const { memoryBytes, graphicsBytes } = await parts.room();
  const servers = await serverItems(parts);
  return [
    ...servers.items,
    ...fetchItems(parts, servers.namesInOllama, { memoryBytes, graphicsBytes }),
    {
      label: `$(add) ${t("Another server…")}`,
      description: t("vLLM, SGLang, llama.cpp, LM Studio, LiteLLM, or another Ollama"),
      choose: async () => {
        if (await addServer(parts)) await pickModel(parts);
      },
    },
    separator(t("Built-in engine")),
    ...local.map((model) => downloadedItem(parts, model)),
    ...missing.map((model) => catalogueItem(parts, model, memoryBytes)),
    ...(await parts.graphics()).map((build) => graphicsItem(parts, build)),
    {
      label: `$(file) ${t("A GGUF file…")}`,
      description: t("of your own, for the built-in engine"),
      choose: () => chooseFile(parts),
    },
  ];
}

function downloadedItem(
  { modelSetup, known: record, folders }: ChooseModelParts,
  { name, bytes: size, hasChatTemplate }: ModelInfo,
): ModelItem {
  const isBase = hasChatTemplate === false;
  const known = catalogue.find((model) => model.id === name);
  const offer = {
    id: name,
    label: known?.label ?? name,
    downloadBytes: 0,
    licence: known?.licence ?? "",
  };
  return {
    label: `${isBase ? "$(circle-slash)" : "$(package)"} ${known?.label ?? name}`,
    description: facts(
      bytes(size),
      t("downloaded"),
      known !== undefined && windowWords(known.contextTokens),
      known?.nativeThinking && t("thinking"),
      ...record(name),
    ),
    ...(isBase ? { detail: baseModelWords(name) } : {}),
    ...(known === undefined ? {} : { actions: [deleteFile(modelSetup, folders, name)] }),
    choose: async () => void (await modelSetup.useBuiltIn(false, offer)),
  };
}

function catalogueItem(
  { modelSetup, folders }: ChooseModelParts,
  model: CatalogueModel,
  memoryBytes: number,
): ModelItem {
  const fits = model.memoryBytes <= memoryBytes;
  const offer = {
    id: model.id,
    label: model.label,
    downloadBytes: model.bytes,
    licence: model.licence,
  };
  return {
    label: `${fits ? "$(cloud-download)" : "$(circle-slash)"} ${model.label}`,
    description: facts(
      t("{0} to download", bytes(model.bytes)),
      model.licence,
      windowWords(model.contextTokens),
      model.nativeThinking && t("thinking"),
    ),
    detail: fits
      ? t("Needs {0} of memory; goes into {1}", bytes(model.memoryBytes), folders.models)
      : tooLargeWords(model.memoryBytes, memoryBytes),
    // The item says what is fetched, how large it is and where it goes: picking it is the
    // agreement.
    choose: async () => void (await modelSetup.useBuiltIn(true, offer)),
  };
}

function graphicsItem({ modelSetup, folders }: ChooseModelParts, build: GraphicsBuild): ModelItem {
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

function deleteFile(modelSetup: ModelSetup, { models }: Folders, id: string): ItemAction {
  return {
    icon: "trash",
    tooltip: t("Delete it from this machine"),
    run: async () => {
      const path = join(models, `${id}.gguf`);
      const remove = t("Delete");
      const question = t("Delete {0}?", path);
      if ((await window.showWarningMessage(question, { modal: true }, remove)) !== remove) return;
      await rm(path, { force: true });
      modelSetup.look();
    },
  };
}

async function chooseFile({ modelSetup }: ChooseModelParts): Promise<void> {
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
