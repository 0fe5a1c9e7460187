import { Disposable, Uri, type WorkspaceFolder, workspace } from "vscode";
import { staysInside } from "../../base/text/stays-inside";
import { holdsSecrets } from "../../core/context/file-rules";
import { ProjectFiles } from "../../project/project-files";
import type { Outlines, ProjectParts } from "../../project/project-parts";
import type { PieceFile } from "../../protocol/context";
import { shownPath } from "../documents/workspace-paths";

/** A larger file is data, or written by a program. */
const mostCharacters = 300_000;

/** The folders that are open, each with the list of its files. */
export class WorkspaceProjects implements Disposable {
  readonly #outlines: Outlines;
  readonly #known = new Map<string, ProjectParts>();
  #watcher: Disposable | undefined;

  constructor(outlines: Outlines) {
    this.#outlines = outlines;
  }

  get outlines(): Outlines {
    return this.#outlines;
  }

  /**
   * The folder of a document; undefined for one outside of all, and for a folder that is on no
   * disk.
   */
  of(uri: Uri): ProjectParts | undefined {
    const folder = workspace.getWorkspaceFolder(uri);
    if (folder === undefined || folder.uri.scheme !== "file") return undefined;
    const key = folder.uri.toString();
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const parts = this.#partsOf(folder);
    this.#watch();
    this.#known.set(key, parts);
    return parts;
  }

  /**
   * Whether a file that nobody named may be shown to a model: one of the folders', not ignored
   * there and not made to hold secrets, neither it nor what a link leads to.
   */
  async mayShow(uri: Uri): Promise<boolean> {
    if (workspace.getWorkspaceFolder(uri) === undefined || holdsSecrets(shownPath(uri)))
      return false;
    const parts = this.of(uri);
    // Where nothing can be known of rules, there are none: a folder of another kind has no
    // repository.
    if (parts === undefined) return true;
    const path = shownPath(uri);
    return !(await parts.files.isIgnored(path)) && (await parts.files.isOwn(path));
  }

  /**
   * A file as the editor holds it, else as it is on its disk. Undefined for what is too large or no
   * text.
   */
  async read(uri: Uri): Promise<PieceFile | undefined> {
    const path = shownPath(uri);
    const open = workspace.textDocuments.find((each) => each.uri.toString() === uri.toString());
    if (open !== undefined) {
      const { languageId, version } = open;
      const text = open.getText();
      if (text.length > mostCharacters) return undefined;
      return { uri: uri.toString(), path, languageId, version, text };
    }
    try {
      const bytes = await workspace.fs.readFile(uri);
      if (bytes.length > mostCharacters || bytes.includes(0)) return undefined;
      const text = new TextDecoder().decode(bytes);
      const { languageOf } = await import("../../base/languages/language-of-file");
      return { uri: uri.toString(), path, languageId: languageOf(path, text), version: 0, text };
    } catch {
      return undefined;
    }
  }

  dispose(): void {
    this.#watcher?.dispose();
  }

  /** Lists are made anew when files come or go; nobody watches before there is a list. */
  #watch(): void {
    if (this.#watcher !== undefined) return;
    const watcher = workspace.createFileSystemWatcher("**/*", false, true, false);
    const rules = workspace.createFileSystemWatcher("**/.{gitignore,thinkaloudignore}");
    const forget = (): void => {
      for (const { files } of this.#known.values()) files.forget();
    };
    this.#watcher = Disposable.from(
      watcher,
      rules,
      watcher.onDidCreate(forget),
      watcher.onDidDelete(forget),
      rules.onDidChange(forget),
    );
  }

  #partsOf(folder: WorkspaceFolder): ProjectParts {
    const root = folder.uri.fsPath;
    const excluded = (): readonly string[] => excludedPatterns(folder);
    const openText = (path: string): string | undefined => {
      const uri = Uri.file(path).toString();
      return workspace.textDocuments.find((each) => each.uri.toString() === uri)?.getText();
    };
    return {
      files: new ProjectFiles(root, excluded, undefined, openText),
      outlines: this.#outlines,
      shownPath: (path) => path,
      listedPath: (path) => (staysInside(path) ? path : undefined),
    };
  }
}

/** The patterns of `files.exclude` that are on, which read like those of `.gitignore`. */
function excludedPatterns(folder: WorkspaceFolder): readonly string[] {
  const set = workspace
    .getConfiguration("files", folder.uri)
    .get<Record<string, unknown>>("exclude");
  return Object.entries(set ?? {}).flatMap(([pattern, isOn]) => (isOn === true ? [pattern] : []));
}
