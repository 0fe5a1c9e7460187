import { defined } from "../../base/defined";
import type { Memory } from "../../base/machine-memory";
import { nearestLevel, type Think } from "../../base/thoughts/levels";
import { FailureError } from "../../core/failure-error";
import { refuseUnallowedCloudModel } from "../../core/model/cloud-models";
import type { Connection } from "../../core/model/connection";
import type {
  LoadedModel,
  ModelDaemon,
  ModelDetails,
  ModelInfo,
  ModelServer,
} from "../../core/model/language-model";
import { isLoopback } from "../../core/model/normalise-endpoint";
import { chats } from "../models/chat-ability";
import { chooseModel, isRemote, type ModelChoice } from "../models/choose-model";
import { modelBudgetBytes } from "../models/memory";
import type { ModelSettings } from "../settings/settings";
import { withDeadline } from "./find-daemon";
import type { Surroundings } from "./surroundings";
import { withDetails } from "./with-details";

/** Lists come from memory, a model's details may be read from a slow disk. */
const listTimeoutMs = 10_000;
const describeTimeoutMs = 30_000;

/** A daemon, or a server that says nothing of what is loaded. */
type AnyServer = ModelServer & Partial<Pick<ModelDaemon, "loaded">>;

/**
 * Decides which model of a daemon that answers to ask, and how.
 * @param home under what name the models' windows are remembered.
 * @throws FailureError noChatModel, modelMissing, cloudModelRefused, or what the daemon's answers
 * mean.
 */
export async function resolveModel(
  { settings, sizes, memory }: Pick<Surroundings, "settings" | "sizes" | "memory">,
  model: AnyServer,
  signal: AbortSignal,
  home = model.endpoint,
): Promise<Connection> {
  const { endpoint } = model;
  const { model: wish } = settings;
  const local = isLoopback(endpoint);
  const [models, loaded] = await withDeadline(signal, listTimeoutMs, endpoint, (limited) =>
    Promise.all([model.list(limited), loadedModels(model, limited)]),
  );
  const memoryBytes = local ? modelBudgetBytes(memory()) : undefined;
  const choose = (from: readonly ModelInfo[]): ModelChoice =>
    chooseModel({
      models: from,
      loaded,
      wish,
      allowedCloudModels: settings.allowedCloudModels,
      memoryBytes,
    });
  const describe = (name: string): Promise<ModelDetails> =>
    withDeadline(signal, describeTimeoutMs, endpoint, (limited) => model.describe(name, limited));
  const { info, details } =
    wish === ""
      ? await bestThatChats(
          await withDeadline(signal, describeTimeoutMs, endpoint, (limited) =>
            withDetails(model, models, limited),
          ),
          choose,
          describe,
          endpoint,
        )
      : await described(chosenInfo(choose(models), endpoint), describe);
  // A model under an alias may turn out to run elsewhere only now.
  refuseUnallowedCloudModel(info.name, details.remoteHost, settings.allowedCloudModels);

  const contextTokens = sizes.for(home, info.name, settings.contextTokens, () => ({
    settingTokens: settings.contextTokens,
    loadedTokens: loaded.find((each) => each.name === info.name)?.contextTokens,
    configuredTokens: details.configuredContextTokens,
    trainedTokens: details.trainedContextTokens,
    modelBytes: isRemote(info) ? 0 : info.bytes,
    cacheBytesPerToken: details.cacheBytesPerToken,
    memoryBytes: local && !isRemote(info) ? roomNow(memory(), loaded) : undefined,
  }));
  return {
    model,
    name: info.name,
    details,
    local,
    contextTokens,
    think: thinkFor(details, settings),
    keepAlive: settings.keepAlive,
    allowedCloudModels: settings.allowedCloudModels,
  };
}

interface Described {
  readonly info: ModelInfo;
  readonly details: ModelDetails;
}

type Describe = (name: string) => Promise<ModelDetails>;

async function described(info: ModelInfo, describe: Describe): Promise<Described> {
  return { info, details: await describe(info.name) };
}

/** The best by name and size whose details do not speak against it. */
async function bestThatChats(
  models: readonly ModelInfo[],
  choose: (from: readonly ModelInfo[]) => ModelChoice,
  describe: Describe,
  endpoint: string,
): Promise<Described> {
  let baseModel = models.find(({ hasChatTemplate }) => hasChatTemplate === false)?.name;
  for (let from = models; ; ) {
    const choice = choose(from);
    if (choice.kind === "none" && baseModel !== undefined)
      throw new FailureError({ kind: "noChatModel", endpoint, baseModel });
    const found = await described(chosenInfo(choice, endpoint), describe);
    if (chats(found.details)) return found;
    if (found.details.hasChatTemplate === false) baseModel ??= found.info.name;
    from = from.filter(({ name }) => name !== found.info.name);
  }
}

/**
 * A model that was not trained to think can be told to, and small ones then fix far fewer bugs in
 * twice the time: so it is only let think where it was.
 */
function thinkFor(details: ModelDetails, { thinking }: ModelSettings): Think {
  const canThink = details.capabilities.includes("thinking") && details.nativeThinking !== false;
  if (!canThink || thinking === "off") return false;
  return thinking === "auto" ? true : (nearestLevel(thinking, details.levels ?? []) ?? true);
}

/** What is loaded makes room when another model comes. */
function roomNow(memory: Memory, loaded: readonly LoadedModel[]): number {
  const held = loaded.reduce((sum, each) => sum + each.bytes, 0);
  return Math.min(modelBudgetBytes(memory), memory.availableBytes + held);
}

function chosenInfo(choice: ModelChoice, endpoint: string): ModelInfo {
  switch (choice.kind) {
    case "chosen":
      return choice.info;
    case "missing":
      throw new FailureError({ kind: "modelMissing", model: choice.model });
    case "cloud":
      throw new FailureError({
        kind: "cloudModelRefused",
        model: choice.model,
        ...defined({ host: choice.host }),
      });
    case "none":
      throw new FailureError({ kind: "noChatModel", endpoint });
    default:
      return choice satisfies never;
  }
}

/**
 * Daemons before the first ones with this question know nothing of loaded models; the answer only
 * serves speed.
 */
async function loadedModels(
  model: AnyServer,
  signal: AbortSignal,
): Promise<readonly LoadedModel[]> {
  try {
    return (await model.loaded?.(signal)) ?? [];
  } catch (thrown) {
    signal.throwIfAborted();
    if (thrown instanceof FailureError) return [];
    throw thrown;
  }
}
