import type { Check, CheckCase, CheckName, CheckSaid } from "../../protocol/checks";
import type { FileProposal } from "../../protocol/proposal";
import type { RunEvent } from "../../protocol/run-events";
import { canTell, compareCheck } from "../../runs/compare-checks";
import type { Log } from "../log";
import type { Checker, CheckRequest, EditedFile, PreparedChecks } from "./checker";

/** So long an edit waits for the checks to be made ready. */
const graceMs = 1_000;
const notReady = "The edit is not checked: it was not known in time whether its checks may be run.";

/**
 * The checks of one run: begins at once, on the code as it is, while the model is still being reached; judges edits later. What
 * happens meanwhile waits as events until the run has a moment to tell it.
 */
export class CheckDesk {
  readonly #log: Log;
  readonly #stop = new AbortController();
  readonly #signal: AbortSignal;
  readonly #before: Promise<void>;
  readonly #said = new Map<string, CheckSaid>();
  readonly #judged = new Map<string, readonly Check[]>();
  #events: RunEvent[] = [];
  #prepared: PreparedChecks | undefined;
  #settled = false;

  constructor(checker: Checker | undefined, request: CheckRequest, signal: AbortSignal, log: Log) {
    this.#log = log;
    this.#signal = AbortSignal.any([signal, this.#stop.signal]);
    this.#before = checker === undefined ? Promise.resolve() : this.#begin(checker, request);
    void this.#before.then(() => {
      this.#settled = true;
    });
  }

  /** Waits until the code as it is was checked, but no longer than this. */
  async wait(limitMs: number): Promise<void> {
    if (this.#settled) return;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
    });
    await Promise.race([this.#before, late]);
    clearTimeout(timer);
  }

  /** What happened since this was last asked. */
  *news(): Generator<RunEvent, void, void> {
    const events = this.#events;
    this.#events = [];
    yield* events;
  }

  /** What fails in the code as it is and should not, as far as it is known now. */
  get failing(): readonly CheckCase[] {
    return [...this.#said.values()].flatMap(({ cases }) =>
      cases.filter(({ state, beside }) => state === "failed" && beside === undefined),
    );
  }

  /** Whether anything is there that can tell a right edit from a wrong one, as far as it is known now. */
  get canTell(): boolean {
    return [...this.#said].some(([id, before]) => canTell({ ...this.#name(id), before }));
  }

  /**
   * Runs the checks on an edit. The same code is not run twice. What got worse is run again, on both sides, before it is believed: a
   * test that passes now and then must not cost a right edit.
   */
  async *judge(files: readonly FileProposal[]): AsyncGenerator<RunEvent, readonly Check[], void> {
    if (!(await this.#isReady())) {
      yield { kind: "notice", text: notReady };
      return [];
    }
    await this.#before;
    yield* this.news();
    if (this.#prepared === undefined || this.#said.size === 0) return [];
    const edited = files.map(({ uri, path, proposed }) => ({ uri, path, proposed }));
    const key = JSON.stringify(edited);
    const known = this.#judged.get(key);
    if (known !== undefined) return known;
    const checks: Check[] = [];
    for (const [id, before] of this.#said) {
      const name = this.#name(id);
      yield { kind: "check", at: Date.now(), check: name, stage: "after" };
      const after = await this.#prepared.run(id, edited, this.#signal);
      const check = await this.#confirmed({ ...name, before, after }, edited);
      checks.push(check);
      const said = check.after ?? after;
      yield { kind: "check", at: Date.now(), check: name, stage: "after", said };
    }
    this.#judged.set(key, checks);
    return checks;
  }

  /** Whether it is known by now what there is to run: a person who has not said yet whether it may be run is not waited for. */
  async #isReady(): Promise<boolean> {
    if (this.#prepared === undefined) await this.wait(graceMs);
    return this.#prepared !== undefined || this.#settled;
  }

  /** Ends what runs, and leaves nothing behind. */
  async close(): Promise<void> {
    this.#stop.abort();
    await this.#before;
    await this.#prepared?.dispose().catch((thrown: unknown) => this.#log.warn(sentence(thrown)));
  }

  async #begin(checker: Checker, request: CheckRequest): Promise<void> {
    try {
      const prepared = await checker.prepare(request, this.#signal);
      this.#prepared = prepared;
      for (const text of prepared.unchecked) this.#events.push({ kind: "notice", text });
      for (const check of prepared.checks) {
        this.#events.push({ kind: "check", at: Date.now(), check, stage: "before" });
        const said = await prepared.run(check.id, [], this.#signal);
        this.#said.set(check.id, said);
        this.#events.push({ kind: "check", at: Date.now(), check, stage: "before", said });
      }
    } catch (thrown) {
      if (this.#signal.aborted) return;
      this.#log.warn(`no checks: ${sentence(thrown)}`);
      this.#events.push({ kind: "notice", text: `Nothing is checked: ${sentence(thrown)}` });
    }
  }

  async #confirmed(check: Check, files: readonly EditedFile[]): Promise<Check> {
    const { before, after } = check;
    const { worse } = compareCheck(check);
    if (worse.length === 0 || before === undefined || after === undefined) return check;
    const again = await this.#prepared?.run(check.id, files, this.#signal);
    const asItIs = await this.#prepared?.run(check.id, [], this.#signal);
    if (again === undefined || asItIs === undefined) return check;
    const passesAgain = passed(again);
    const passedAgain = passed(asItIs);
    const isUnsure = (name: string): boolean =>
      worse.some((each) => each.name === name) && (passesAgain.has(name) || !passedAgain.has(name));
    return { ...check, before: withUnsure(before, isUnsure), after: withUnsure(after, isUnsure) };
  }

  #name(id: string): CheckName {
    const name = this.#prepared?.checks.find((check) => check.id === id);
    if (name === undefined) throw new Error(`no check ${id}`);
    return name;
  }
}

function passed({ cases }: CheckSaid): ReadonlySet<string> {
  return new Set(cases.flatMap(({ state, name }) => (state === "passed" ? name : [])));
}

function withUnsure(said: CheckSaid, isUnsure: (name: string) => boolean): CheckSaid {
  const cases = said.cases.map((each): CheckCase => {
    if (!isUnsure(each.name)) return each;
    return { ...each, state: "broken", got: "It passes at one time and fails at another." };
  });
  return { ...said, cases };
}

function sentence(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
