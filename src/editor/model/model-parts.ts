import type { ExtensionContext, LogOutputChannel } from "vscode";
import { recordWords } from "../../core/model-card/record-words";
import { Connector } from "../../model-setup/connect/connector";
import { ModelSetup } from "../../model-setup/connect/model-setup";
import { SeparateEngine } from "../../model-setup/engine/built-in-engine";
import { graphicsBuilds } from "../../model-setup/engine/graphics-builds";
import { type GraphicsCard, readGraphicsCard } from "../../model-setup/engine/graphics-memory";
import { thinkaloudFolders, withBundledEngine } from "../../model-setup/folders";
import { modelBudgetBytes, readMemory } from "../../model-setup/models/memory";
import { Network } from "../../model-setup/network";
import { CardRecords } from "./card-records";
import { Consent } from "./consent";
import { Credentials } from "./credentials";
import { readNetwork } from "./network";
import { Pulls } from "./pulls";
import { mayReadAhead } from "./read-ahead-setting";
import { readSettings, writeSetting } from "./settings";
import { readSteering } from "./steering-settings";
import { formOutcomes, paces, StoredRecords } from "./stored-records";

/**
 * Everything that leads to a model: settings, agreements, the engine and the daemon. Starts
 * nothing.
 */
export function modelParts(
  context: ExtensionContext,
  log: LogOutputChannel,
  showPanel: () => void,
) {
  const consent = new Consent(context.globalState);
  const settings = () => readSettings(consent.allowedCloudModels, log);
  const folders = withBundledEngine(thinkaloudFolders(), context.asAbsolutePath("engine"));
  const network = new Network(readNetwork, process.env, log);
  const engine = new SeparateEngine({
    script: context.asAbsolutePath("dist/engine.cjs"),
    folders,
    network,
    log,
  });
  const credentials = new Credentials(context.secrets, log, () => modelSetup.look());
  const connector = new Connector({
    settings,
    engine,
    folders,
    network,
    credentials: (endpoint) => credentials.of(endpoint),
    log,
    consent: { builtIn: () => consent.builtInEngine },
  });
  const modelSetup = new ModelSetup({
    connector,
    consent,
    credentials,
    folders,
    log,
    settings,
    writeSetting,
    showPanel,
    remember: (model, work) => pulls.remember({ model, isBuiltIn: true }, work),
  });
  const pulls: Pulls = new Pulls(modelSetup, context.globalState);
  const formMemory = new StoredRecords(context.globalState, formOutcomes);
  const pace = new StoredRecords(context.globalState, paces);
  const cardRecords = new CardRecords(context.globalState);
  const room = async () => ({
    memoryBytes: modelBudgetBytes(readMemory()),
    graphicsBytes: (await graphicsCardOnce())?.bytes,
  });
  const chooseModel = async () => {
    const [{ pickModel }, { suggestedPull }] = await Promise.all([
      import("./choose-model"),
      import("../../model-setup/engine/built-in-offer"),
    ]);
    const suggestion = () =>
      connector.setup.kind === "noModel" ? connector.setup.suggestion : suggestedPull(undefined);
    return await pickModel({
      connector,
      consent,
      credentials,
      folders,
      modelSetup,
      log,
      settings,
      pulls,
      suggestedPull: suggestion,
      known: (name) => recordWords(formMemory.of(name), pace.of(name)),
      room,
      graphics: async () =>
        graphicsBuilds(await graphicsCardOnce(), `${process.platform}-${process.arch}`),
    });
  };
  const asked = {
    connect: async (signal: AbortSignal) => cardRecords.withFound(await connector.connect(signal)),
    connectionAhead: () => {
      const found = connector.atHand;
      return found !== undefined && mayReadAhead(found, log) ? found : undefined;
    },
    formMemory,
    pace,
    steering: () => readSteering(log),
  };
  return {
    asked,
    cardRecords,
    consent,
    credentials,
    connector,
    modelSetup,
    pulls,
    chooseModel,
  };
}

let graphics: Promise<GraphicsCard | undefined> | undefined;

/** Asked when somebody looks for a model, and once: cards do not come and go. */
function graphicsCardOnce(): Promise<GraphicsCard | undefined> {
  graphics ??= readGraphicsCard();
  return graphics;
}
