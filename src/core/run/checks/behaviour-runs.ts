import type { Check, CheckName, CheckSaid } from "../../../protocol/checks";
import type { RunEvent } from "../../../protocol/run-events";
import { compareBehaviour } from "../../../runs/compare-behaviour";
import type { EditedFile, PreparedChecks } from "./checker";

/**
 * What the code does as it is and with edits. It is run as it is when this is first asked about an
 * edit, and once for each edit.
 */
export class BehaviourRuns {
  readonly #after = new Map<string, CheckSaid>();
  #before: CheckSaid | undefined;
  readonly #prepared: PreparedChecks;
  readonly #name: CheckName;
  readonly #signal: AbortSignal;

  constructor(prepared: PreparedChecks, name: CheckName, signal: AbortSignal) {
    this.#prepared = prepared;
    this.#name = name;
    this.#signal = signal;
  }

  /** Undefined where the code as it is gives nothing that an edit could be compared with. */
  async *of(files: readonly EditedFile[]): AsyncGenerator<RunEvent, Check | undefined, void> {
    this.#before ??= yield* this.#asItIs();
    const before = this.#before;
    if (before.cases.length === 0) return undefined;
    const key = JSON.stringify(files);
    let after = this.#after.get(key);
    if (after === undefined) {
      const check = this.#name;
      yield { kind: "check", at: Date.now(), check, stage: "after" };
      after = await this.#prepared.run(check.id, files, this.#signal);
      yield { kind: "check", at: Date.now(), check, stage: "after", said: after };
      this.#after.set(key, after);
    }
    return { ...this.#name, before, after };
  }

  /** Twice: what comes by chance, or of the time of day, differs by itself. */
  async *#asItIs(): AsyncGenerator<RunEvent, CheckSaid, void> {
    const check = this.#name;
    yield { kind: "check", at: Date.now(), check, stage: "before" };
    const first = await this.#prepared.run(check.id, [], this.#signal);
    const second = await this.#prepared.run(check.id, [], this.#signal);
    const { changed } = compareBehaviour({ ...check, before: first, after: second });
    const sure = new Set(
      second.cases.flatMap(({ state, name }) => (state === "broken" ? [] : name)),
    );
    const cases = first.cases.filter(({ state, name }) => state !== "broken" && sure.has(name));
    const said: CheckSaid =
      changed.length === 0
        ? { ...first, cases }
        : { ...first, cases: [], broken: "The code does not do the same each time." };
    yield { kind: "check", at: Date.now(), check, stage: "before", said };
    return said;
  }
}
