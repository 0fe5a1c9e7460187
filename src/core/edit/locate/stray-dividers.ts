import type { Reading } from "../answer/answer-edit";
import { isDivider } from "../answer/markers";
import type { Snapshot } from "../text/snapshot";

/** A second divider may stand where the closing mark should, but for files that have such lines. */
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

function endOf(lines: readonly string[]): number {
  const last = lines.findLastIndex((line) => line.trim() !== "");
  return last >= 0 && isDivider(lines[last] ?? "") ? last : lines.length;
}
