import { readFileSync } from "node:fs";
import { availableParallelism, cpus } from "node:os";

/**
 * Counts the distinct cores in the text of Linux's /proc/cpuinfo; 0 where it does not tell (most
 * ARM machines).
 */
export function coresInCpuInfo(text: string): number {
  const cores = new Set<string>();
  for (const block of text.split(/\n\s*\n/)) {
    const core = /^core id\s*:\s*(\d+)/m.exec(block)?.[1];
    if (core === undefined) continue;
    cores.add(`${/^physical id\s*:\s*(\d+)/m.exec(block)?.[1] ?? 0}/${core}`);
  }
  return cores.size;
}

/**
 * Threads worth computing with: one for each real core, never more than the process may use. Two
 * threads on one core share its arithmetic units and only wait for each other.
 */
export function realCores(): number {
  const allowed = Math.max(1, availableParallelism());
  if (process.platform === "linux") {
    try {
      const counted = coresInCpuInfo(readFileSync("/proc/cpuinfo", "utf8"));
      if (counted > 0) return Math.min(counted, allowed);
    } catch {
      // No /proc here: guess below.
    }
  }
  // Apple's chips have no hyperthreads; most x64 laptops have two per core.
  const hyperthreaded =
    process.arch === "x64" &&
    (process.platform !== "darwin" || /intel/i.test(cpus()[0]?.model ?? ""));
  return hyperthreaded ? Math.max(1, Math.floor(allowed / 2)) : allowed;
}
