import type { Check, CheckCase, CheckSaid } from "../../../protocol/checks";
import type { FileProposal } from "../../../protocol/proposal";
import type { RunEvent } from "../../../protocol/run-events";
import { canTell } from "../../../runs/compare-checks";
import type { Log } from "../../log";
import { BehaviourRuns } from "./behaviour-runs";
import type {
  Checker,
  CheckRequest,
  EditedFile,
  PreparedChecks,
  Suspect,
  TestsTouched,
} from "./checker";
import { FlakyCases } from "./flaky-cases";
import { changesTests, judgedByBoth, type Touched, withTestsOfBefore } from "./own-tests";
import { failuresOf, type ReadyCheck } from "./short-run";

/** So long the first edit waits for the checks to be made ready. */
const graceMs = 1_000;
/** So often it is told what happens while nothing else goes on. */
const newsMs = 250;
const notReady = "The edit is not checked: it was not known in time whether its checks may be run.";
const notAllReady =
  "The edit is checked in part only: it was not known in time whether its other checks may be run.";

/** One checker at work. */
interface Bench {
  /** Absent until it is known what there is to run, and where that could not be found out. */
  prepared?: PreparedChecks;
  /** By the check's id, what it said of the code as it is. */
  readonly said: Map<string, CheckSaid>;
  /** Resolves when all there is was run on the code as it is, or cannot be. */
  before: Promise<void>;
  isSettled: boolean;
}

/**
 * The checks of one run: begins at once, on the code as it is, while the model is still being
 * reached; judges edits later. What happens meanwhile waits as events until the run has a moment to
 * tell it. What one checker cannot do yet, or at all, keeps the others from nothing: the editor's
 * problems do not wait for a person who has not said yet whether tests may be run.
 */
export class CheckDesk {
  readonly #log: Log;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #benches: readonly Bench[];
  readonly #judged = new Map<string, readonly Check[]>();
  readonly #noted = new Set<string>();
  readonly #flaky = new FlakyCases();
  readonly #behaviours = new Map<PreparedChecks, BehaviourRuns>();
  #events: RunEvent[] = [];
  /** One wait for all that is asked of an edit, and for all edits. */
  #grace: Promise<void> | undefined;

  constructor(checkers: readonly Checker[], request: CheckRequest, signal: AbortSignal, log: Log) {
    this.#log = log;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#benches = checkers.map((checker) => this.#bench(checker, request));
  }

  /** Waits until the code as it is was checked, but no longer than this. */
  async wait(limitMs: number): Promise<void> {
    if (this.#benches.every(({ isSettled }) => isSettled)) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([settled(this.#benches), late]);
    clearTimeout(timer);
  }

  /**
   * Tells what happens until the code as it is was checked, however long that takes and whomever it
   * waits for.
   */
  async *whileSettling(): AsyncGenerator<RunEvent, void, void> {
    while (!this.#benches.every(({ isSettled }) => isSettled)) {
      await this.wait(newsMs);
      this.#signal.throwIfAborted();
      yield* this.news();
    }
    yield* this.news();
  }

  /** How many cases told something of the code as it is. */
  get told(): number {
    const said = this.#benches.flatMap((bench) => [...bench.said.values()]);
    return said.flatMap(({ cases }) => cases.filter(({ state }) => state !== "broken")).length;
  }

  /** What happened since this was last asked. */
  *news(): Generator<RunEvent, void, void> {
    const events = this.#events;
    this.#events = [];
    yield* events;
  }

  /** What fails in the code as it is and should not, as far as it is known now. */
  get failing(): readonly CheckCase[] {
    return this.#benches.flatMap(({ said }) =>
      [...said.values()].flatMap(({ cases }) =>
        cases.filter(({ state, beside }) => state === "failed" && beside === undefined),
      ),
    );
  }

  /** Whether something fails by being run, which a right edit turns and a wrong one hardly does. */
  get failsWhenRun(): boolean {
    return checksOf(this.#benches).some(
      ({ name, before }) =>
        name.kind !== "problems" &&
        before.cases.some(({ state, beside }) => state === "failed" && !beside),
    );
  }

  /**
   * Whether anything is there that can tell a right edit from a wrong one, as far as it is known
   * now.
   */
  get canTell(): boolean {
    return checksOf(this.#benches).some(({ name, before }) => canTell({ ...name, before }));
  }

  /**
   * Runs the checks on an edit. The same code is not run twice, but for what speaks against the
   * edit: that is run again before it is believed, and what got worse is so on both sides. A test
   * that passes now and then must not cost a right edit. That a case which failed before still
   * fails is asked twice only once.
   *
   * @param touched what the edit changes of the tests; it is judged by those of before.
   * @param isAsked the person asked for these tests to be changed.
   */
  async *judge(
    files: readonly FileProposal[],
    touched: Touched = new Map(),
    isAsked = false,
  ): AsyncGenerator<RunEvent, readonly Check[], void> {
    const ready = await this.#ready();
    await settled(ready);
    const asked = checksOf(ready);
    if (ready.length < this.#benches.length)
      yield { kind: "notice", text: asked.length === 0 ? notReady : notAllReady };
    yield* this.news();
    if (asked.length === 0) return [];
    const edited = files.map(asEdited);
    const tested = withTestsOfBefore(files, touched).map(asEdited);
    const key = JSON.stringify([asked.map(({ name }) => name.id), edited]);
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const checks: Check[] = [];
    for (const { prepared, name, before } of asked) {
      // A compiler that was too slow, or lacks a library, has nothing to be compared with.
      if (name.kind === "problems" && before.broken !== undefined) {
        checks.push({ ...name, before, after: before });
        continue;
      }
      yield { kind: "check", at: Date.now(), check: name, stage: "after" };
      const isDouble = name.kind === "tests" && changesTests(files, touched);
      const judged = isDouble ? tested : edited;
      const run = (code: readonly EditedFile[]) => prepared.run(name.id, code, this.#signal);
      const after = await run(judged);
      const sure = await this.#flaky.confirmed({ ...name, before, after }, judged, run);
      const check = isDouble ? judgedByBoth(sure, await run(edited), isAsked) : sure;
      checks.push(check);
      const said = check.after ?? after;
      yield { kind: "check", at: Date.now(), check: name, stage: "after", said };
    }
    this.#judged.set(key, checks);
    return checks;
  }

  /** Whether all that runs code has it shut in, so that code may be run that nobody has read. */
  get runsShutIn(): boolean {
    return checksOf(this.#benches).every(
      ({ name, prepared }) => name.kind === "problems" || prepared.isShutIn === true,
    );
  }

  /** How many of the cases that should pass fail with an edit, see {@link failuresOf}. */
  async failuresWith(files: readonly FileProposal[]): Promise<number | undefined> {
    return await failuresOf(checksOf(this.#benches), files.map(asEdited), this.#signal);
  }

  /** What the code does, before an edit and with it; undefined where that cannot be told. */
  async *behaviour(
    files: readonly FileProposal[],
  ): AsyncGenerator<RunEvent, Check | undefined, void> {
    for (const { prepared } of await this.#ready()) {
      if (prepared?.behaviour === undefined) continue;
      const known = this.#behaviours.get(prepared);
      const runs = known ?? new BehaviourRuns(prepared, prepared.behaviour, this.#signal);
      this.#behaviours.set(prepared, runs);
      return yield* runs.of(files.map(asEdited));
    }
    return undefined;
  }

  /**
   * Those of which it is known by now what there is to run: a person who has not said yet whether
   * it may be run is not waited for.
   */
  async #ready(): Promise<readonly Bench[]> {
    const isReady = ({ prepared, isSettled }: Bench): boolean =>
      prepared !== undefined || isSettled;
    if (!this.#benches.every(isReady)) {
      this.#grace ??= this.wait(graceMs);
      await this.#grace;
    }
    return this.#benches.filter(isReady);
  }

  /**
   * Where the cause of failures may be, likeliest first. @param files as they were when this failed
   */
  async suspects(
    failing: readonly CheckCase[],
    files: readonly EditedFile[],
  ): Promise<readonly Suspect[]> {
    const found = this.#benches.map(
      async ({ prepared }) => (await prepared?.suspects?.(failing, files)) ?? [],
    );
    return (await Promise.all(found)).flat();
  }

  /**
   * Whether a file is one of those by which an edit is judged, or a line of it stands in a test.
   */
  async isTest(uri: string, line?: number): Promise<boolean> {
    for (const { prepared } of this.#benches) if (await prepared?.isTest?.(uri, line)) return true;
    return false;
  }

  /** What an edit changes of that by which it is judged. */
  async touched(files: readonly FileProposal[]): Promise<Touched> {
    const found = new Map<string, TestsTouched>();
    const ready = await this.#ready();
    for (const file of files)
      for (const { prepared } of ready) {
        const touched = await prepared?.touched?.(file);
        if (touched !== undefined) found.set(file.uri, touched);
      }
    return found;
  }

  /** Ends what runs, and leaves nothing behind. */
  async close(): Promise<void> {
    this.#stop.abort();
    await settled(this.#benches);
    const ends = this.#benches.map(async ({ prepared }) => await prepared?.dispose());
    for (const end of await Promise.allSettled(ends))
      if (end.status === "rejected") this.#log.warn(sentence(end.reason));
  }

  #bench(checker: Checker, request: CheckRequest): Bench {
    const bench: Bench = { said: new Map(), before: Promise.resolve(), isSettled: false };
    bench.before = this.#begin(checker, request, bench);
    return bench;
  }

  async #begin(checker: Checker, request: CheckRequest, bench: Bench): Promise<void> {
    try {
      const prepared = await checker.prepare(request, this.#signal);
      bench.prepared = prepared;
      for (const text of prepared.unchecked) this.#note(text);
      for (const check of prepared.checks) {
        this.#events.push({ kind: "check", at: Date.now(), check, stage: "before" });
        const said = await prepared.run(check.id, [], this.#signal);
        bench.said.set(check.id, said);
        this.#events.push({ kind: "check", at: Date.now(), check, stage: "before", said });
      }
    } catch (thrown) {
      if (this.#signal.aborted) return;
      this.#log.warn(`no checks: ${sentence(thrown)}`);
      this.#note(`Nothing is checked: ${sentence(thrown)}`);
    } finally {
      bench.isSettled = true;
    }
  }

  /** Two checkers may be kept from their work by the same. */
  #note(text: string): void {
    if (!this.#noted.has(text)) this.#events.push({ kind: "notice", text });
    this.#noted.add(text);
  }
}

function asEdited({ uri, path, proposed }: FileProposal): EditedFile {
  return { uri, path, proposed };
}

async function settled(benches: readonly Bench[]): Promise<void> {
  await Promise.all(benches.map(({ before }) => before));
}

/** The checks that have said something of the code as it is. */
function checksOf(benches: readonly Bench[]): readonly ReadyCheck[] {
  return benches.flatMap(({ prepared, said }) =>
    (prepared?.checks ?? []).flatMap((name) => {
      const before = said.get(name.id);
      return prepared === undefined || before === undefined ? [] : { prepared, name, before };
    }),
  );
}

function sentence(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
