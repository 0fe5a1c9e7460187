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
