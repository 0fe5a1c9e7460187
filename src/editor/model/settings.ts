import { isDeepStrictEqual } from "node:util";
import { ConfigurationTarget, workspace } from "vscode";
import type { Log } from "../../core/log";
import {
  defaultModelSettings,
  type ModelSettings,
  type RawModelSettings,
  readModelSettings,
} from "../../model-setup/settings/settings";

/** What the person agreed to by name is kept elsewhere, and no setting. */
type Key = Exclude<keyof ModelSettings, "allowedCloudModels">;

const keys = Object.keys(defaultModelSettings).filter((key) => key !== "allowedCloudModels");

/**
 * The settings as they are now. Read at every use, so that none goes stale; a value that cannot be
 * used takes its default and is named in the log.
 */
export function readSettings(allowedCloudModels: readonly string[], log: Log): ModelSettings {
  const configuration = workspace.getConfiguration("thinkaloud", null);
  const raw: Record<string, unknown> = {};
  for (const key of keys) raw[key] = configuration.get<unknown>(key);
  const { settings, problems } = readModelSettings({
    ...raw,
    allowedCloudModels,
  } satisfies RawModelSettings);
  for (const problem of problems) log.warn(problem);
  return settings;
}

/**
 * Writes a setting where it takes effect: over the workspace's own value if that has one, else for
 * the person.
 * @param value undefined: the default again.
 */
export async function writeSetting(
  key: Key,
  value: string | readonly object[] | undefined,
): Promise<void> {
  const configuration = workspace.getConfiguration("thinkaloud", null);
  const inWorkspace = configuration.inspect(key)?.workspaceValue !== undefined;
  if (isDeepStrictEqual(configuration.get(key), value)) return;
  await configuration.update(
    key,
    value,
    inWorkspace ? ConfigurationTarget.Workspace : ConfigurationTarget.Global,
  );
}
