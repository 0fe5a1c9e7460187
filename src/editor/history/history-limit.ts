import { workspace } from "vscode";

const defaultMegabytes = 500;

/** How much of the disk the runs of a folder may take, in bytes. */
export function historyLimitBytes(): number {
  const value = workspace.getConfiguration("thinkaloud").get<unknown>("historyMegabytes");
  const megabytes = typeof value === "number" && value >= 1 ? value : defaultMegabytes;
  return megabytes * 1_000_000;
}
