import { memoryOf } from "../base/machine-memory";
import { cacheBytesPerToken, guessCacheBytesPerToken } from "../base/model-memory";
import type { GgufHeader } from "./gguf-header";
import { thisMachine } from "./this-machine";

/** Room that computing needs beside the weights and the window. */
const workingBytes = 300 * 1024 * 1024;

/**
 * Bytes that a model needs with a window: the weights, the window's keys and values, and working room. An estimate, within a tenth
 * for the common architectures.
 */
export function neededBytes(header: GgufHeader, fileBytes: number, contextTokens: number): number {
  const perToken = cacheBytesPerToken(header.metadata) ?? guessCacheBytesPerToken(fileBytes);
  return fileBytes + perToken * contextTokens + workingBytes;
}

/** Memory in bytes that this process may count on. */
export function availableBytes(): number {
  return memoryOf(thisMachine()).availableBytes;
}
