import { Uri, workspace } from "vscode";
import type { Landing } from "../../session/review/landing";

/**
 * The folders that came into being with new files of proposals. The editor's undo takes a file back
 * and leaves its folders: those that are empty then go with it.
 */
export class MadeFolders {
  /** By the file's address, the innermost first. */
  readonly #made = new Map<string, readonly Uri[]>();

  /** To be called before a change lands. @returns what to call when it has. */
  async look(landings: readonly Landing[]): Promise<() => void> {
    const created = landings.flatMap(({ kind, uri }) =>
      kind === "create" ? [Uri.parse(uri, true)] : [],
    );
    const found = await Promise.all(
      created.map(async (uri) => [uri.toString(), await missingAbove(uri)] as const),
    );
    return () => {
      for (const [uri, folders] of found) this.#made.set(uri, folders);
    };
  }

  /** To be called when a file is gone. A folder with anything in it stays. */
  async fileIsGone(uri: string): Promise<void> {
    for (const folder of this.#made.get(uri) ?? []) {
      const entries = await workspace.fs.readDirectory(folder).then(undefined, () => undefined);
      if (entries === undefined) continue;
      if (entries.length > 0) return;
      await workspace.fs.delete(folder, { recursive: false, useTrash: false });
    }
  }
}

async function missingAbove(file: Uri): Promise<readonly Uri[]> {
  const missing: Uri[] = [];
  for (let at = Uri.joinPath(file, ".."); at.path !== "/"; at = Uri.joinPath(at, "..")) {
    const stat = await workspace.fs.stat(at).then(
      (found) => found,
      () => undefined,
    );
    if (stat !== undefined) break;
    missing.push(at);
  }
  return missing;
}
