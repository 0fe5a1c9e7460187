import { access, constants, stat } from "node:fs/promises";
import { FilePermission, FileSystemError, type TextDocument, type Uri, workspace } from "vscode";
import { FailureError } from "../../core/failure-error";
import { refuseTooLarge } from "../../session/requests/readable-text";
import { cellScheme, notebookOf } from "./notebook-cells";

/**
 * Opens the document of a uri that is about to be read; throws FailureError for what cannot be one.
 */
export async function openDocument(uri: Uri, path: string): Promise<TextDocument> {
  const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
  if (open !== undefined) return open;
  // A name without a file: opening it would make a new, empty document out of nothing.
  if (uri.scheme === "untitled") throw new FailureError({ kind: "fileMissing", path });
  if (uri.scheme === cellScheme) throw new FailureError({ kind: "cellMissing", path });
  try {
    refuseTooLarge((await workspace.fs.stat(uri)).size, path);
    return await workspace.openTextDocument(uri);
  } catch (thrown) {
    if (thrown instanceof FailureError) throw thrown;
    if (thrown instanceof FileSystemError && thrown.code === "FileNotFound")
      throw new FailureError({ kind: "fileMissing", path });
    const binary = thrown instanceof Error && /binary/i.test(thrown.message);
    throw new FailureError(binary ? { kind: "fileBinary", path } : { kind: "fileMissing", path }, {
      cause: thrown,
    });
  }
}

/**
 * Throws FailureError when an edit of the document could not be kept: read-only, deleted meanwhile,
 * or no file at all.
 */
export async function refuseUnwritable(uri: Uri, path: string): Promise<void> {
  if (uri.scheme === "untitled") return;
  if (uri.scheme === cellScheme) {
    // Where a cell can be kept is where its notebook can.
    const notebook = notebookOf(uri);
    if (notebook === undefined) throw new FailureError({ kind: "cellMissing", path });
    return await refuseUnwritable(notebook.uri, path);
  }
  if (workspace.fs.isWritableFileSystem(uri.scheme) !== true)
    throw new FailureError({ kind: "fileReadOnly", path });
  try {
    const { permissions } = await workspace.fs.stat(uri);
    if (permissions !== undefined && (permissions & FilePermission.Readonly) !== 0)
      throw new FailureError({ kind: "fileReadOnly", path });
  } catch (thrown) {
    throw thrown instanceof FailureError
      ? thrown
      : new FailureError({ kind: "fileMissing", path }, { cause: thrown });
  }
  if (uri.scheme === "file") await refuseLocked(uri.fsPath, path);
}

/**
 * Throws FailureError when there can be no file of tests beside the document: tests are asked for
 * in vain then.
 */
export function refuseTestless({ scheme }: Uri, path: string): void {
  if (scheme === "untitled")
    throw new FailureError({ kind: "noPlaceForTests", path, because: "unsaved" });
  if (scheme === cellScheme)
    throw new FailureError({ kind: "noPlaceForTests", path, because: "cell" });
}

/**
 * The editor opens a file without write permission like any other, and only saving fails: too late
 * for the person.
 */
async function refuseLocked(fsPath: string, path: string): Promise<void> {
  // The mode too, since the superuser may write whatever its owner had locked.
  const locked = await Promise.all([stat(fsPath), access(fsPath, constants.W_OK)]).then(
    ([{ mode }]) => (mode & 0o222) === 0,
    () => true,
  );
  if (locked) throw new FailureError({ kind: "fileReadOnly", path });
}
