import type { CaseState, Check, CheckCase, CheckSaid } from "../../../protocol/checks";
import { compareCheck } from "../../../runs/compare-checks";
import type { EditedFile } from "./checker";

/**
 * Tells cases that pass at one time and fail at another: a test that does so must not cost a right
 * edit.
 */
export class FlakyCases {
  /**
   * Cases by check and name: those that were seen to fail twice on the same code, and those that
   * say one thing and then another.
   */
  readonly #steady = new Set<string>();
  readonly #unsure = new Set<string>();

  /**
   * The check, without what is said only now and then. What speaks against an edit is run again
   * before it is believed, and what got worse is so on both sides. That a case which failed before
   * still fails is asked twice only once.
   *
   * @param run the same check on files; on none, on the code as it is.
   */
  async confirmed(
    check: Check,
    files: readonly EditedFile[],
    run: (files: readonly EditedFile[]) => Promise<CheckSaid>,
  ): Promise<Check> {
    const { id, kind, before, after } = check;
    const { worse, still } = compareCheck(check);
    if (before === undefined || after === undefined) return check;
    // What compilers and services say of a text does not come and go.
    if (kind === "problems") return check;
    const keyOf = (name: string): string => JSON.stringify([id, name]);
    const asked = still.filter(({ beside }) => beside === undefined);
    const failing = [
      ...worse,
      ...asked.filter(({ name }) => !this.#steady.has(keyOf(name))),
    ].filter(({ name }) => !this.#unsure.has(keyOf(name)));
    if (failing.length > 0) {
      const again = named(await run(files), "passed");
      // A disk that is full by now lets nothing be told of any code.
      const isInDoubt = worse.length > 0 || after.broken !== undefined;
      const then = isInDoubt ? await run([]) : undefined;
      const [wasOf, isOf] = [stateIn(before), stateIn(then)];
      for (const { name } of failing) {
        const isWorse = worse.some((each) => each.name === name);
        const is = isOf(name);
        const isAsThen =
          is === "passed" ||
          (isWorse ? is === wasOf(name) && then?.broken === before.broken : is === "failed");
        const isSure = !again.has(name) && (then === undefined || isAsThen);
        if (!isSure) this.#unsure.add(keyOf(name));
        else if (!isWorse) this.#steady.add(keyOf(name));
      }
    }
    const isUnsure = (name: string): boolean => this.#unsure.has(keyOf(name));
    return { ...check, before: withUnsure(before, isUnsure), after: withUnsure(after, isUnsure) };
  }
}

function stateIn(said: CheckSaid | undefined): (name: string) => CaseState | undefined {
  const states = new Map(said?.cases.map(({ name, state }) => [name, state]));
  return (name) => states.get(name);
}

function named({ cases }: CheckSaid, wanted: CaseState): ReadonlySet<string> {
  return new Set(cases.flatMap(({ state, name }) => (state === wanted ? name : [])));
}

function withUnsure(said: CheckSaid, isUnsure: (name: string) => boolean): CheckSaid {
  if (!said.cases.some(({ name }) => isUnsure(name))) return said;
  const cases = said.cases.map((each): CheckCase => {
    if (!isUnsure(each.name)) return each;
    return { ...each, state: "broken", got: "It passes at one time and fails at another." };
  });
  return { ...said, cases };
}
