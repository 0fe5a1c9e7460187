import { basename } from "node:path";
import { type QuickPickItem, QuickPickItemKind, window } from "vscode";
import { type CatalogueModel, catalogue } from "../../built-in-engine/catalogue";
import { describeFailure } from "../../core/describe-failure";
import { failureOf } from "../../core/failure-error";
import type { Log } from "../../core/log";
import type { ModelInfo, ModelServer } from "../../core/model/language-model";
import { downloadedModels } from "../../model-setup/built-in-offer";
import { isRemote } from "../../model-setup/choose-model";
import type { Folders } from "../../model-setup/folders";
import type { ModelSettings } from "../../model-setup/settings";
import type { ModelOffer } from "../../protocol/setup";
import { type Consent, formatBytes } from "./consent";
import type { ModelSetup } from "./model-setup";
import { writeSetting } from "./settings";

export interface ChooseModelParts {
  readonly consent: Consent;
  readonly folders: Folders;
  readonly modelSetup: ModelSetup;
  readonly log: Log;
  settings(): ModelSettings;
  /** The daemon at the address of now. Throws FailureError when the address is none. */
  daemon(): ModelServer;
  /** Name of the model that suits the daemon's machine. */
  suggestedPull(): string;
}

interface ModelItem extends QuickPickItem {
  choose?(): Promise<void>;
}

const listTimeoutMs = 5_000;

/** Lets the person pick a model: of the daemon, of the built-in engine, one to get, or a file of their own. */
export async function pickModel(parts: ChooseModelParts): Promise<void> {
  const items = listAll(parts);
  const picked = await window.showQuickPick<ModelItem>(items, {
    title: "Thinkaloud: Choose Model",
    placeHolder: "The model that answers from now on",
    matchOnDescription: true,
    matchOnDetail: true,
  });
  await picked?.choose?.();
}

async function listAll(parts: ChooseModelParts): Promise<ModelItem[]> {
  const settings = parts.settings();
  const local = downloadedModels(parts.folders.models, settings.modelFile);
  const missing = catalogue.filter((model) => !local.some(({ name }) => name === model.id));
  return [
    ...(await daemonItems(parts)),
    separator("Built-in engine"),
    ...local.map((model) => downloadedItem(parts, model)),
    ...missing.map((model) => catalogueItem(parts, model)),
    {
      label: "$(file) A GGUF file…",
      description: "of your own, for the built-in engine",
      choose: () => chooseFile(parts),
    },
  ];
}

async function daemonItems(parts: ChooseModelParts): Promise<ModelItem[]> {
  try {
    const daemon = parts.daemon();
    const models = await daemon.list(AbortSignal.timeout(listTimeoutMs));
    const items =
      models.length === 0 ? [pullItem(parts)] : models.map((model) => daemonItem(parts, model));
    return [separator(`Ollama at ${daemon.endpoint}`), ...items];
  } catch (thrown) {
    const failure = failureOf(thrown);
    const title =
      failure.kind === "internal" ? "Ollama does not answer" : describeFailure(failure).title;
    return [
      separator("Ollama"),
      { label: `$(warning) ${title}`, choose: async () => parts.modelSetup.look() },
    ];
  }
}

/** What a daemon without a model is offered; the name says what is fetched, and picking it is the agreement. */
function pullItem({ modelSetup, suggestedPull }: ChooseModelParts): ModelItem {
  const name = suggestedPull();
  return {
    label: `$(cloud-download) ${name}`,
    description: "to download into Ollama, several gigabytes",
    choose: async () => void (await modelSetup.pull(name)),
  };
}

function daemonItem({ consent }: ChooseModelParts, model: ModelInfo): ModelItem {
  const remote = isRemote(model);
  const badges = model.capabilities.filter((each) => each !== "completion").join(", ");
  const facts = [model.parameterSize, remote ? undefined : formatBytes(model.bytes), badges].filter(
    (each) => each,
  );
  return {
    label: `${remote ? "$(cloud)" : "$(server)"} ${model.name}`,
    description: facts.join(" · "),
    ...(remote ? { detail: "Does not run on this machine: your code would be sent away." } : {}),
    choose: async () => {
      if (remote && !(await allowed(consent, model))) return;
      await writeSetting("engine", "auto");
      await writeSetting("model", model.name);
    },
  };
}

/** A model that runs elsewhere is used only after the person agreed to it by its name. */
async function allowed(consent: Consent, model: ModelInfo): Promise<boolean> {
  if (consent.allowedCloudModels.includes(model.name)) return true;
  const host =
    model.remoteHost === undefined || model.remoteHost === "cloud"
      ? "another machine"
      : model.remoteHost;
  const agree = `Allow ${model.name}`;
  const detail = "Everything you ask it is sent there, your code included.";
  if (
    (await window.showWarningMessage(`${model.name} runs on ${host}. ${detail}`, agree)) !== agree
  )
    return false;
  await consent.allowCloudModel(model.name);
  return true;
}

function downloadedItem({ modelSetup }: ChooseModelParts, { name, bytes }: ModelInfo): ModelItem {
  const known = catalogue.find((model) => model.id === name);
  const offer = {
    id: name,
    label: known?.label ?? name,
    downloadBytes: 0,
    licence: known?.licence ?? "",
  };
  return {
    label: `$(package) ${known?.label ?? name}`,
    description: `${formatBytes(bytes)} · downloaded${known?.nativeThinking ? " · thinking" : ""}`,
    choose: () => useInEngine(modelSetup, offer, false),
  };
}

function catalogueItem(
  { modelSetup, folders }: ChooseModelParts,
  model: CatalogueModel,
): ModelItem {
  const offer = {
    id: model.id,
    label: model.label,
    downloadBytes: model.bytes,
    licence: model.licence,
  };
  return {
    label: `$(cloud-download) ${model.label}`,
    description: `${formatBytes(model.bytes)} to download · ${model.licence}${model.nativeThinking ? " · thinking" : ""}`,
    detail: `Needs ${formatBytes(model.memoryBytes)} of memory; goes into ${folders.models}`,
    // The item says what is fetched, how large it is and where it goes: picking it is the agreement.
    choose: () => useInEngine(modelSetup, offer, true),
  };
}

async function chooseFile({ modelSetup }: ChooseModelParts): Promise<void> {
  const [file] =
    (await window.showOpenDialog({
      title: "A GGUF model file",
      filters: { "GGUF models": ["gguf"] },
    })) ?? [];
  if (file === undefined) return;
  await writeSetting("modelFile", file.fsPath);
  const name = basename(file.fsPath).replace(/\.gguf$/i, "");
  await useInEngine(modelSetup, { id: name, label: name, downloadBytes: 0, licence: "" }, false);
}

async function useInEngine(
  modelSetup: ModelSetup,
  offer: ModelOffer,
  agreed: boolean,
): Promise<void> {
  if (!(await modelSetup.useBuiltIn(agreed, offer))) return;
  await writeSetting("engine", "builtin");
  await writeSetting("model", offer.id);
}

function separator(label: string): ModelItem {
  return { label, kind: QuickPickItemKind.Separator };
}
