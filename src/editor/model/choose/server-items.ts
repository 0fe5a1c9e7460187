import { window } from "vscode";
import { bytes, t } from "../../../base/l10n";
import { describeFailure } from "../../../core/describe-failure";
import { failureOf } from "../../../core/failure-error";
import { fullName } from "../../../core/model/cloud-models";
import type { LoadedModel, ModelInfo } from "../../../core/model/language-model";
import { localityOf } from "../../../core/model/locality";
import { localityWords } from "../../../core/model/locality-words";
import type { Connector } from "../../../model-setup/connect/connector";
import { suggestedPull } from "../../../model-setup/engine/built-in-offer";
import { mayBeBase, withDetails } from "../../../model-setup/find/with-details";
import { baseModelWords, mayChat } from "../../../model-setup/models/chat-ability";
import { isRemote } from "../../../model-setup/models/choose-model";
import { fitOf, type Room } from "../../../model-setup/models/model-fit";
import { type ChosenServer, nameOf, serverOf } from "../../../model-setup/settings/endpoints";
import type { ModelSettings } from "../../../model-setup/settings/settings";
import { readyIn } from "../../../protocol/setup";
import type { Consent } from "../consent";
import { writeSetting } from "../settings";
import { tooLargeWords, windowWords } from "./fetch-items";
import {
  facts,
  type ItemAction,
  inUseWords,
  type ListParts,
  type ModelItem,
  separator,
} from "./model-item";

/** What stands in the list, and what Ollama on this machine has; undefined where none answers. */
export interface ServerItems {
  readonly items: readonly ModelItem[];
  readonly namesInOllama: readonly string[] | undefined;
}

const listTimeoutMs = 5_000;
const detailsTimeoutMs = 3_000;
/** A model of a hundred gigabytes takes minutes to load. */
const actionTimeoutMs = 10 * 60_000;

/**
 * A server as a heading: who it is and where. It stands in the line of the first model, and every
 * sign of it takes one from what is said of that.
 */
function titleOf(name: string, address: string): string {
  return facts(name, address.replace(/^http:\/\//, ""), localityWords(localityOf(address)));
}

/**
 * The models of Ollama and of every entry, all asked at once: one that is down holds nobody up for
 * longer than the limit.
 */
export async function serverItems(parts: ListParts, room: Room): Promise<ServerItems> {
  const { endpoints } = parts.settings();
  const asked = [
    itemsOf(parts, room, () => parts.connector.servers.ollama),
    ...endpoints.map((entry) => itemsOf(parts, room, () => serverOf(entry))),
  ];
  const seen = new Set<string>();
  const lists = await Promise.all(asked);
  // Ollama's entry, if it is the one that is chosen, stands for it.
  const items = lists.flatMap(({ address, items: own }) => {
    if (seen.has(address)) return [];
    seen.add(address);
    return own;
  });
  const ollama = lists[0];
  const isHere = ollama !== undefined && localityOf(ollama.address) === "thisMachine";
  return { items, namesInOllama: isHere ? ollama.names : undefined };
}

interface OneServer {
  readonly address: string;
  readonly items: readonly ModelItem[];
  /** Of the models; absent where nobody answered. */
  readonly names?: readonly string[];
}

async function itemsOf(
  parts: ListParts,
  room: Room,
  which: () => ChosenServer,
): Promise<OneServer> {
  let address = "";
  let title = "Ollama";
  try {
    const server = which();
    address = server.address.endpoint;
    const called =
      server.kind === "ollama" && server.name === undefined ? "Ollama" : nameOf(server);
    title = titleOf(called, address);
    const model = await parts.connector.servers.at(server);
    const soon = AbortSignal.timeout(listTimeoutMs);
    const isOllama = server.kind === "ollama";
    const [models, cloudIsOff, loaded] = await Promise.all([
      model.list(soon).then((listed) =>
        // What is told of each is worth no wait: the list shows names and sizes without it.
        withDetails(model, listed, AbortSignal.timeout(detailsTimeoutMs), mayBeBase).catch(
          () => listed,
        ),
      ),
      model.cloudIsOff?.(soon) ?? false,
      isOllama && server.name === undefined ? loadedInOllama(parts.connector, soon) : [],
    ]);
    if (cloudIsOff) title = t("{0}; its cloud is turned off", title);
    const isLoaded = ({ name }: ModelInfo): boolean => loaded.some((each) => each.name === name);
    const items =
      models.length === 0
        ? [emptyItem(parts, server)]
        : models.map((info) =>
            modelItem(parts, server, info, { room, isLoaded: isLoaded(info), cloudIsOff }),
          );
    const names = models.map(({ name }) => name);
    return { address, items: [separator(title), ...items], names };
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

/** What Ollama has in memory; nothing where it does not tell. */
async function loadedInOllama(
  { servers }: Connector,
  signal: AbortSignal,
): Promise<readonly LoadedModel[]> {
  const ollama = await servers.atOllama();
  return await ollama.loaded(signal).catch(() => []);
}

/**
 * What stands under a server without a model. What can be fetched into Ollama on this machine has
 * lines of its own; of Ollama elsewhere nobody knows what suits it, so one model is named, and
 * picking it is the agreement.
 */
function emptyItem(
  { connector: { setup }, modelSetup, pulls }: ListParts,
  server: ChosenServer,
): ModelItem {
  const isOwn = server.kind === "ollama" && server.name === undefined;
  if (!isOwn || localityOf(server.address.endpoint) === "thisMachine")
    return { label: `$(info) ${t("It has no model yet")}`, choose: async () => modelSetup.look() };
  const name = setup.kind === "noModel" ? setup.suggestion : suggestedPull(undefined);
  return {
    label: `$(cloud-download) ${name}`,
    description: t("to download into Ollama, several gigabytes"),
    choose: async () => void (await pulls.pull(name)),
  };
}

interface Around {
  readonly room: Room;
  readonly isLoaded: boolean;
  /** The daemon refuses every model of its cloud. */
  readonly cloudIsOff: boolean;
}

function modelItem(
  parts: ListParts,
  server: ChosenServer,
  model: ModelInfo,
  { room, isLoaded, cloudIsOff }: Around,
): ModelItem {
  const { consent } = parts;
  const remote = isRemote(model);
  const isOff = remote && cloudIsOff;
  const size = !remote && model.bytes !== 0 && bytes(model.bytes);
  const elsewhere = localityOf(server.address.endpoint) === "elsewhere";
  const isHere = localityOf(server.address.endpoint) === "thisMachine" && !remote;
  const why = isOff
    ? t("Runs in Ollama’s cloud, which is turned off there: it cannot be asked.")
    : remote || elsewhere
      ? awayWords()
      : isHere
        ? unfitWords(model, room)
        : undefined;
  const isAway = (remote && !isOff) || elsewhere;
  const isInUse = isAnswering(parts.connector, server, model);
  const icon = isAway
    ? "$(cloud)"
    : why !== undefined
      ? "$(circle-slash)"
      : isInUse
        ? "$(check)"
        : "$(server)";
  const isOwn = isHere && server.kind === "ollama" && server.name === undefined;
  const more = facts(
    model.contextTokens !== undefined && windowWords(model.contextTokens),
    model.capabilities.includes("thinking") && t("thinking"),
    ...parts.known(model.name),
  );
  return {
    label: `${icon} ${model.name}`,
    isInUse,
    // The first line of a group is cut short by the group's name, and its model is mostly the one
    // in use: what is known of that has a line of its own.
    description: facts(
      inUseWords(isInUse),
      model.parameterSize,
      size,
      isLoaded && t("in memory"),
      why !== undefined && more,
    ),
    ...((why ?? more) === "" ? {} : { detail: why ?? more }),
    ...(isOwn ? { actions: ownActions(parts, model, { isLoaded, isInUse }) } : {}),
    choose: async () => {
      if (isOff) return void window.showInformationMessage(why ?? "");
      if (remote && !(await allowed(consent, model))) return;
      await writeSetting("engine", "auto");
      await writeSetting("endpoint", settingFor(parts.settings(), server));
      await writeSetting("model", model.name);
    },
  };
}

/** Whether this is the model that answers now. */
function isAnswering(
  { setup }: Connector,
  { address: { endpoint } }: ChosenServer,
  { name }: ModelInfo,
): boolean {
  const used = readyIn(setup);
  return used !== undefined && used.endpoint === endpoint && used.model === name;
}

function awayWords(): string {
  return t("Does not run on this machine: your code would be sent away.");
}

/** Why a model is none to choose; undefined where nothing speaks against it. */
function unfitWords(model: ModelInfo, room: Room): string | undefined {
  if (model.hasChatTemplate === false) return baseModelWords(model.name);
  if (!mayChat(model))
    return t("Not made to answer in words: it compares, ranks, guards or goes on with text.");
  const fit = fitOf(model.bytes, room);
  return fit.kind === "fits" ? undefined : tooLargeWords(fit.neededBytes, fit.roomBytes);
}

/** What can be done with a model of Ollama's on this machine, besides choosing it. */
function ownActions(
  { connector, modelSetup, settings }: ListParts,
  { name, bytes: size }: ModelInfo,
  { isLoaded, isInUse }: { readonly isLoaded: boolean; readonly isInUse: boolean },
): readonly ItemAction[] {
  const limit = (): AbortSignal => AbortSignal.timeout(actionTimeoutMs);
  const keepWarm: ItemAction = {
    icon: "flame",
    tooltip: t("Load it now, and keep it in memory"),
    run: async () => {
      await writeSetting("keepAlive", "-1");
      await connector.keepWarm(limit());
    },
  };
  const unload: ItemAction = {
    icon: "eject",
    tooltip: t("Take it out of memory"),
    run: async () => {
      if (settings().keepAlive === "-1") await writeSetting("keepAlive", undefined);
      await (await connector.servers.atOllama()).unload(name, limit());
    },
  };
  const remove: ItemAction = {
    icon: "trash",
    tooltip: t("Delete it from Ollama"),
    run: async () => {
      const yes = t("Delete");
      const question = t("Delete {0} ({1}) from Ollama?", name, bytes(size));
      if ((await window.showWarningMessage(question, { modal: true }, yes)) !== yes) return;
      await (await connector.servers.atOllama()).remove(name, limit());
      // Who deletes the chosen model wants another one, and not to hear that it is gone.
      if (fullName(settings().model) === fullName(name)) await writeSetting("model", undefined);
      modelSetup.look();
    },
  };
  return [...(isInUse ? [keepWarm] : []), ...(isLoaded ? [unload] : []), remove];
}

/**
 * What the setting has to say so that this server is asked. An address that leads there already
 * stays as it was typed.
 */
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
