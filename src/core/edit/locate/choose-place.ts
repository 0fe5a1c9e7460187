import { type LineRange, overlap } from "../../../base/text/line-range";
import { linesInWords, type Refused, refused } from "./placement";

export interface PlaceHints {
  readonly target?: LineRange | undefined;
  readonly lineHint?: number | undefined;
}

/** The one that the person's range touches, else at the model's line. */
export function choosePlace<Place extends LineRange>(
  places: readonly Place[],
  { target, lineHint }: PlaceHints,
): { readonly place: Place; readonly why?: string } | undefined {
  const [only] = places;
  if (only && places.length === 1) return { place: only };
  const times = places.length;
  const [asked, ...more] = places.filter((place) => target && overlap(place, target));
  if (asked && more.length === 0) {
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
