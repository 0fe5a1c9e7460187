import { oncePer } from "../../../base/once-per";

/** What some lines say, each without the blanks at its sides. The lines must not be changed any more. */
export const textsOf = oncePer(
  (lines: readonly string[]): ReadonlySet<string> => new Set(lines.map((line) => line.trim())),
);
