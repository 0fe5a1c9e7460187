import type { CaseState, Check, CheckCase } from "../protocol/checks";

/** What an edit did to the cases of a check. A case that tells nothing before or after is in none of the lists. */
export interface CheckChange {
  /** Failed before, pass now. */
  readonly turned: readonly CheckCase[];
  /** Failed before and still do, as they are now. */
  readonly still: readonly CheckCase[];
  /** Passed before and do no more, as they are now. */
  readonly worse: readonly CheckCase[];
  /** All that pass now. */
  readonly passing: readonly CheckCase[];
}

/**
 * Compares what a check said of the code as it is with what it says of the edit. What could not be told before for another reason does
 * not count against the edit, whatever it says now. A check that ran on the edit alone says of its failures that they are still there:
 * nothing shows that the edit brought them.
 */
export function compareCheck({ before, after }: Check): CheckChange {
  const turned: CheckCase[] = [];
  const still: CheckCase[] = [];
  const worse: CheckCase[] = [];
  const then = new Map(before?.cases.map((each) => [each.name, each.state]));
  const now = new Map(after?.cases.map((each) => [each.name, each]));
  if (after === undefined) return { turned, still, worse, passing: [] };
  for (const each of after.cases) {
    const was = before === undefined ? "failed" : then.get(each.name);
    listFor(was, each.state)?.push(each);
  }
  for (const was of before?.cases ?? []) {
    if (now.has(was.name)) continue;
    const gone: CheckCase = { ...was, state: "broken", got: after.broken ?? "It was not run." };
    listFor(was.state, "broken")?.push(gone);
  }
  return { turned, still, worse, passing: after.cases.filter(({ state }) => state === "passed") };

  function listFor(was: CaseState | undefined, is: CaseState): CheckCase[] | undefined {
    if (was === "passed") return is === "passed" ? undefined : worse;
    if (was === "failed") return is === "passed" ? turned : still;
    return undefined;
  }
}

/** Whether the check can say anything of an edit: at least one of its cases told something of the code as it is. */
export function canTell({ before }: Check): boolean {
  return before?.cases.some(({ state }) => state !== "broken") ?? false;
}

/** Whether anything that was checked is worse with the edit than without. */
export function gotWorse(checks: readonly Check[]): boolean {
  return checks.some((check) => compareCheck(check).worse.length > 0);
}

/** What still fails and is what the person asked about. */
export function stillFailing(check: Check): readonly CheckCase[] {
  return compareCheck(check).still.filter(({ beside }) => beside === undefined);
}

const nouns = { examples: "example", tests: "test" } as const;

function counted(count: number, kind: Check["kind"]): string {
  return `${count} ${nouns[kind]}${count === 1 ? "" : "s"}`;
}

/** What a check says, in a few words: "3 examples: 1 failed, now 0", "12 tests pass", "examples: could not be run". */
export function checkWords(check: Check): string {
  const { before, after, kind } = check;
  const told = (after ?? before)?.cases.filter(({ state }) => state !== "broken") ?? [];
  const then = before?.cases.filter(({ state }) => state === "failed").length ?? 0;
  if (after === undefined) {
    if (told.length === 0) return `${kind}: nothing could be told`;
    return `${counted(told.length, kind)}: ${then === 0 ? "all pass" : `${then} failed`}`;
  }
  const { worse } = compareCheck(check);
  if (worse.length > 0 && told.length === 0) return `${kind}: no longer run`;
  if (told.length === 0) return `${kind}: nothing could be told`;
  const failing = told.filter(({ state }) => state === "failed").length;
  if (then === 0 && failing === 0 && worse.length === 0)
    return `${counted(told.length, kind)} pass${told.length === 1 ? "es" : ""}`;
  const now = Math.max(failing, worse.length);
  return `${counted(told.length, kind)}: ${then} failed, now ${now}`;
}
