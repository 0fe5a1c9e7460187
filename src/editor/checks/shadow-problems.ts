import { tmpdir } from "node:os";
import {
  type FileSystemWatcher,
  languages,
  RelativePattern,
  type TextDocument,
  Uri,
  workspace,
} from "vscode";
import { nothingToRun } from "../../checks/consented-checker";
import { LinkedPlace } from "../../checks/place/linked-place";
import { projectFolders } from "../../checks/place/project-root";
import { isProblem, problemsName, saidOfCopy } from "../../checks/problems-check";
import type {
  Checker,
  CheckRequest,
  EditedFile,
  PreparedChecks,
} from "../../core/run/checks/checker";
import type { CheckSaid } from "../../protocol/checks";
import type { Diagnostic, Target } from "../../protocol/document";
import { plainDiagnostic } from "../documents/targets";
import { firstWordMs, untilAtRest } from "./landed-problems";

/** So long the editor may take to see that a file of the copy has changed. */
const reloadMs = 4_000;
const endMs = 1_000;

/**
 * The problems that the editor's services would name in a file as proposed. They are asked about a
 * copy of the file among links to the rest of the project. What is proposed is compared with the
 * file as it is in the same place, so that what only the place brings counts neither way. Nothing
 * of the project is run.
 */
export class ShadowProblems implements Checker {
  readonly #isOff: () => boolean;

  constructor(isOff: () => boolean) {
    this.#isOff = isOff;
  }

  async prepare({ target }: CheckRequest, signal: AbortSignal): Promise<PreparedChecks> {
    const uri = Uri.parse(target.uri, true);
    const shown = languages.getDiagnostics(uri).map(plainDiagnostic).filter(isProblem);
    // Where nothing is shown it cannot be told whether anybody looks.
    if (this.#isOff() || uri.scheme !== "file" || shown.length === 0) return nothingToRun();
    const place = await LinkedPlace.make(projectFolders(uri.fsPath), uri.fsPath, tmpdir());
    if (signal.aborted) await place.dispose();
    signal.throwIfAborted();
    return preparedWith(new Shadow(place, target, shown), target.diagnostics);
  }
}

/** What is said where the service looks at no copies. */
const unseen =
  "The service of this language does not look at copies, so nothing is known before you accept.";

function preparedWith(shadow: Shadow, asked: readonly Diagnostic[]): PreparedChecks {
  const said = (problems: readonly Diagnostic[] | undefined, tookMs: number): CheckSaid =>
    saidOfCopy(shadow.path, problems, asked, tookMs);
  return {
    checks: [problemsName],
    programs: [],
    unchecked: [],
    run: async (_id, files, signal) => {
      const began = performance.now();
      const edited = files.find(({ uri }) => uri === shadow.uri);
      const base = await shadow.open(signal);
      const problems =
        base === undefined || edited === undefined || edited.proposed === shadow.base
          ? base
          : await shadow.problemsOf(edited, signal);
      signal.throwIfAborted();
      const tookMs = Math.round(performance.now() - began);
      return base === undefined
        ? { cases: [], output: "", tookMs, broken: unseen }
        : said(problems, tookMs);
    },
    dispose: () => shadow.dispose(),
  };
}

/** A file's copy that services look at, with a text of our choice in it. */
class Shadow {
  readonly uri: string;
  readonly base: string;
  readonly path: string;
  #opened: Promise<readonly Diagnostic[] | undefined> | undefined;
  #document: TextDocument | undefined;
  #watcher: FileSystemWatcher | undefined;
  #last: Promise<unknown> = Promise.resolve();
  readonly #place: LinkedPlace;
  readonly #shown: readonly Diagnostic[];

  /** @param shown what is said of the file itself. */
  constructor(place: LinkedPlace, { uri, text, path }: Target, shown: readonly Diagnostic[]) {
    this.#place = place;
    this.#shown = shown;
    this.uri = uri;
    this.base = text;
    this.path = path;
  }

  /**
   * Shows the file as it is, once. @returns what is said of it; undefined where nothing is that is
   * said of the file itself.
   */
  async open(signal: AbortSignal): Promise<readonly Diagnostic[] | undefined> {
    this.#opened ??= this.#open(signal);
    return await this.#opened;
  }

  async #open(signal: AbortSignal): Promise<readonly Diagnostic[] | undefined> {
    const uri = Uri.file(this.#place.path);
    this.#watcher = workspace.createFileSystemWatcher(
      new RelativePattern(Uri.file(this.#place.parent), "*"),
    );
    await workspace.fs.writeFile(uri, Buffer.from(this.base));
    const rest = untilAtRest([uri.toString()], signal);
    this.#document = await workspace.openTextDocument(uri);
    await rest;
    const problems = this.#problems();
    const known = new Set(this.#shown.map(({ message }) => message));
    return problems.some(({ message }) => known.has(message)) ? problems : undefined;
  }

  /**
   * @returns what is said of the text; undefined where nothing is said in time. One text at a time.
   */
  async problemsOf(
    { proposed }: EditedFile,
    signal: AbortSignal,
  ): Promise<readonly Diagnostic[] | undefined> {
    const asked = this.#last.then(() => this.#problemsOf(proposed, signal));
    this.#last = asked.catch(() => {});
    return await asked;
  }

  async #problemsOf(
    proposed: string,
    signal: AbortSignal,
  ): Promise<readonly Diagnostic[] | undefined> {
    // From the file as it is on, something has to be said of every text that is better.
    if (this.#document?.getText() !== this.base && !(await this.#show(this.base, signal)))
      return undefined;
    return (await this.#show(proposed, signal)) ? this.#problems() : undefined;
  }

  /** Puts a text there. @returns whether anything was said of it. */
  async #show(text: string, signal: AbortSignal): Promise<boolean> {
    const { uri } = this.#document ?? {};
    if (uri === undefined) return false;
    const rest = untilAtRest([uri.toString()], signal, reloadMs + firstWordMs);
    await workspace.fs.writeFile(uri, Buffer.from(text));
    return (await this.#holds(text, reloadMs)) && (await rest);
  }

  /** Whether the editor has read the text from the disk. */
  async #holds(text: string, limitMs: number): Promise<boolean> {
    const document = this.#document;
    if (document === undefined) return false;
    if (document.getText() === text) return true;
    return await new Promise((resolve) => {
      const end = (): void => {
        clearTimeout(timer);
        listener.dispose();
        resolve(document.getText() === text);
      };
      const timer = setTimeout(end, limitMs);
      const listener = workspace.onDidChangeTextDocument((event) => {
        if (event.document === document && document.getText() === text) end();
      });
    });
  }

  #problems(): readonly Diagnostic[] {
    const { uri } = this.#document ?? {};
    if (uri === undefined) return [];
    return languages.getDiagnostics(uri).map(plainDiagnostic).filter(isProblem);
  }

  /**
   * The editor keeps the copy open for some minutes: nothing must be said of it in the list of
   * problems.
   */
  async dispose(): Promise<void> {
    await Promise.allSettled([this.#opened, this.#last]);
    if (this.#document !== undefined) {
      await Promise.resolve(workspace.fs.writeFile(this.#document.uri, new Uint8Array())).catch(
        () => {},
      );
      await this.#holds("", endMs);
    }
    this.#watcher?.dispose();
    await this.#place.dispose();
  }
}
