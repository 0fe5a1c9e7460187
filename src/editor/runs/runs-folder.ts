import { createHash } from "node:crypto";
import { basename, join } from "node:path";
import { type ExtensionContext, workspace } from "vscode";

/**
 * Where the runs about the opened folder are kept, the same for every window on it. The editor's
 * own storage for a folder is not: a second window gets another one, and so does whoever comes back
 * after a closed tab or a dropped connection.
 */
export function runsFolderOf(context: ExtensionContext): string {
  const opened = workspace.workspaceFile ?? workspace.workspaceFolders?.[0]?.uri;
  if (opened === undefined) return ownRunsFolder(context);
  const hash = createHash("sha256").update(opened.toString()).digest("hex").slice(0, 16);
  const name = basename(opened.path)
    .replace(/[^\w.-]+/g, "-")
    .slice(0, 40);
  return join(context.globalStorageUri.fsPath, "runs", `${name}-${hash}`);
}

/**
 * The window's own folder, for a window without anything opened, and where earlier versions kept
 * the runs.
 */
export function ownRunsFolder(context: ExtensionContext): string {
  return join((context.storageUri ?? context.globalStorageUri).fsPath, "runs");
}
