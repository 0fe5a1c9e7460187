import { scanLines } from "../text/scan-lines";
import type { Snapshot } from "../text/snapshot";
import type { LineRange } from "./placement";

/** Lines around a place in which its comments may stand. */
const reach = 8;

/**
 * Whether the comments of a quotation speak against a place that its code fits: they are in the file, but elsewhere, so that the code
 * was quoted from there; or there is more of them than of code, and none of them is at the place.
 */
export function quotesOtherComments(snapshot: Snapshot, quoted: readonly string[], place: LineRange): boolean {
  const scan = scanLines(quoted, snapshot.facts);
  const { at, places } = snapshot.level(2);
  let missing = 0;
  for (const [index, line] of quoted.entries()) {
    if (scan[index]?.kind !== "comment" || !/\w{3}/.test(line)) continue;
    const found = places.get(line.trim().replace(/\s+/g, " ")) ?? [];
    if (found.some((one) => (at[one] ?? 0) >= place.start - reach && (at[one] ?? 0) < place.end + reach)) continue;
    if (found.length > 0) return true;
    missing++;
  }
  return missing > 1 && missing > scan.filter((line) => line.kind === "code").length;
}
