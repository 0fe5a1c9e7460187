/** One Ctrl+C arrives twice below npm: from the terminal, and passed on by npm itself. */
const sameKeyMs = 300;

/** Calls back for every request to end: Ctrl+C, or the system's. */
export function onInterrupt(interrupted: () => void): void {
  let heardAt = Number.NEGATIVE_INFINITY;
  const hear = (): void => {
    const now = performance.now();
    if (now - heardAt < sameKeyMs) return;
    heardAt = now;
    interrupted();
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, hear);
}
