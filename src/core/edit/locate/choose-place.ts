import { indentOf } from "../text/indentation";
import type { Snapshot } from "../text/snapshot";
import { findLines } from "./find-lines";
import { type LineRange, linesInWords, type Refused, refused, touches } from "./placement";

export interface PlaceHints {
  readonly anchor?: LineRange | undefined;
  readonly target?: LineRange | undefined;
  readonly lineHint?: number | undefined;
}

/** The one that the edit names, else that the person's range touches, else at the model's line. */
export function choosePlace<Place extends LineRange>(
  places: readonly Place[],
  { anchor, target, lineHint }: PlaceHints,
): { readonly place: Place; readonly why?: string } | undefined {
  const [only] = places;
  if (only && places.length === 1) return { place: only };
  const touching = (range: LineRange | undefined): Place | undefined => {
    const inside = range ? places.filter((place) => touches(place, range)) : [];
    return inside.length === 1 ? inside[0] : undefined;
  };
  const times = places.length;
  const named = touching(anchor);
  if (named)
    return {
      place: named,
      why: `The code is there ${times} times; the edit names the part of the file that it means.`,
    };
  const asked = touching(target);
  if (asked) {
    const line = asked.start + 1;
    return {
      place: asked,
      why: `The code is there ${times} times; the place you asked about was taken, at line ${line}.`,
    };
  }
  const hinted = atHint(places, lineHint);
  return (
    hinted && {
      place: hinted,
      why: `The code is there ${times} times; the edit names line ${lineHint}, and that one was taken.`,
    }
  );
}

function atHint<Place extends LineRange>(
  places: readonly Place[],
  lineHint: number | undefined,
): Place | undefined {
  if (lineHint === undefined) return undefined;
  const away = (place: Place): number => Math.abs(place.start + 1 - lineHint);
  const [best, second] = [...places].sort((a, b) => away(a) - away(b));
  if (!best || away(best) > 1) return undefined;
  return second && away(second) < (away(best) === 0 ? 1 : 3) ? undefined : best;
}

export function severalPlaces(places: readonly LineRange[]): Refused {
  const where = linesInWords(places);
  return refused(
    "ambiguous",
    `The quoted code is in the file more than once, at ${where}.`,
    places,
  );
}

/** What is indented deeper below the last line that a patch names. */
export function anchored(snapshot: Snapshot, below: readonly string[]): LineRange | undefined {
  const name = below.at(-1);
  const [place, ...others] = name === undefined ? [] : findLines(snapshot, [name], "code");
  if (!place || others.length > 0) return undefined;
  const depth = indentOf(snapshot.lines[place.start] ?? "").length;
  let end = place.end;
  for (; end < snapshot.lines.length; end++) {
    const line = snapshot.lines[end] ?? "";
    if (line.trim() !== "" && indentOf(line).length <= depth && !/^\s*[}\])]/.test(line)) break;
  }
  return { start: place.start, end };
}
