import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import type { MemorySource } from "../../base/machine-memory";

/** The memory of the machine that this process runs on. */
export function thisMachine(): MemorySource {
  return {
    totalBytes: totalmem(),
    // macOS counts its file caches as used although it gives them back, and says nowhere how large
    // they are.
    freeBytes: process.platform === "darwin" ? Math.max(freemem(), totalmem() * 0.75) : freemem(),
    readText(path) {
      try {
        return readFileSync(path, "utf8");
      } catch {
        return undefined;
      }
    },
  };
}
