import { realpath } from "node:fs/promises";
import { Uri, workspace } from "vscode";
import { fileNameOf } from "../../base/text/file-name";
import { isBelow, isProjectFile, realPlace } from "../../session/review/real-place";

/** The path that people and models see: relative to its workspace folder, else the bare name. */
export function shownPath(uri: Uri): string {
  const folder = workspace.getWorkspaceFolder(uri);
  if (folder === undefined) return fileNameOf(uri.path);
  return workspace.asRelativePath(uri, false).replaceAll("\\", "/");
}

/** Whether a path as {@link shownPath} gives it exists, in any of the places it may stand for. */
export async function shownPathExists(path: string): Promise<boolean> {
  const outside = workspace.textDocuments.filter(
    ({ uri }) => uri.scheme === "file" && workspace.getWorkspaceFolder(uri) === undefined,
  );
  const folders = [
    ...(workspace.workspaceFolders ?? []).map((folder) => folder.uri),
    ...outside.map(({ uri }) => Uri.joinPath(uri, "..")),
  ];
  const found = await Promise.all(
    folders.map((folder) =>
      workspace.fs.stat(Uri.joinPath(folder, path)).then(
        () => true,
        () => false,
      ),
    ),
  );
  return found.includes(true);
}

/**
 * Whether a model's edit may touch the uri: a file of the workspace, or the very document the
 * person asked about. Links that lead out of the folder and the repository's own data do not count
 * as the workspace: both would turn an edit of text into something else.
 */
export async function mayEdit(uri: Uri, target: Uri): Promise<boolean> {
  if (uri.toString() === target.toString()) return true;
  if (uri.scheme !== target.scheme || uri.authority !== target.authority) return false;
  const root = workspace.getWorkspaceFolder(target)?.uri ?? Uri.joinPath(target, "..");
  const folders = [root, ...(workspace.workspaceFolders ?? []).map((folder) => folder.uri)];
  for (const folder of folders) if (await isInside(uri, folder)) return true;
  return false;
}

async function isInside(uri: Uri, folder: Uri): Promise<boolean> {
  // Uri.joinPath and parse keep `..` as it is written, so it has to be refused by name.
  const segments = uri.path.split("/");
  if (segments.some((segment) => segment === ".." || segment.toLowerCase() === ".git"))
    return false;
  const prefix = folder.path.endsWith("/") ? folder.path : `${folder.path}/`;
  if (
    uri.scheme !== folder.scheme ||
    uri.authority !== folder.authority ||
    !uri.path.startsWith(prefix)
  )
    return false;
  if (uri.scheme !== "file") return true;
  return isProjectFile(await realPlace(uri.fsPath), await realpath(folder.fsPath));
}

/**
 * Where a document is really kept: links resolved; undefined for what is on no disk. `leadsOut`: it
 * stands in a folder of the workspace and is really elsewhere.
 */
export async function keptPlace(
  uri: Uri,
): Promise<{ readonly path: string; readonly leadsOut: boolean } | undefined> {
  if (uri.scheme !== "file") return undefined;
  const path = await realPlace(uri.fsPath);
  const folder = workspace.getWorkspaceFolder(uri)?.uri.fsPath;
  return { path, leadsOut: folder !== undefined && !isBelow(path, await realPlace(folder)) };
}
