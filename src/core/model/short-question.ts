import { FailureError } from "../failure-error";

/**
 * What a question comes to that may not take longer than this.
 * @param ask its signal ends with the outer one and with the time; it is aborted at the end in any case, which frees the connection.
 * @throws FailureError `silent` when the time is over.
 */
export async function shortQuestion<T>(
  limitMs: number,
  outer: AbortSignal | undefined,
  ask: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const closing = new AbortController();
  const signal = outer === undefined ? closing.signal : AbortSignal.any([outer, closing.signal]);
  const silent = new FailureError({ kind: "silent", silentMs: limitMs });
  const timer = setTimeout(() => closing.abort(silent), limitMs);
  try {
    return await ask(signal);
  } finally {
    clearTimeout(timer);
    closing.abort();
  }
}
