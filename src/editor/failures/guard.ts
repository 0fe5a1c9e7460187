import { CancellationError } from "vscode";
import { failureOf } from "../../core/failure-error";
import type { Failure } from "../../protocol/failure";

/** @param retry does the failed work again. */
export type ReportFailure = (failure: Failure, retry: () => Promise<void>) => void;

/** Wraps work that nobody awaits, so that whatever it throws reaches the person, once. */
export type Guard = <Args extends readonly unknown[]>(
  work: (...args: Args) => Promise<void> | void,
) => (...args: Args) => Promise<void>;

export function guardWith(report: ReportFailure): Guard {
  return <Args extends readonly unknown[]>(work: (...args: Args) => Promise<void> | void) => {
    const guarded = async (...args: Args): Promise<void> => {
      try {
        await work(...args);
      } catch (thrown) {
        const cancelled =
          thrown instanceof CancellationError ||
          (thrown instanceof Error && thrown.name === "AbortError");
        if (!cancelled) report(failureOf(thrown), () => guarded(...args));
      }
    };
    return guarded;
  };
}
