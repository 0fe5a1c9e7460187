/** Bytes of memory of a machine or, inside a container, of what the container may use. */
export interface Memory {
  readonly totalBytes: number;
  readonly availableBytes: number;
}

/** Where the numbers come from. `readText` gives undefined for a file that cannot be read. */
export interface MemorySource {
  readonly totalBytes: number;
  /**
   * What the system calls free. Linux leaves out the file cache, which it gives back when asked.
   */
  readonly freeBytes: number;
  readText(path: string): string | undefined;
}

/**
 * What a process may count on now: the machine's memory, and inside a container no more than its
 * limit.
 */
export function memoryOf(source: MemorySource): Memory {
  const limit = containerLimit(source);
  const totalBytes = Math.min(source.totalBytes, limit?.bytes ?? Number.POSITIVE_INFINITY);
  const available = kibibytes(source.readText("/proc/meminfo"), "MemAvailable") ?? source.freeBytes;
  const left = limit === undefined ? available : Math.max(0, limit.bytes - limit.usedBytes);
  return { totalBytes, availableBytes: Math.min(available, left, totalBytes) };
}

function kibibytes(meminfo: string | undefined, key: string): number | undefined {
  const found = meminfo?.match(new RegExp(`^${key}:\\s+(\\d+) kB`, "m"))?.[1];
  return found === undefined ? undefined : Number(found) * 1024;
}

interface ControlGroup {
  readonly limit: string;
  readonly used: string;
  readonly stat: string;
  /** The line of `stat` that counts the file cache. */
  readonly cache: string;
}

const controlGroups: readonly ControlGroup[] = [
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

/** The limit that control groups set, with what is used of it without the file cache. */
function containerLimit(
  source: MemorySource,
): { readonly bytes: number; readonly usedBytes: number } | undefined {
  for (const group of controlGroups) {
    // "max", and the huge number of version 1, mean that there is no limit.
    const bytes = Number(source.readText(group.limit)?.trim() ?? "max");
    if (!(bytes > 0 && bytes < source.totalBytes)) continue;
    const used = Number(source.readText(group.used)?.trim() ?? 0);
    const cacheLine = new RegExp(`^${group.cache} (\\d+)$`, "m");
    const cache = Number(source.readText(group.stat)?.match(cacheLine)?.[1] ?? 0);
    return { bytes, usedBytes: Math.max(0, (Number.isFinite(used) ? used : 0) - cache) };
  }
  return undefined;
}
