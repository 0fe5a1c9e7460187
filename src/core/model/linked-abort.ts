/** An abort of our own that also follows the caller's signal. `unlink` when the work is over, so that a long-lived signal forgets it. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  abort(reason?: unknown): void;
  unlink(): void;
}

export function linkedAbort(outer: AbortSignal | undefined): LinkedAbort {
  const own = new AbortController();
  const follow = () => own.abort(outer?.reason);
  if (outer?.aborted === true) follow();
  outer?.addEventListener("abort", follow, { once: true });
  return { signal: own.signal, abort: (reason) => own.abort(reason), unlink: () => outer?.removeEventListener("abort", follow) };
}

/** Waits, or throws the signal's reason as soon as it is aborted. */
export async function sleep(waitMs: number, signal: AbortSignal): Promise<void> {
  signal.throwIfAborted();
  await new Promise<void>((resolve, reject) => {
    const wake = () => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", wake);
      resolve();
    }, waitMs);
    signal.addEventListener("abort", wake, { once: true });
  });
}
