import { memoryOf } from "../../base/machine-memory";
import { cacheBytesPerToken, guessCacheBytesPerToken } from "../../base/model-memory";
import type { GgufHeader } from "../gguf/gguf-header";
import { thisMachine } from "./this-machine";

/** Room that computing needs beside the weights and the window. */
const workingBytes = 300 * 1024 * 1024;

/** Answers to one prompt that are written at once where there is memory for them. */
const mostWindows = 4;
/**
 * The further windows may take this share of what is free beside the model: they save time, and the
 * person has other programs.
 */
const windowsShare = 1 / 4;

/**
 * Bytes that a model needs with so many windows: the weights, the keys and values of each, and
 * working room. An estimate, within a tenth for the common architectures.
 */
export function neededBytes(
  header: GgufHeader,
  fileBytes: number,
  contextTokens: number,
  windows = 1,
): number {
  return fileBytes + windows * windowBytes(header, fileBytes, contextTokens) + workingBytes;
}

/**
 * How many windows a model gets: each answer that is written at the same time needs one of its own.
 * @param freeBytes memory that this process may count on, with what the model takes itself.
 */
export function windowsThatFit(
  header: GgufHeader,
  fileBytes: number,
  contextTokens: number,
  freeBytes: number,
): number {
  const spare = (freeBytes - neededBytes(header, fileBytes, contextTokens)) * windowsShare;
  const further = Math.floor(spare / windowBytes(header, fileBytes, contextTokens));
  return Math.max(1, Math.min(mostWindows, 1 + further));
}

function windowBytes(header: GgufHeader, fileBytes: number, contextTokens: number): number {
  const perToken = cacheBytesPerToken(header.metadata) ?? guessCacheBytesPerToken(fileBytes);
  return perToken * contextTokens;
}

/** Memory in bytes that this process may count on. */
export function availableBytes(): number {
  return memoryOf(thisMachine()).availableBytes;
}
