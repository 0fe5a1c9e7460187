import type { ExtensionContext, LogOutputChannel } from "vscode";
import { recordWords } from "../../core/model-card/record-words";
import { Connector } from "../../model-setup/connect/connector";
import { ModelSetup } from "../../model-setup/connect/model-setup";
import { SeparateEngine } from "../../model-setup/engine/built-in-engine";
import { thinkaloudFolders, withBundledEngine } from "../../model-setup/folders";
import { Network } from "../../model-setup/network";
import { formOutcomes, paces, StoredRecords } from "../../session/stored-records";
import { CardRecords } from "./card-records";
import { Consent } from "./consent";
import { Credentials } from "./credentials";
import { readNetwork } from "./network";
import { Pulls } from "./pulls";
import { mayReadAhead } from "./read-ahead-setting";
import { readSettings, writeSetting } from "./settings";
import { readSteering } from "./steering-settings";

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
  const chooseModel = async () => {
    const { pickModel } = await import("./choose/choose-model");
    return await pickModel({
      connector,
      consent,
      credentials,
      folders,
      modelSetup,
      pulls,
      settings,
      known: (name) => recordWords(formMemory.of(name), pace.of(name)),
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
    steering: readSteering,
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
