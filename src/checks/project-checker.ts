import { mkdir, readFile, realpath } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { defined } from "../base/defined";
import { languageById } from "../base/languages/languages";
import { Lines } from "../base/text/lines";
import type {
  Checker,
  CheckRequest,
  EditedFile,
  PreparedChecks,
  Suspect,
  TestsTouched,
} from "../core/run/checks/checker";
import type { CheckCase, CheckName, CheckSaid } from "../protocol/checks";
import type { Target } from "../protocol/document";
import type { FileProposal } from "../protocol/proposal";
import { behaviourCheck } from "./behaviour/behaviour-check";
import { compilerCheck } from "./compile/compiler-check";
import { nothingToRun } from "./consented-checker";
import { examplesCheck } from "./examples/examples-check";
import { pythonOf } from "./interpreters";
import { PrivateCopy } from "./place/private-copy";
import { projectFolders } from "./place/project-root";
import { cleanEnvironment } from "./process/clean-environment";
import { confinement } from "./process/confinement";
import type { CheckPlace, RunnableCheck } from "./runnable-check";
import { testAt, testsIn } from "./tests/lines-of-tests";
import { suspectPlaces } from "./tests/suspects";
import { type TestTask, testsCheck } from "./tests/tests-check";
import { isThereToTest, testsTouched } from "./tests/tests-of-before";

export interface ProjectCheckerOptions {
  /**
   * A command that the person typed for the tests, word by word; absent: the nearest tests by the
   * project's own runner.
   */
  readonly testWords?: readonly [string, ...string[]];
  /**
   * A command that the project's configuration names for the tests of a file; asked where no runner
   * of its language is known.
   */
  readonly taskFor?: (uri: string) => Promise<TestTask | undefined>;
  /** The folder that the person opened, or is in, as far as the file is in one. */
  readonly openedFolder?: (uri: string) => string | undefined;
  /** The Python that the person chose for a file; else it is looked for. */
  readonly chosenPython?: (uri: string) => Promise<string | undefined>;
  /** An editor, whose own services know TypeScript: it is not compiled then. */
  readonly hasServices?: boolean;
  /** What the programs' environment is taken from. */
  readonly environment?: NodeJS.ProcessEnv;
  /** Where the copies are made. */
  readonly temporary?: string;
  /** A folder of ours for what tools compile, from one run to the next; absent: nothing is kept. */
  readonly kept?: string;
}

const openPlace =
  "This system cannot shut programs in: what is checked runs in a copy, with a clean environment, but could reach the network and other files.";

/** Checks edits by running a project's own examples and tests in a copy of it. */
export class ProjectChecker implements Checker {
  readonly #testWords: readonly [string, ...string[]] | undefined;
  readonly #taskFor: ProjectCheckerOptions["taskFor"];
  readonly #openedFolder: ProjectCheckerOptions["openedFolder"];
  readonly #chosenPython: ProjectCheckerOptions["chosenPython"];
  readonly #hasServices: boolean;
  readonly #environment: NodeJS.ProcessEnv;
  readonly #temporary: string;
  readonly #kept: string | undefined;

  constructor({
    testWords,
    taskFor,
    openedFolder,
    chosenPython,
    hasServices = false,
    environment = process.env,
    temporary = tmpdir(),
    kept,
  }: ProjectCheckerOptions = {}) {
    this.#testWords = testWords;
    this.#taskFor = taskFor;
    this.#openedFolder = openedFolder;
    this.#chosenPython = chosenPython;
    this.#hasServices = hasServices;
    this.#environment = environment;
    this.#temporary = temporary;
    this.#kept = kept;
  }

  async prepare({ target, symbol }: CheckRequest, signal: AbortSignal): Promise<PreparedChecks> {
    if (!target.uri.startsWith("file:"))
      return nothingToRun("Nothing is checked: only a file that is saved can be run.");
    const opened = this.#openedFolder?.(target.uri);
    const folders = projectFolders(fileURLToPath(target.uri), opened);
    const copy = await PrivateCopy.make(folders, this.#temporary, signal);
    try {
      const isPython = languageById(target.languageId)?.testTool === "python";
      const python =
        (isPython ? await this.#chosenPython?.(target.uri) : undefined) ??
        pythonOf(fileURLToPath(target.uri), copy.root, this.#environment);
      const examples = await examplesCheck(target, symbol, this.#environment);
      const tests = await testsCheck({
        target,
        copy,
        python,
        words: this.#testWords,
        environment: this.#environment,
        task: () => this.#taskFor?.(target.uri) ?? Promise.resolve(undefined),
      });
      const found = [
        examples,
        tests,
        await this.#compiler(target, copy, typeof tests === "object"),
      ];
      const checks = found.filter((each) => typeof each === "object");
      const unchecked = found.filter((each) => typeof each === "string");
      if (found.every((each) => each === undefined))
        unchecked.push("Nothing is checked: no documented examples and no tests were found.");
      const closed = checks.length > 0 && (await confinement()).closed;
      if (checks.length === 0) await copy.dispose();
      else if (!closed) unchecked.push(openPlace);
      // Whoever wrote an example wants it to be run; what a call does with other arguments nobody
      // said: `clean("/tmp/x")`, `clean("/")`.
      const behaviour =
        typeof examples === "object" && closed
          ? await behaviourCheck(target, symbol, this.#environment)
          : undefined;
      signal.throwIfAborted();
      const environment = cleanEnvironment(this.#environment, copy.home, homedir());
      // What the person sees may not be saved yet: it is what all is compared with.
      const asItIs = { uri: target.uri, path: target.path, proposed: target.text };
      const place = { copy, environment, python, kept: await realFolder(this.#kept) };
      return new ProjectChecks(checks, behaviour, closed, unchecked, place, asItIs);
    } catch (thrown) {
      await copy.dispose();
      throw thrown;
    }
  }

  /** Tests that run have been compiled, but for those of TypeScript, whose types are thrown away. */
  async #compiler(
    target: Target,
    copy: PrivateCopy,
    hasTests: boolean,
  ): Promise<RunnableCheck | undefined> {
    const isTyped = languageById(target.languageId)?.compiler === "tsc";
    if (isTyped ? this.#hasServices : hasTests) return undefined;
    const file = relative(copy.root, fileURLToPath(target.uri));
    return await compilerCheck({ target, file, copy, environment: this.#environment });
  }
}

/** The folder, made where it is missing; undefined where that cannot be. */
async function realFolder(folder: string | undefined): Promise<string | undefined> {
  if (folder === undefined) return undefined;
  try {
    await mkdir(folder, { recursive: true });
    return await realpath(folder);
  } catch {
    return undefined;
  }
}

function nameOf({ id, kind, label }: RunnableCheck): CheckName {
  return { id, kind, label };
}

class ProjectChecks implements PreparedChecks {
  readonly checks: readonly CheckName[];
  readonly programs: readonly string[];
  readonly behaviour?: CheckName;
  readonly #stop = new AbortController();
  #last: Promise<unknown> = Promise.resolve();

  readonly #runnable: readonly RunnableCheck[];
  readonly #calls: RunnableCheck | undefined;
  readonly #place: CheckPlace;
  readonly #asItIs: EditedFile;

  constructor(
    runnable: readonly RunnableCheck[],
    calls: RunnableCheck | undefined,
    readonly isShutIn: boolean,
    readonly unchecked: readonly string[],
    place: CheckPlace,
    asItIs: EditedFile,
  ) {
    this.#runnable = runnable;
    this.#calls = calls;
    this.#place = place;
    this.#asItIs = asItIs;
    this.programs = runnable.map(({ program }) => program);
    this.checks = runnable.map(nameOf);
    if (calls !== undefined) this.behaviour = nameOf(calls);
  }

  async suspects(
    failing: readonly CheckCase[],
    files: readonly EditedFile[],
  ): Promise<readonly Suspect[]> {
    const { root, files: all } = this.#place.copy;
    const tests = this.#runnable.flatMap((each) => each.tests ?? []);
    const read = (file: string) => this.#textOf(file, files);
    const found = await suspectPlaces({ failing, files: all, tests, read });
    return found.map(({ file, line }) => ({
      uri: pathToFileURL(join(root, file)).href,
      ...defined({ line }),
    }));
  }

  async isTest(uri: string, line?: number): Promise<boolean> {
    const file = this.#fileOf(uri);
    if (file === undefined) return false;
    const read = (each: string) => this.#textOf(each, []);
    if (await isThereToTest(file, read)) return true;
    return line !== undefined && testAt(testsIn(Lines.of(await read(file))), line) !== undefined;
  }

  async touched(proposal: FileProposal): Promise<TestsTouched | undefined> {
    const file = this.#fileOf(proposal.uri);
    return file === undefined ? undefined : await testsTouched(file, proposal);
  }

  run(checkId: string, files: readonly EditedFile[], signal: AbortSignal): Promise<CheckSaid> {
    // One after the other: they share the copy.
    const next = this.#last.then(() =>
      this.#run(checkId, files, AbortSignal.any([signal, this.#stop.signal])),
    );
    this.#last = next.catch(() => {});
    return next;
  }

  async dispose(): Promise<void> {
    this.#stop.abort();
    await this.#last;
    await this.#place.copy.dispose();
  }

  #fileOf(uri: string): string | undefined {
    if (!uri.startsWith("file:")) return undefined;
    return relative(this.#place.copy.root, fileURLToPath(uri));
  }

  async #textOf(file: string, edited: readonly EditedFile[]): Promise<string> {
    const path = join(this.#place.copy.root, file);
    const uri = pathToFileURL(path).href;
    const known = [...edited, this.#asItIs].find((each) => each.uri === uri);
    return known?.proposed ?? (await readFile(path, "utf8").catch(() => ""));
  }

  async #run(
    checkId: string,
    files: readonly EditedFile[],
    signal: AbortSignal,
  ): Promise<CheckSaid> {
    const all = this.#calls === undefined ? this.#runnable : [...this.#runnable, this.#calls];
    const check = all.find(({ id }) => id === checkId);
    if (check === undefined) throw new Error(`no check ${checkId}`);
    const began = performance.now();
    const edited = [this.#asItIs, ...files.filter(({ uri }) => uri !== this.#asItIs.uri)].map(
      (file) => files.find(({ uri }) => uri === file.uri) ?? file,
    );
    try {
      await this.#place.copy.fill(signal);
      return await this.#place.copy.with(edited, () => check.run(this.#place, signal));
    } catch (thrown) {
      signal.throwIfAborted();
      const broken = thrown instanceof Error ? thrown.message : String(thrown);
      return { cases: [], output: "", tookMs: Math.round(performance.now() - began), broken };
    }
  }
}
