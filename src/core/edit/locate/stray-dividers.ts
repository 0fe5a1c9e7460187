import type { Reading } from "../answer/answer-edit";
import { isDivider } from "../answer/markers";
import type { Snapshot } from "../text/snapshot";

/**
 * The readings whose new text the file can hold: a second divider, written where the closing mark
 * should be, is taken off, and what still has a divider in it is no reading. Prose underlines
 * headings so, and a file that has such a line may get another: there nothing is stray.
 */
export function withoutStrayDividers(
  snapshot: Snapshot,
  readings: readonly Reading[],
): readonly Reading[] {
  if (!readings.some(({ replace }) => replace.some(isDivider))) return readings;
  if (snapshot.facts.quotes === "" || snapshot.lines.some(isDivider)) return readings;
  return readings
    .map((reading) =>
      reading.escaped
        ? reading
        : { search: reading.search, replace: reading.replace.slice(0, endOf(reading.replace)) },
    )
    .filter(
      ({ search, replace, escaped }) =>
        escaped || !(search.some(isDivider) || replace.some(isDivider)),
    );
}

/** Where the new text ends, without a divider as its last line. */
function endOf(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return last >= 0 && isDivider(lines[last] ?? "") ? last : lines.length;
}
