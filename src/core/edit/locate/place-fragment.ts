import type { LineRange } from "../../../base/text/line-range";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import type { Snapshot } from "../text/snapshot";
import { choosePlace, severalPlaces } from "./choose-place";
import { alreadyThere, type Placement } from "./placement";
import type { Quotation } from "./quotation";

/** Character for character: a part of a line, or of several. */
export function placeFragment({
  snapshot,
  readings,
  target,
}: Pick<Quotation, "snapshot" | "readings" | "target">): Placement | undefined {
  for (const reading of readings) {
    const [written, fresh] = [reading.search.join("\n"), reading.replace.join("\n")];
    if (written.replace(/\s/g, "").length < 3) continue;
    // A keyword with its indentation is a line of its own, not the beginning of a longer one.
    if (/^\s+\w+$/.test(written)) continue;
    const whole = reading.search.length === 1 ? occurrences(snapshot, written) : [];
    const places = whole.length > 0 ? whole : occurrences(snapshot, written.trim());
    if (places.length === 0) continue;
    const chosen = choosePlace(places, { target });
    if (!chosen) return severalPlaces(places);
    const { place, why } = chosen;
    const line = lineAt(snapshot.lines, place.start);
    const text = whole.length > 0 ? fresh : fresh.trim();
    const quoted = whole.length > 0 ? written : written.trim();
    // `i < j - 1` holds `i < j`, and may have been put there before.
    if (holdsAround(line, place.from, quoted, text))
      return { kind: "placed", ops: [], match: "exact", notices: [alreadyThere] };
    const lines = line.slice(0, place.from) + text + line.slice(place.to);
    return {
      kind: "placed",
      ops: [{ start: place.start, end: place.end, lines: lines.split("\n") }],
      match: "exact",
      notices: why === undefined ? [] : [why],
    };
  }
  return undefined;
}

function holdsAround(line: string, from: number, quoted: string, text: string): boolean {
  for (let at = text.indexOf(quoted); at >= 0; at = text.indexOf(quoted, at + 1))
    if (text !== quoted && from >= at && line.startsWith(text, from - at)) return true;
  return false;
}

interface Occurrence extends LineRange {
  /** Columns. */
  readonly from: number;
  readonly to: number;
}

function occurrences(snapshot: Snapshot, wanted: string): Occurrence[] {
  const found: Occurrence[] = [];
  if (wanted.includes("\n")) return found;
  for (const [line, text] of snapshot.lines.entries()) {
    for (let from = text.indexOf(wanted); from >= 0; from = text.indexOf(wanted, from + 1)) {
      const to = from + wanted.length;
      if (!splitsWord(text, from, to)) found.push({ start: line, end: line + 1, from, to });
      if (found.length >= limits.places) return found;
    }
  }
  return found;
}

const wordSign = /[\p{L}\p{N}_$]/u;

/** A fragment that begins or ends inside a name is another name. */
function splitsWord(text: string, from: number, to: number): boolean {
  const is = (column: number): boolean => wordSign.test(text[column] ?? " ");
  return (is(from - 1) && is(from)) || (is(to - 1) && is(to));
}
