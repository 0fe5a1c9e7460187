import {
  commands,
  Disposable,
  type DocumentSymbol,
  type SymbolInformation,
  Uri,
  workspace,
} from "vscode";
import { untilAborted } from "../../base/abort";
import {
  type DeclaredName,
  type FoundPlace,
  findPlace,
  type PlaceSource,
} from "../../session/places/find-place";
import type { WorkspaceProjects } from "../context/workspace-projects";
import { revealPlace } from "../documents/targets";
import { keptPlace, shownPath } from "../documents/workspace-paths";

/** What is known of names is forgotten when there is more. */
const mostKnown = 5_000;
/** A provider that still starts up is asked again when the name comes up again. */
const patienceMs = 4_000;
const sideBySide = 4;

/**
 * Where a name in a model's text leads to: files of the workspace and what they declare, and
 * nowhere else.
 */
export class NamedPlaces implements Disposable {
  readonly #projects: WorkspaceProjects;
  readonly #known = new Map<string, Promise<FoundPlace | undefined>>();
  readonly #watching: Disposable;

  constructor(projects: WorkspaceProjects) {
    this.#projects = projects;
    const forget = (): void => this.#known.clear();
    this.#watching = Disposable.from(
      workspace.onDidSaveTextDocument(forget),
      workspace.onDidCreateFiles(forget),
      workspace.onDidDeleteFiles(forget),
      workspace.onDidRenameFiles(forget),
    );
  }

  /**
   * The places that there are of these names. @param near uris of the files that the text is about.
   */
  async find(
    names: readonly string[],
    near: readonly string[],
  ): Promise<ReadonlyMap<string, FoundPlace>> {
    const source = this.#sourceFor(near);
    const found = new Map<string, FoundPlace>();
    const left = names.values();
    const work = async (): Promise<void> => {
      for (const name of left) {
        const place = await this.#place(name, source);
        if (place !== undefined) found.set(name, place);
      }
    };
    await Promise.all(Array.from({ length: sideBySide }, work));
    return found;
  }

  /** Opens a name's place, looked up anew: lines may have moved. */
  async open(name: string, near: readonly string[]): Promise<void> {
    const place = await findPlace(name, this.#sourceFor(near));
    if (place === undefined) return;
    const start = { line: place.line, character: 0 };
    await revealPlace(place.uri, { start, end: start });
  }

  dispose(): void {
    this.#watching.dispose();
  }

  #place(name: string, source: PlaceSource): Promise<FoundPlace | undefined> {
    const key = JSON.stringify([name, ...source.near]);
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    if (this.#known.size >= mostKnown) this.#known.clear();
    const place = findPlace(name, source).catch(() => {
      // A provider failed or was slow: it may know more the next time.
      this.#known.delete(key);
      return undefined;
    });
    this.#known.set(key, place);
    return place;
  }

  #sourceFor(near: readonly string[]): PlaceSource {
    const declared = new Map<string, Promise<readonly DeclaredName[]>>();
    return {
      near,
      files: (path) => this.#files(path),
      lineCount: async (uri) => (await this.#read(uri))?.text.split("\n").length,
      declaredIn: (uri) => {
        const known = declared.get(uri) ?? this.#declaredIn(uri);
        declared.set(uri, known);
        return known;
      },
      declaredAnywhere: (name) => this.#declaredAnywhere(name),
    };
  }

  async #files(path: string): Promise<readonly { uri: string; path: string }[]> {
    const lists = await Promise.all(
      (workspace.workspaceFolders ?? []).map(async ({ uri: folder }) => {
        const paths = (await this.#projects.of(folder)?.files.list()) ?? [];
        return paths
          .filter((each) => each === path || each.endsWith(`/${path}`))
          .map((each) => ({ uri: Uri.joinPath(folder, each).toString(), path: each }));
      }),
    );
    return lists.flat();
  }

  async #read(text: string) {
    const uri = Uri.parse(text);
    return (await this.#isOurs(uri)) ? await this.#projects.read(uri) : undefined;
  }

  /**
   * What the editor's provider says the file declares; where there is none, what its syntax says.
   */
  async #declaredIn(text: string): Promise<readonly DeclaredName[]> {
    const uri = Uri.parse(text);
    const file = await this.#read(text);
    if (file === undefined) return [];
    const { path } = file;
    const told = await inTime<(DocumentSymbol | SymbolInformation)[] | undefined>(
      commands.executeCommand("vscode.executeDocumentSymbolProvider", uri),
    );
    if (told !== undefined && told.length > 0) return declarationsIn(told, text, path);
    const outline = await this.#projects.outlines.outline(file.languageId, file.text);
    return (outline ?? []).map(({ name, container, bodyRange }) => ({
      ...{ uri: text, path, name, container, line: bodyRange.start.line },
    }));
  }

  async #declaredAnywhere(name: string): Promise<readonly DeclaredName[]> {
    const told = await inTime<SymbolInformation[] | undefined>(
      commands.executeCommand("vscode.executeWorkspaceSymbolProvider", name),
    );
    const same = (told ?? []).filter((each) => each.name.startsWith(name)).slice(0, 20);
    const ours = await Promise.all(same.map(({ location }) => this.#isOurs(location.uri)));
    return same
      .filter((_, at) => ours[at])
      .map(({ name: whole, containerName, location: { uri, range } }) => ({
        ...{ uri: uri.toString(), path: shownPath(uri), line: range.start.line },
        ...{ name: whole, container: containerName },
      }));
  }

  /** A file of an open folder that is not ignored, and really kept there. */
  async #isOurs(uri: Uri): Promise<boolean> {
    if (!(await this.#projects.mayShow(uri))) return false;
    return (await keptPlace(uri))?.leadsOut !== true;
  }
}

/** Providers tell a tree, or a list as they did in former times. */
function declarationsIn(
  told: readonly (DocumentSymbol | SymbolInformation)[],
  uri: string,
  path: string,
  container?: string,
): readonly DeclaredName[] {
  return told.flatMap((each) => {
    const { name } = each;
    if ("location" in each) {
      const { line } = each.location.range.start;
      return [{ uri, path, name, container: each.containerName, line }];
    }
    const { line } = each.selectionRange.start;
    const own = { uri, path, name, container, line };
    return [own, ...declarationsIn(each.children, uri, path, name)];
  });
}

/** Rejects when it takes too long. */
async function inTime<T>(answer: Thenable<T>): Promise<T> {
  return await untilAborted(Promise.resolve(answer), AbortSignal.timeout(patienceMs));
}
