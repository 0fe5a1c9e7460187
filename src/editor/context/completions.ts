import { commands, env, type SymbolInformation, Uri, workspace } from "vscode";
import { mentionText } from "../../core/context/mentions";
import type { Completion } from "../../protocol/panel/to-panel";
import { foldersOf, rankedPaths } from "../../session/places/ranked-paths";
import { shownPath } from "../documents/workspace-paths";
import type { WorkspaceProjects } from "./workspace-projects";

const most = 8;

/**
 * What a word behind an `@` may become: files and folders whose path holds it, symbols of the
 * workspace. `@file:wor` asks for files alone, `@wor` for whatever there is.
 */
export async function completionsFor(
  query: string,
  projects: WorkspaceProjects,
): Promise<readonly Completion[]> {
  const [, kind, word = ""] = /^@(?:(file|folder|symbol):)?(.*)$/.exec(query) ?? [];
  const [files, symbols] = await Promise.all([
    kind === "symbol" ? [] : paths(projects),
    kind === "symbol" || (kind === undefined && word.length >= 3)
      ? symbolsNamed(word, projects)
      : [],
  ]);
  const found = [
    ...(kind === "folder"
      ? []
      : rankedPaths(files, word, most).map((path) => asCompletion("file", path))),
    ...(kind === "folder"
      ? rankedPaths(foldersOf(files), word, most).map((path) => asCompletion("folder", path))
      : []),
    ...symbols,
  ];
  return kind === undefined && word === "" ? [] : found.slice(0, most);
}

/** The name of a dropped file in a question; undefined for one outside of the folders. */
export async function mentionOfFile(text: string): Promise<string | undefined> {
  try {
    const uri = asSeenHere(Uri.parse(text, true));
    if (workspace.getWorkspaceFolder(uri) === undefined) return undefined;
    const { type } = await workspace.fs.stat(uri);
    // 2: a folder, linked or not.
    return mentionText({ kind: (type & 2) !== 0 ? "folder" : "file", name: shownPath(uri) });
  } catch {
    return undefined;
  }
}

/** A remote window drags `vscode-remote://host/a.py` of what is `/a.py` to extensions there. */
function asSeenHere(uri: Uri): Uri {
  return uri.scheme === "vscode-remote" && env.remoteName !== undefined ? Uri.file(uri.path) : uri;
}

async function paths(projects: WorkspaceProjects): Promise<readonly string[]> {
  const lists = await Promise.all(
    (workspace.workspaceFolders ?? []).map(
      async ({ uri }) => (await projects.of(uri)?.files.list()) ?? [],
    ),
  );
  return lists.flat();
}

async function symbolsNamed(
  word: string,
  projects: WorkspaceProjects,
): Promise<readonly Completion[]> {
  if (word === "") return [];
  const found = await commands.executeCommand<SymbolInformation[] | undefined>(
    "vscode.executeWorkspaceSymbolProvider",
    word,
  );
  const named = new Map<string, Completion>();
  for (const { name, containerName, location } of (found ?? []).slice(0, 50)) {
    if (named.size >= most || !(await projects.mayShow(location.uri))) continue;
    const short = name.replace(/\(.*$/, "");
    const isMember = containerName !== undefined && /^[\w$]+$/.test(containerName);
    const full = isMember ? `${containerName}.${short}` : short;
    named.set(full, {
      insert: mentionText({ kind: "symbol", name: full }),
      detail: shownPath(location.uri),
    });
  }
  return [...named.values()];
}

function asCompletion(kind: "file" | "folder", path: string): Completion {
  const slash = path.lastIndexOf("/");
  return { insert: mentionText({ kind, name: path }), detail: path.slice(0, Math.max(0, slash)) };
}
