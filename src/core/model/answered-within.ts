import { FailureError } from "../failure-error";
import { afterListening } from "./after-listening";

/**
 * What a question comes to.
 * @param limitMs the most that it may take, of the time in which this process runs; undefined: as
 * long as it takes.
 * @param ask its signal ends with the outer one and with the time; it is aborted at the end in any
 * case, which frees the connection.
 * @throws FailureError `silent` when the time is over.
 */
export async function answeredWithin<T>(
  limitMs: number | undefined,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const closing = new AbortController();
  const signal = outer === undefined ? closing.signal : AbortSignal.any([outer, closing.signal]);
  const takeBack =
    limitMs === undefined
      ? undefined
      : afterListening(limitMs, () =>
          closing.abort(new FailureError({ kind: "silent", silentMs: limitMs })),
        );
  try {
    return await ask(signal);
  } finally {
    takeBack?.();
    closing.abort();
  }
}
