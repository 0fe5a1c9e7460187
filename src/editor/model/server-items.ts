import { window } from "vscode";
import { bytes, t } from "../../base/l10n";
import { describeFailure } from "../../core/describe-failure";
import { failureOf } from "../../core/failure-error";
import type { ModelInfo } from "../../core/model/language-model";
import { type Locality, localityOf } from "../../core/model/locality";
import { isRemote } from "../../model-setup/choose-model";
import type { Connector } from "../../model-setup/connect";
import { type ChosenServer, nameOf, serverOf } from "../../model-setup/endpoints";
import type { ModelSettings } from "../../model-setup/settings";
import type { Consent } from "./consent";
import { facts, type ModelItem, separator } from "./model-item";
import type { ModelSetup } from "./model-setup";
import { writeSetting } from "./settings";

export interface ServerItemParts {
  readonly connector: Connector;
  readonly consent: Consent;
  readonly modelSetup: ModelSetup;
  settings(): ModelSettings;
  suggestedPull(): string;
}

const listTimeoutMs = 5_000;

/** A server as a heading: who it is and where. */
function titleOf(name: string, address: string): string {
  const locality: Locality = localityOf(address);
  switch (locality) {
    case "thisMachine":
      return t("{0} at {1}, this machine", name, address);
    case "localNetwork":
      return t("{0} at {1}, local network", name, address);
    case "elsewhere":
      return t("{0} at {1}, elsewhere", name, address);
    default:
      return locality satisfies never;
  }
}

/** The models of Ollama and of every entry, all asked at once: one that is down holds nobody up for longer than the limit. */
export async function serverItems(parts: ServerItemParts): Promise<ModelItem[]> {
  const { endpoints } = parts.settings();
  const asked = [
    itemsOf(parts, () => parts.connector.chosenOllama()),
    ...endpoints.map((entry) => itemsOf(parts, () => serverOf(entry))),
  ];
  const seen = new Set<string>();
  const lists = await Promise.all(asked);
  // Ollama's entry, if it is the one that is chosen, stands for it.
  return lists.flatMap(({ address, items }) => {
    if (seen.has(address)) return [];
    seen.add(address);
    return items;
  });
}

async function itemsOf(
  parts: ServerItemParts,
  which: () => ChosenServer,
): Promise<{ readonly address: string; readonly items: readonly ModelItem[] }> {
  let address = "";
  let title = "Ollama";
  try {
    const server = which();
    address = server.address.endpoint;
    const called =
      server.kind === "ollama" && server.name === undefined ? "Ollama" : nameOf(server);
    title = titleOf(called, address);
    const model = await parts.connector.serverAt(server);
    const models = await model.list(AbortSignal.timeout(listTimeoutMs));
    const items =
      models.length === 0 && server.kind === "ollama"
        ? [pullItem(parts)]
        : models.map((info) => modelItem(parts, server, info));
    return { address, items: [separator(title), ...items] };
  } catch (thrown) {
    const failure = failureOf(thrown);
    const words =
      failure.kind === "internal" ? t("It does not answer") : describeFailure(failure).title;
    const choose = async () => {
      if (failure.kind !== "credentialsWanted") parts.modelSetup.look();
      else await parts.modelSetup.enterCredentials(failure.endpoint);
    };
    return { address, items: [separator(title), { label: `$(warning) ${words}`, choose }] };
  }
}

/** What a daemon without a model is offered; the name says what is fetched, and picking it is the agreement. */
function pullItem({ modelSetup, suggestedPull }: ServerItemParts): ModelItem {
  const name = suggestedPull();
  return {
    label: `$(cloud-download) ${name}`,
    description: t("to download into Ollama, several gigabytes"),
    choose: async () => void (await modelSetup.pull(name)),
  };
}

function modelItem(parts: ServerItemParts, server: ChosenServer, model: ModelInfo): ModelItem {
  const { consent } = parts;
  const remote = isRemote(model);
  const badges = model.capabilities.filter((each) => each !== "completion").join(", ");
  const size = !remote && model.bytes !== 0 && bytes(model.bytes);
  const elsewhere = localityOf(server.address.endpoint) === "elsewhere";
  const away = t("Does not run on this machine: your code would be sent away.");
  return {
    label: `${remote || elsewhere ? "$(cloud)" : "$(server)"} ${model.name}`,
    description: facts(model.parameterSize, size, badges),
    ...(remote || elsewhere ? { detail: away } : {}),
    choose: async () => {
      if (remote && !(await allowed(consent, model))) return;
      await writeSetting("engine", "auto");
      await writeSetting("endpoint", settingFor(parts.settings(), server));
      await writeSetting("model", model.name);
    },
  };
}

/** What the setting has to say so that this server is asked. An address that leads there already stays as it was typed. */
function settingFor({ endpoint, endpoints }: ModelSettings, { name }: ChosenServer): string {
  if (name !== undefined) return name;
  return endpoints.some((entry) => entry.name === endpoint) ? "" : endpoint;
}

/** A model that runs elsewhere is used only after the person agreed to it by its name. */
async function allowed(consent: Consent, model: ModelInfo): Promise<boolean> {
  if (consent.allowedCloudModels.includes(model.name)) return true;
  const host =
    model.remoteHost === undefined || model.remoteHost === "cloud"
      ? t("another machine")
      : model.remoteHost;
  const agree = t("Allow {0}", model.name);
  const question = t(
    "{0} runs on {1}. Everything you ask it is sent there, your code included.",
    model.name,
    host,
  );
  if ((await window.showWarningMessage(question, agree)) !== agree) return false;
  await consent.allowCloudModel(model.name);
  return true;
}
