import { workspace } from "vscode";
import type { Log } from "../../core/log";
import { defaultExtraTokens } from "../../core/prompt/budget/extra-tokens";

const mostTokens = 32_000;

/**
 * How many tokens of other places may go along without being named; a value that cannot be used
 * takes its default.
 */
export function readContextTokens(log: Log): number {
  const value = workspace.getConfiguration("thinkaloud", null).get<unknown>("extraContextTokens");
  if (typeof value === "number" && Number.isFinite(value) && value >= 0)
    return Math.min(Math.floor(value), mostTokens);
  if (value !== undefined)
    log.warn('The setting "extraContextTokens" must be a number from 0 on; the default is used.');
  return defaultExtraTokens;
}

/** Whether secrets are hidden in what is sent; only a clear no counts as one. */
export function hidesSecrets(): boolean {
  return workspace.getConfiguration("thinkaloud", null).get<unknown>("hideSecrets") !== false;
}
