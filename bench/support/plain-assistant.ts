import { silentLog } from "../../src/core/log";
import { Assistant } from "../../src/core/run/assistant";
import { Connector } from "../../src/model-setup/connect/connector";
import { SeparateEngine } from "../../src/model-setup/engine/built-in-engine";
import { thinkaloudFolders } from "../../src/model-setup/folders";
import { defaultModelSettings } from "../../src/model-setup/settings/settings";

/** An assistant that asks a server, without syntax, files or anything else to wait for. */
export function plainAssistant(chosen: Partial<typeof defaultModelSettings>): {
  readonly assistant: Assistant;
  readonly connector: Connector;
} {
  const folders = thinkaloudFolders();
  const connector = new Connector({
    settings: () => ({ ...defaultModelSettings, engine: "server", ...chosen }),
    engine: new SeparateEngine({ script: "dist/engine.cjs", folders, log: silentLog }),
    folders,
    consent: { builtIn: () => chosen.engine === "builtin" },
    log: silentLog,
  });
  const nothing = async (): Promise<undefined> => undefined;
  const assistant = new Assistant({
    connect: (signal) => connector.connect(signal),
    syntax: { context: nothing, outline: nothing, check: nothing },
    fileExists: async () => false,
    log: silentLog,
  });
  return { assistant, connector };
}
