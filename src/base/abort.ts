/**
 * What is needed of an `AbortSignal`; Node and browsers name its type in libraries of their own.
 */
export interface Aborts {
  readonly aborted: boolean;
  readonly reason: unknown;
  throwIfAborted(): void;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/**
 * Waits for a promise, or throws the signal's reason as soon as it is aborted. The work behind the
 * promise goes on: others may wait for it too.
 */
export async function untilAborted<T>(promise: Promise<T>, signal: Aborts | undefined): Promise<T> {
  if (signal === undefined) return promise;
  // When the signal wins, nobody hears how the promise ends.
  promise.catch(() => {});
  signal.throwIfAborted();
  let stop = (): void => {};
  const aborted = new Promise<never>((_, reject) => {
    stop = () => reject(signal.reason);
    signal.addEventListener("abort", stop);
  });
  try {
    return await Promise.race([promise, aborted]);
  } finally {
    signal.removeEventListener("abort", stop);
  }
}

/** What the work comes to; undefined once it is aborted: whoever does that wants nothing of it. */
export async function unlessAborted<T>(work: Promise<T>, signal: Aborts): Promise<T | undefined> {
  try {
    const found = await work;
    return signal.aborted ? undefined : found;
  } catch (thrown) {
    if (signal.aborted) return undefined;
    throw thrown;
  }
}
