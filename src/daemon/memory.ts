import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";

/** Bytes of memory of this machine or, inside a container, of what the container may use. */
export interface Memory {
  readonly totalBytes: number;
  readonly availableBytes: number;
}

/** Where the numbers come from; replaced in tests. `readText` gives undefined for a file that cannot be read. */
export interface MemorySource {
  readonly totalBytes: number;
  readonly freeBytes: number;
  readText(path: string): string | undefined;
}

/** Measures the memory now. Never throws. */
export function readMemory(source: MemorySource = thisMachinesMemory()): Memory {
  const limit = containerLimit(source);
  const totalBytes = Math.min(source.totalBytes, limit?.bytes ?? Number.POSITIVE_INFINITY);
  // What the system calls free leaves out the file cache, which it gives back when asked.
  const available = kibibytes(source.readText("/proc/meminfo"), "MemAvailable") ?? source.freeBytes;
  const left = limit === undefined ? Number.POSITIVE_INFINITY : Math.max(0, limit.bytes - limit.usedBytes);
  return { totalBytes, availableBytes: Math.min(available, left, totalBytes) };
}

function thisMachinesMemory(): MemorySource {
  return {
    totalBytes: totalmem(),
    freeBytes: freemem(),
    readText(path) {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    },
  };
}

function kibibytes(meminfo: string | undefined, key: string): number | undefined {
  const found = meminfo?.match(new RegExp(`^${key}:\\s+(\\d+) kB`, "m"))?.[1];
  return found === undefined ? undefined : Number(found) * 1024;
}

/** The smallest limit that control groups set, with what is used of it without the file cache. */
function containerLimit(source: MemorySource): { readonly bytes: number; readonly usedBytes: number } | undefined {
  const groups = [
    {
      limit: "/sys/fs/cgroup/memory.max",
      used: "/sys/fs/cgroup/memory.current",
      stat: "/sys/fs/cgroup/memory.stat",
      cache: "inactive_file",
    },
    {
      limit: "/sys/fs/cgroup/memory/memory.limit_in_bytes",
      used: "/sys/fs/cgroup/memory/memory.usage_in_bytes",
      stat: "/sys/fs/cgroup/memory/memory.stat",
      cache: "total_inactive_file",
    },
  ];
  for (const group of groups) {
    // "max", and the huge number of version 1, mean that there is no limit.
    const bytes = Number(source.readText(group.limit)?.trim() ?? "max");
    if (!(bytes > 0 && bytes < source.totalBytes)) continue;
    const used = Number(source.readText(group.used)?.trim() ?? 0);
    const cache = Number(source.readText(group.stat)?.match(new RegExp(`^${group.cache} (\\d+)$`, "m"))?.[1] ?? 0);
    return { bytes, usedBytes: Math.max(0, (Number.isFinite(used) ? used : 0) - cache) };
  }
  return undefined;
}

/** Bytes that a model may take in all. The rest is for the editor, its extensions and the person's own programs. */
export function modelBudgetBytes(memory: Memory): number {
  return memory.totalBytes * 0.7;
}
