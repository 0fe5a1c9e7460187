import { count, plural, t } from "../base/l10n";
import type { CaseState, Check, CheckCase } from "../protocol/checks";
import { behaviourWords } from "./compare-behaviour";

/**
 * What an edit did to the cases of a check. A case that tells nothing before or after is in none of
 * the lists.
 */
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
 * Compares what a check said of the code as it is with what it says of the edit. What could not be
 * told before for another reason does not count against the edit, whatever it says now. A check
 * that ran on the edit alone says of its failures that they are still there: nothing shows that the
 * edit brought them.
 */
export function compareCheck(check: Check): CheckChange {
  const { kind, before, after } = check;
  const turned: CheckCase[] = [];
  const still: CheckCase[] = [];
  const worse: CheckCase[] = [];
  const then = new Map(before?.cases.map((each) => [each.name, each.state]));
  const now = new Map(after?.cases.map((each) => [each.name, each]));
  // Of problems that nobody could name before, none is known to be new.
  const isUntold = kind === "problems" && before?.broken !== undefined;
  if (after === undefined || isUntold || kind === "behaviour")
    return { turned, still, worse, passing: [] };
  // Only what is there is named.
  const isList = kind === "problems" && after.broken === undefined;
  const fresh = after.cases.filter(({ name }) => before !== undefined && !then.has(name));
  // What could not be loaded or compiled failed as one, in the place of its tests: `test_calc.py`,
  // then `test_calc.py::test_two`.
  const stoodForOthers = (was: CheckCase): boolean =>
    was.state === "failed" &&
    !now.has(was.name) &&
    fresh.some((each) => stageOf(each) > stageOf(was));
  const ofNew = isList ? "passed" : before?.cases.some(stoodForOthers) ? "failed" : undefined;
  for (const each of after.cases) {
    const was = before === undefined ? "failed" : (then.get(each.name) ?? ofNew);
    // It came further before. Before: where `levenshtein(electron, neutron)` lacked names, a second
    // `return` behind the function, with which nothing could be loaded, counted for nothing.
    const isLost =
      each.state === "failed" &&
      ((each.failedAt !== undefined && was === undefined) ||
        (loadsNoMore(check) && was === "broken"));
    listFor(isLost ? "passed" : was, each.state)?.push(each);
  }
  for (const was of before?.cases ?? []) {
    if (now.has(was.name)) continue;
    if (isList || stoodForOthers(was)) {
      turned.push({ ...was, state: "passed" });
      continue;
    }
    // Silence about a problem tells nothing of it.
    if (kind === "problems") continue;
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

/** Whether nothing of the file can be run with the edit, and something could before. */
export function loadsNoMore({ before, after }: Check): boolean {
  return before !== undefined && before.unloaded !== true && after?.unloaded === true;
}

/** How far a case came: 2 where it was run. */
function stageOf({ failedAt }: CheckCase): number {
  return failedAt === undefined ? 2 : failedAt === "loading" ? 1 : 0;
}

/**
 * Whether the check can say anything of an edit: at least one of its cases told something of the
 * code as it is; or it lists problems, of which there may be none.
 */
export function canTell({ kind, before }: Check): boolean {
  if (before === undefined) return false;
  const isList = kind === "problems" && before.broken === undefined;
  return isList || before.cases.some(({ state }) => state !== "broken");
}

/** Whether anything that was checked is worse with the edit than without. */
export function gotWorse(checks: readonly Check[]): boolean {
  return checks.some((check) => compareCheck(check).worse.length > 0);
}

/** What still fails and is what the person asked about. */
export function stillFailing(check: Check): readonly CheckCase[] {
  return compareCheck(check).still.filter(({ beside }) => beside === undefined);
}

/** Whether all that the person asked about passes, by the tests as they were. */
export function isGreen(checks: readonly Check[]): boolean {
  return checks.every(
    (check) =>
      stillFailing(check).length === 0 &&
      !(check.after?.cases.some(({ ownTest }) => ownTest === true) ?? false),
  );
}

function counted(number: number, kind: Exclude<Check["kind"], "behaviour">): string {
  const shown = count(number);
  switch (kind) {
    case "examples":
      return plural(number, t("{0} example", shown), t("{0} examples", shown));
    case "tests":
      return plural(number, t("{0} test", shown), t("{0} tests", shown));
    case "problems":
      return plural(number, t("{0} problem", shown), t("{0} problems", shown));
    default:
      return kind satisfies never;
  }
}

function untold(kind: Exclude<Check["kind"], "behaviour">): string {
  switch (kind) {
    case "examples":
      return t("examples: nothing could be told");
    case "tests":
      return t("tests: nothing could be told");
    case "problems":
      return t("problems: nothing could be told");
    default:
      return kind satisfies never;
  }
}

function noLongerRun(kind: Exclude<Check["kind"], "behaviour" | "problems">): string {
  switch (kind) {
    case "examples":
      return t("examples: no longer run");
    case "tests":
      return t("tests: no longer run");
    default:
      return kind satisfies never;
  }
}

/**
 * What a check says, in a few words: "3 examples: 1 failed, now 0", "12 tests pass", "examples:
 * could not be run".
 */
export function checkWords(check: Check): string {
  const { before, after, kind } = check;
  if (kind === "problems") return problemWords(check);
  if (kind === "behaviour") return behaviourWords(check);
  const told = (after ?? before)?.cases.filter(({ state }) => state !== "broken") ?? [];
  const then = before?.cases.filter(({ state }) => state === "failed").length ?? 0;
  const all = counted(told.length, kind);
  const other = told.filter(({ state, beside }) => state === "failed" && beside).length;
  // Before: "5 examples: 2 failed, now 2", and it seemed that the edit did nothing.
  const ofOther = other === 0 ? "" : t(", {0} of them of other code", count(other));
  if (after === undefined) {
    if (told.length === 0) return untold(kind);
    return then === 0 ? t("{0}: all pass", all) : t("{0}: {1} failed", all, count(then)) + ofOther;
  }
  const { worse } = compareCheck(check);
  if (worse.length > 0 && told.length === 0) return noLongerRun(kind);
  if (told.length === 0) return untold(kind);
  const failing = told.filter(({ state }) => state === "failed").length;
  if (then === 0 && failing === 0 && worse.length === 0)
    return plural(told.length, t("{0} passes", all), t("{0} pass", all));
  const now = Math.max(failing, worse.length);
  return t("{0}: {1} failed, now {2}", all, count(then), count(now)) + ofOther;
}

function problemWords(check: Check): string {
  const { before, after } = check;
  if (after === undefined) return counted(before?.cases.length ?? 0, "problems");
  if (after.broken !== undefined) return untold("problems");
  const { turned, still, worse } = compareCheck(check);
  const left = still.length > 0 ? t(", {0} left", count(still.length)) : "";
  if (turned.length === 0 && worse.length === 0 && still.length === 0) return t("no problems");
  const fixed = count(turned.length);
  return (
    plural(
      turned.length,
      t("{0} problem fixed, {1} new", fixed, count(worse.length)),
      t("{0} problems fixed, {1} new", fixed, count(worse.length)),
    ) + left
  );
}
