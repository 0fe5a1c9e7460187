import { join } from "node:path";
import type { Log } from "../core/log";
import { SeparateEngine } from "../model-setup/built-in-engine";
import { Connector } from "../model-setup/connect";
import { thinkaloudFolders } from "../model-setup/folders";
import { defaultModelSettings, type ModelSettings } from "../model-setup/settings";

export interface WishedModel {
  readonly model: string | undefined;
  readonly endpoint: string | undefined;
  readonly log: Log;
}

/**
 * The way to a model: the daemon that answers, else the built-in engine with what was fetched for it before. Typing the command is the
 * agreement to run it; nothing is ever fetched here. An address that was named is meant: then nobody else is asked.
 */
export function modelConnector({ model = "", endpoint = "", log }: WishedModel): Connector {
  const settings: ModelSettings = {
    ...defaultModelSettings,
    model,
    endpoint,
    engine: endpoint === "" ? "auto" : "ollama",
  };
  const folders = thinkaloudFolders();
  const engine = new SeparateEngine({ script: join(__dirname, "engine.cjs"), folders, log });
  return new Connector({
    settings: () => settings,
    engine,
    folders,
    log,
    consent: { builtIn: () => true },
  });
}
