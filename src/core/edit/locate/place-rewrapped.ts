import { firstWhere } from "../../../base/first-where";
import { limits } from "../limits";
import { indentOf } from "../text/indentation";
import { moveChange } from "../text/line-tokens";
import { scanLines } from "../text/scan-lines";
import type { Snapshot } from "../text/snapshot";
import { flatText } from "../text/snapshot";
import { thresholds } from "../thresholds";
import { choosePlace, severalPlaces } from "./choose-place";
import { type LineRange, linesInWords, type Placement, placed, refused } from "./placement";
import type { Quotation } from "./quotation";

/** The same signs in whole lines of the file. */
export function placeRewrapped({
  snapshot,
  readings,
  repaired,
  target,
}: Quotation): Placement | undefined {
  for (const reading of [...readings, ...repaired]) {
    const wanted = flatText(reading.search, scanLines(reading.search, snapshot.facts)).text;
    if (wanted.length < thresholds.some) continue;
    const places = placesOf(snapshot, wanted);
    if (places.length === 0) continue;
    const chosen = choosePlace(places, { target });
    if (!chosen) return severalPlaces(places);
    const { place, why } = chosen;
    const own = snapshot.lines.slice(place.start, place.end).join("\n");
    const text = moveChange(own, reading.search.join("\n"), reading.replace.join("\n"));
    if (text === undefined)
      return refused(
        "stale",
        `The edit changes ${linesInWords([place])} ff., but quotes it differently from the file.`,
        [place],
      );
    const lines = (indentOf(own) + text.trimStart()).split("\n");
    const notices = [
      "The answer breaks lines otherwise than the file; the file's own breaks stay.",
    ];
    if (why !== undefined) notices.push(why);
    return placed(snapshot.lines, { ...place, lines }, { match: "aligned", notices });
  }
  return undefined;
}

function placesOf(snapshot: Snapshot, wanted: string): LineRange[] {
  const { text, lines, starts } = snapshot.flat;
  const found: LineRange[] = [];
  for (
    let at = text.indexOf(wanted);
    at >= 0 && found.length < limits.places;
    at = text.indexOf(wanted, at + 1)
  ) {
    const first = lineAt(starts, at);
    const behind = lineAt(starts, at + wanted.length);
    const endsWhole = at + wanted.length === text.length || starts[behind] === at + wanted.length;
    if (starts[first] !== at || !endsWhole) continue;
    const last = at + wanted.length === text.length ? lines.length - 1 : behind - 1;
    found.push({ start: lines[first] ?? 0, end: (lines[last] ?? 0) + 1 });
  }
  return found;
}

function lineAt(starts: readonly number[], place: number): number {
  return firstWhere(starts.length, (at) => (starts[at] ?? 0) > place) - 1;
}
