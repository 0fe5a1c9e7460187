import type { ExtensionContext, LogOutputChannel } from "vscode";
import { SeparateEngine } from "../../model-setup/built-in-engine";
import { suggestedPull } from "../../model-setup/built-in-offer";
import { Connector } from "../../model-setup/connect";
import { thinkaloudFolders, withBundledEngine } from "../../model-setup/folders";
import { pickModel } from "./choose-model";
import { Consent } from "./consent";
import { Credentials } from "./credentials";
import { FormRecords } from "./form-records";
import { ModelSetup } from "./model-setup";
import { PaceRecords } from "./pace-records";
import { readSettings } from "./settings";
import { readSteering } from "./steering-settings";

/** Everything that leads to a model: settings, agreements, the engine and the daemon. Starts nothing. */
export function modelParts(
  context: ExtensionContext,
  log: LogOutputChannel,
  showPanel: () => void,
) {
  const consent = new Consent(context.globalState);
  const settings = () => readSettings(consent.allowedCloudModels, log);
  const folders = withBundledEngine(thinkaloudFolders(), context.asAbsolutePath("engine"));
  const engine = new SeparateEngine({
    script: context.asAbsolutePath("dist/engine.cjs"),
    folders,
    log,
  });
  const credentials = new Credentials(context.secrets, log, () => modelSetup.look());
  const connector = new Connector({
    settings,
    engine,
    folders,
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
    showPanel,
  });
  const suggestion = () =>
    connector.setup.kind === "noModel" ? connector.setup.suggestion : suggestedPull(undefined);
  const chooseModel = () =>
    pickModel({
      connector,
      consent,
      credentials,
      folders,
      modelSetup,
      log,
      settings,
      suggestedPull: suggestion,
    });
  const asked = {
    connect: (signal: AbortSignal) => connector.connect(signal),
    formMemory: new FormRecords(context.globalState),
    pace: new PaceRecords(context.globalState),
    steering: () => readSteering(log),
  };
  return { asked, consent, credentials, connector, modelSetup, chooseModel };
}
