/**
 * The processor time that some work takes: what else the machine does is no part of it, as it is of
 * the time that passes.
 */
export function processorMs(work: () => unknown): number {
  const from = process.cpuUsage();
  work();
  const { user, system } = process.cpuUsage(from);
  return (user + system) / 1_000;
}
