import { silentLog } from "../../src/core/log";
import { Connector } from "../../src/model-setup/connect/connector";
import { SeparateEngine } from "../../src/model-setup/engine/built-in-engine";
import { thinkaloudFolders } from "../../src/model-setup/folders";
import { defaultModelSettings, type ModelSettings } from "../../src/model-setup/settings/settings";
import type { NamedServer } from "./named-servers";

/** Finds the model that the settings name. @param script the engine, as it was built. */
export function plainConnector(
  chosen: Partial<ModelSettings>,
  script = "dist/engine.cjs",
): Connector {
  const folders = thinkaloudFolders();
  return new Connector({
    settings: () => ({ ...defaultModelSettings, engine: "server", ...chosen }),
    engine: new SeparateEngine({ script, folders, log: silentLog }),
    folders,
    consent: { builtIn: () => chosen.engine === "builtin" },
    log: silentLog,
  });
}

/** The settings that lead to one server or another: where it is, and what its model is called. */
export function settingsFor(
  { kind, address, model }: NamedServer,
  contextTokens: number,
): Partial<ModelSettings> {
  return kind === "builtin"
    ? { model, contextTokens, engine: kind }
    : { model, contextTokens, endpoint: "it", endpoints: [{ name: "it", address, kind }] };
}
