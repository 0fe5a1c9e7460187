/** `name: tide`, `lto = true`, `"test": "vitest"`, `.PHONY: all`. */
const entry = /^\s*["']?([\w.$@%/-]+)["']?\s*(?::(?!:)|=(?![=>~]))/;

/** The name that a line gives a value. */
export function entryKey(line: string): string | undefined {
  return entry.exec(line)?.[1];
}

/** Entries of two names: the one is no version of the other. */
export function areOtherEntries(own: string, theirs: string): boolean {
  const [a, b] = [entryKey(own), entryKey(theirs)];
  return a !== undefined && b !== undefined && a !== b;
}
