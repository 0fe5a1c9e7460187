import type { Seeded } from "../../../test/core/edit/support/seeded";
import type { ReadFile, Unit } from "./units";

/** Lines `[start, end)` of the file become others. */
export interface Hunk {
  readonly start: number;
  readonly end: number;
  readonly lines: readonly string[];
}

export function range(from: number, to: number): number[] {
  return Array.from({ length: Math.max(0, to - from) }, (_, offset) => from + offset);
}

export function kindOf(read: ReadFile, at: number): number {
  return read.mask?.lineKinds[at] ?? 0;
}

export function pickLine(
  read: ReadFile,
  unit: Unit | undefined,
  random: Seeded,
  fits: (at: number) => boolean,
): number | undefined {
  const from = unit === undefined ? 0 : unit.headStart;
  const to = unit === undefined ? read.file.lines.length : unit.end;
  const spots = range(from, to).filter(fits);
  return spots.length === 0 ? undefined : random.pick(spots);
}

export function joinedHunks(changed: readonly (readonly [number, string])[]): Hunk[] {
  const hunks: { start: number; end: number; lines: string[] }[] = [];
  for (const [at, line] of changed) {
    const last = hunks.at(-1);
    if (last?.end === at) {
      last.end++;
      last.lines.push(line);
    } else hunks.push({ start: at, end: at + 1, lines: [line] });
  }
  return hunks;
}
