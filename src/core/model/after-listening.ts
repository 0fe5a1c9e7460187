/** A process that stands still for longer than this hears nothing, because it does not listen. */
const stepMs = 100;

/**
 * Calls back after so much time in which this process ran: while a laptop sleeps, or a busy machine
 * gives this process no turn, nobody can be heard, and nobody is late.
 * @returns takes the call back.
 */
export function afterListening(limitMs: number, over: () => void): () => void {
  let leftMs = limitMs;
  let timer: ReturnType<typeof setTimeout>;
  const wait = (): void => {
    const waitMs = Math.min(leftMs, stepMs);
    timer = setTimeout(() => {
      leftMs -= waitMs;
      if (leftMs > 0) wait();
      else over();
    }, waitMs);
  };
  wait();
  return () => clearTimeout(timer);
}
