import { silentLog } from "../../src/core/log";
import { Assistant } from "../../src/core/run/assistant";
import type { Connector } from "../../src/model-setup/connect/connector";
import type { ModelSettings } from "../../src/model-setup/settings/settings";
import { plainConnector } from "../../test/support/plain-connector";

/** An assistant that asks a server, without syntax, files or anything else to wait for. */
export function plainAssistant(chosen: Partial<ModelSettings>): {
  readonly assistant: Assistant;
  readonly connector: Connector;
} {
  const connector = plainConnector(chosen);
  const nothing = async (): Promise<undefined> => undefined;
  const assistant = new Assistant({
    connect: (signal) => connector.connect(signal),
    syntax: { context: nothing, outline: nothing, check: nothing },
    fileExists: async () => false,
    log: silentLog,
  });
  return { assistant, connector };
}
