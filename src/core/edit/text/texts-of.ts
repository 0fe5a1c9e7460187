import { grouped } from "../../../base/grouped";
import { oncePer } from "../../../base/once-per";

/** Trimmed lines with their numbers. The lines must not be changed any more. */
export const textsOf = oncePer(
  (lines: readonly string[]): ReadonlyMap<string, readonly number[]> =>
    grouped(lines.keys(), (line) => (lines[line] ?? "").trim()),
);
