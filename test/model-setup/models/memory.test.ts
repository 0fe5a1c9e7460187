import { describe, expect, it } from "vitest";
import type { MemorySource } from "../../../src/base/machine-memory";
import { readMemory } from "../../../src/model-setup/models/memory";

const gib = 1024 ** 3;

function machine(
  files: Record<string, string>,
  totalBytes = 16 * gib,
  freeBytes = 2 * gib,
): MemorySource {
  return { totalBytes, freeBytes, readText: (path) => files[path] };
}

describe("how much memory there is", () => {
  it("without any file it is what the system says", () => {
    expect(readMemory(machine({}))).toEqual({ totalBytes: 16 * gib, availableBytes: 2 * gib });
  });

  it("on Linux the file cache counts as available", () => {
    const files = {
      "/proc/meminfo": `MemTotal:       16777216 kB\nMemFree:  100 kB\nMemAvailable:   ${8 * 1024 * 1024} kB\n`,
    };
    expect(readMemory(machine(files)).availableBytes).toBe(8 * gib);
  });

  it("inside a container its limit counts, less what is used and not mere file cache", () => {
    const files = {
      "/sys/fs/cgroup/memory.max": `${4 * gib}\n`,
      "/sys/fs/cgroup/memory.current": `${3 * gib}\n`,
      "/sys/fs/cgroup/memory.stat": `anon 5\ninactive_file ${2 * gib}\nother 1\n`,
      "/proc/meminfo": `MemAvailable:   ${8 * 1024 * 1024} kB\n`,
    };
    expect(readMemory(machine(files))).toEqual({ totalBytes: 4 * gib, availableBytes: 3 * gib });
  });

  it("the older kind of limit counts as well", () => {
    const files = {
      "/sys/fs/cgroup/memory/memory.limit_in_bytes": `${gib}`,
      "/sys/fs/cgroup/memory/memory.usage_in_bytes": `${gib / 2}`,
    };
    expect(readMemory(machine(files))).toEqual({ totalBytes: gib, availableBytes: gib / 2 });
  });

  it.each(["max\n", "9223372036854771712\n", "", "nonsense"])(
    "a container without a limit (%j) is the whole machine",
    (limit) => {
      expect(readMemory(machine({ "/sys/fs/cgroup/memory.max": limit })).totalBytes).toBe(16 * gib);
    },
  );

  it("this machine gives numbers that make sense", () => {
    const { totalBytes, availableBytes } = readMemory();
    expect(totalBytes).toBeGreaterThan(gib / 4);
    expect(availableBytes).toBeGreaterThan(0);
    expect(availableBytes).toBeLessThanOrEqual(totalBytes);
  });
});
