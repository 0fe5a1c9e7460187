import { grouped } from "../../../base/grouped";
import { oncePer } from "../../../base/once-per";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";

/** Whether a line is more than blanks. */
export function says(line: string): boolean {
  return line.trim() !== "";
}

/** The first line that is more than blanks; "" where none is. */
export function firstSaid(lines: readonly string[]): string {
  return lines.find(says) ?? "";
}

/** The last line that is more than blanks; "" where none is. */
export function lastSaid(lines: readonly string[]): string {
  return lines.findLast(says) ?? "";
}

/** Without the blank lines around it. */
export function trimmed(lines: readonly string[]): readonly string[] {
  return lines.slice(Math.max(0, lines.findIndex(says)), lines.findLastIndex(says) + 1);
}

/** The lines that say something in words, each without the blanks at its sides. */
export function worded(lines: readonly string[]): string[] {
  return lines.map((line) => line.trim()).filter((line) => /\w/.test(line));
}

/** Trimmed lines with their numbers. The lines must not be changed any more. */
export const textsOf = oncePer(
  (lines: readonly string[]): ReadonlyMap<string, readonly number[]> =>
    grouped(lines.keys(), (line) => lineAt(lines, line).trim()),
);

/** So much of a line as is shown to the person and the model. */
export function excerpt(line: string): string {
  return line.trim().slice(0, limits.excerpt);
}

/** The whole numbers from `start` up to, and without, `end`. */
export function range(start: number, end: number): number[] {
  return Array.from({ length: Math.max(0, end - start) }, (_, index) => start + index);
}

export function timesOf<T>(keys: Iterable<T>): Map<T, number> {
  const times = new Map<T, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  return times;
}

/** Belongs to what follows it: `@cached`, `#[test]`, `template <T>`. */
export function isAttribute(line: string): boolean {
  return /^\s*(?:@[\w.]|#!?\[|(?:\[\[?\w[^\]]*\]\]?\s*)+$|template\s*<)/.test(line);
}
