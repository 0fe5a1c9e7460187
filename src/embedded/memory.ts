import { readFileSync } from "node:fs";
import { freemem, totalmem } from "node:os";
import type { GgufHeader } from "./gguf-header";

/** A number of the header under the model's own architecture, such as `block_count`. */
export function architectureNumber(header: GgufHeader, key: string): number | undefined {
  const value = header.metadata[`${String(header.metadata["general.architecture"])}.${key}`];
  return typeof value === "number" ? value : undefined;
}

/** Room that computing needs beside the weights and the window. */
const workingBytes = 300 * 1024 * 1024;

/**
 * Bytes that a model needs with a window: the weights, two half-precision vectors for each layer, head and token of the window,
 * and working room. An estimate, within a tenth for the common architectures.
 */
export function neededBytes(header: GgufHeader, fileBytes: number, contextTokens: number): number {
  const layers = architectureNumber(header, "block_count") ?? 32;
  const heads = architectureNumber(header, "attention.head_count") ?? 32;
  const keyValueHeads = architectureNumber(header, "attention.head_count_kv") ?? heads;
  const embedding = architectureNumber(header, "embedding_length") ?? 4096;
  const headSize = architectureNumber(header, "attention.key_length") ?? embedding / heads;
  return fileBytes + 2 * 2 * layers * keyValueHeads * headSize * contextTokens + workingBytes;
}

/**
 * Memory in bytes that this process may count on. Systems count file caches as used although they give them back, so only Linux's
 * own estimate is taken as it is; elsewhere it is a share of all there is.
 */
export function availableBytes(): number {
  if (process.platform === "linux") {
    try {
      const kibibytes = /^MemAvailable:\s+(\d+) kB/m.exec(readFileSync("/proc/meminfo", "utf8"))?.[1];
      if (kibibytes !== undefined) return Number(kibibytes) * 1024;
    } catch {
      // No /proc here: guess below.
    }
  }
  return Math.max(freemem(), totalmem() * 0.75);
}
