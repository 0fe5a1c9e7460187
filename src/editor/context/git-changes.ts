import { extensions, Uri } from "vscode";
import { linesOf } from "../../base/text/lines";
import { shownDiff, shownDiffs } from "../../core/context/shown-texts";

/** What is used of the API of the editor's own Git extension. */
interface GitRepository {
  readonly rootUri: Uri;
  readonly inputBox: { value: string };
  /** What is called `diffWithHEAD` there compares with the index: what is staged is no change to it. */
  diffWith(ref: string, path: string): Promise<string>;
  diffWith(ref: string): Promise<readonly { readonly uri: Uri }[]>;
}
interface GitApi {
  getRepository(uri: Uri): GitRepository | null;
}

const lastCommit = "HEAD";
const fileLines = 60;
const repositoryLines = 200;

/**
 * The diff of a file since the last commit; undefined where there is none, and where the editor has
 * not looked for a repository yet.
 */
export async function fileChanges(uri: Uri): Promise<string | undefined> {
  const repository = repositoryOf(uri);
  if (repository === undefined) return undefined;
  return shownDiff(await repository.diffWith(lastCommit, uri.fsPath), fileLines);
}

/**
 * The diff of the whole repository that holds a file, but for files that may not be shown: those
 * are not asked about.
 */
export async function allChanges(
  uri: Uri,
  mayShow: (file: Uri) => Promise<boolean>,
): Promise<string | undefined> {
  const repository = repositoryOf(uri);
  if (repository === undefined) return undefined;
  let shown = "";
  for (const changed of await repository.diffWith(lastCommit)) {
    if (linesOf(shown).length > repositoryLines) break;
    if (await mayShow(changed.uri))
      shown += await repository.diffWith(lastCommit, changed.uri.fsPath);
  }
  return shownDiffs(shown, repositoryLines);
}

/** The repository that holds a file; undefined where the editor has not looked for it. */
export function repositoryOf(uri: Uri): GitRepository | undefined {
  const extension = extensions.getExtension<{ getAPI(version: 1): GitApi }>("vscode.git");
  // Whether it runs is the editor's choice: waking it would take longer than anyone waits.
  if (extension?.isActive !== true || uri.scheme !== "file") return undefined;
  try {
    return extension.exports.getAPI(1).getRepository(Uri.file(uri.fsPath)) ?? undefined;
  } catch {
    // It is switched off.
    return undefined;
  }
}
