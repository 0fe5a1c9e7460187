import { join } from "node:path";
import type { Log } from "../core/log";
import type { Connection } from "../core/model/connection";
import { authorizationOf } from "../core/model/normalise-endpoint";
import { Connector } from "../model-setup/connect/connector";
import { SeparateEngine } from "../model-setup/engine/built-in-engine";
import { thinkaloudFolders } from "../model-setup/folders";
import { nameOf } from "../model-setup/settings/endpoints";
import { defaultModelSettings, type ModelSettings } from "../model-setup/settings/settings";

export interface WishedModel {
  readonly model: string | undefined;
  /** As typed; what it speaks is found out. */
  readonly endpoint: string | undefined;
  readonly log: Log;
  readonly env?: Readonly<Record<string, string | undefined>>;
}

/** What a run needs of a connector. */
export interface ModelConnector {
  connect(signal: AbortSignal): Promise<Connection>;
  dispose(): Promise<void>;
}

/**
 * The way to a model: the daemon that answers, else the built-in engine with what was fetched for
 * it before. Typing the command is the agreement to run it; nothing is ever fetched here. An
 * address that was named is meant: then nobody else is asked, and it gets the key in
 * `THINKALOUD_API_KEY`, which nobody else gets.
 */
export function modelConnector(wished: WishedModel): ModelConnector {
  const { model = "", endpoint = "", log, env = process.env } = wished;
  let settings: ModelSettings = {
    ...defaultModelSettings,
    model,
    engine: endpoint === "" ? "auto" : "server",
  };
  const key = env["THINKALOUD_API_KEY"] ?? "";
  const authorization = endpoint === "" || key === "" ? undefined : authorizationOf("", key);
  const folders = thinkaloudFolders();
  const engine = new SeparateEngine({ script: join(__dirname, "engine.cjs"), folders, log });
  const connector = new Connector({
    settings: () => settings,
    engine,
    folders,
    log,
    credentials: async () => authorization,
    consent: { builtIn: () => true },
  });
  return {
    async connect(signal) {
      if (endpoint !== "" && settings.endpoint === "") {
        const server = await connector.servers.detect(endpoint, signal);
        const name = nameOf(server);
        const entry = { name, address: endpoint, kind: server.kind };
        settings = { ...settings, endpoint: name, endpoints: [entry] };
      }
      return connector.connect(signal);
    },
    dispose: () => connector.dispose(),
  };
}
