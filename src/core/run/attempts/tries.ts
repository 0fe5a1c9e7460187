import { compareCheck } from "../../../runs/compare-checks";
import type { Asking } from "../asking/ask-model";
import type { TryLimits } from "../checks/checker";
import { bestOf, type Candidate } from "../edits/judges";
import type { Refusal } from "../edits/propose";
import type { Ending } from "../ending";
import type { Step } from "./attempt";

/**
 * How often the model is asked when its answers are of no use; a thought takes minutes, so a
 * thinking model is asked less often.
 */
const attemptLimit = 3;
const thinkingAttemptLimit = 2;
/** How often a model is asked whose answers are of no use. */
export function usefulLimit({ connection }: Asking): number {
  return connection.think ? thinkingAttemptLimit : attemptLimit;
}

/** It is read, and was found wanting by being run: another one may do better. */
export function isRefusedByRunning(candidate: Candidate | undefined): boolean {
  return candidate?.refusedBy === "checks" || candidate?.refusedBy === "behaviour";
}

/** What came of the attempts so far. */
export class Tries {
  readonly #mostUseless: number;
  readonly #limits: TryLimits;
  /** Why the model is asked at all, where it is not for the first time. */
  readonly #first: string;
  /**
   * From when on the seconds count, in `performance.now()`; absent: from when the first answer is
   * there.
   */
  #begin: number | undefined;
  readonly candidates: Candidate[] = [];
  /** Those that the person was shown already. */
  readonly shown = new Set<Candidate>();
  unplaced: Refusal | undefined;
  /** Of the last answer that was of no use; absent while the model has said nothing at all. */
  ending: Ending | undefined;
  #made = 0;

  constructor(
    mostUseless: number,
    limits: TryLimits,
    first = "The model answered with nothing.",
    begin?: number,
  ) {
    this.#mostUseless = mostUseless;
    this.#limits = limits;
    this.#first = first;
    this.#begin = begin;
  }

  add(step: Extract<Step, { kind: "useless" }> | Candidate): void {
    this.#made++;
    this.#begin ??= performance.now();
    if ("kind" in step) {
      this.ending = step.ending;
      this.unplaced = step.unplaced ?? this.unplaced;
      return;
    }
    this.candidates.push(step);
    this.ending = { outcome: "refused", ...(step.no === undefined ? {} : { detail: step.no }) };
  }

  /**
   * One line that was filled in is no answer: it costs little, and as the smallest change of all it
   * would be taken for the best of those that change nothing. Kept is one that the checks let pass,
   * or that more passes with.
   */
  addLine(candidate: Candidate): void {
    if (candidate.no === undefined || (candidate.isWorse !== true && turnsSomething(candidate)))
      this.candidates.push(candidate);
  }

  /**
   * @param canTell something is there that will know the right answer when it comes.
   * @param isForSomethingElse the request names a problem of its own, which what is run may know
   * nothing of.
   */
  goOn(canTell: boolean, isForSomethingElse = false): boolean {
    const { tries } = this.#limits;
    if (isForSomethingElse && this.#made >= this.#mostUseless && this.#turnsNothing) return false;
    if (canTell && this.msLeft > 0 && this.#made < tries) return true;
    return !(canTell && this.isRefusedByChecks) && this.#made < this.#mostUseless;
  }

  /** Time that is left, in milliseconds; negative when it is over. */
  get msLeft(): number {
    const now = performance.now();
    return this.#limits.seconds * 1_000 - (now - (this.#begin ?? now));
  }

  /** Answers that may still be asked for. */
  get left(): number {
    return this.#limits.tries - this.#made;
  }

  /**
   * None of the changes made anything pass that failed before: that may be so for a reason of its
   * own.
   */
  get #turnsNothing(): boolean {
    return !this.candidates.some(turnsSomething);
  }

  /**
   * The best edit that a person should look at. Not among them is one that makes something worse,
   * and one with which all that should pass fails as before.
   */
  best(isForSomethingElse: boolean): Candidate | undefined {
    return bestOf(
      this.candidates.filter(
        (each) =>
          each.refusedBy !== "checks" ||
          (each.isWorse !== true && (isForSomethingElse || turnsSomething(each))),
      ),
    );
  }

  /** Whether it was something that ran the code that said no to the last edit. */
  get isRefusedByChecks(): boolean {
    return isRefusedByRunning(this.candidates.at(-1));
  }

  get reason(): string {
    if (this.ending === undefined) return this.#first;
    return this.ending.detail ?? "The answer could not be used.";
  }
}

/** Something passes with it that failed before; that a problem is gone may be so by chance. */
function turnsSomething({ proposal }: Candidate): boolean {
  return (proposal.checks ?? []).some(
    (check) => check.kind !== "problems" && compareCheck(check).turned.length > 0,
  );
}
