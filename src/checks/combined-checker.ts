import type { Checker, CheckRequest, PreparedChecks } from "../core/run/checker";

/** Checkers of different kinds as one. What one of them cannot do keeps the others from nothing. */
export class CombinedChecker implements Checker {
  readonly #checkers: readonly Checker[];

  constructor(checkers: readonly Checker[]) {
    this.#checkers = checkers;
  }

  async prepare(request: CheckRequest, signal: AbortSignal): Promise<PreparedChecks> {
    const made = await Promise.allSettled(
      this.#checkers.map((checker) => checker.prepare(request, signal)),
    );
    const prepared = made.flatMap((each) => (each.status === "fulfilled" ? [each.value] : []));
    const failed = made.flatMap((each) => (each.status === "rejected" ? [each.reason] : []));
    const dispose = async (): Promise<void> => {
      const ends = await Promise.allSettled(prepared.map((each) => each.dispose()));
      for (const end of ends) if (end.status === "rejected") throw end.reason;
    };
    if (signal.aborted) await dispose();
    signal.throwIfAborted();
    if (prepared.length === 0 && failed.length > 0) throw failed[0];
    return {
      checks: prepared.flatMap(({ checks }) => checks),
      programs: prepared.flatMap(({ programs }) => programs),
      unchecked: [...prepared.flatMap(({ unchecked }) => unchecked), ...failed.map(sentence)],
      run: async (checkId, files, stop) => {
        const owner = prepared.find(({ checks }) => checks.some(({ id }) => id === checkId));
        if (owner === undefined) throw new Error(`no check ${checkId}`);
        return await owner.run(checkId, files, stop);
      },
      dispose,
    };
  }
}

function sentence(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
