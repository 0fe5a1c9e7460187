import { type Memory, type MemorySource, memoryOf } from "../../base/machine-memory";
import { thisMachine } from "../../built-in-engine/machine/this-machine";

/** Measures the memory now. Never throws. The source is replaced in tests. */
export function readMemory(source: MemorySource = thisMachine()): Memory {
  return memoryOf(source);
}

/**
 * Bytes that a model may take in all. The rest is for the editor, its extensions and the person's
 * own programs.
 */
export function modelBudgetBytes(memory: Memory): number {
  return memory.totalBytes * 0.7;
}
