import type { Replacement } from "../../../base/text/changes";
import type { LineRange } from "../../../base/text/line-range";
import type { Reading } from "../answer/answer-edit";
import { betweenElisions, isElision } from "../answer/elision";
import { trimmed } from "../text/lines";
import type { Snapshot } from "../text/snapshot";
import { choosePlace } from "./choose-place";
import { findLines, hasLine, type Match } from "./find-lines";
import { elidedStays, type Placement, refused } from "./placement";
import { transfer } from "./transfer";

export function hasElision(lines: readonly string[], snapshot: Snapshot): boolean {
  return lines.some((line) => isElision(line) && !hasLine(snapshot, line));
}

/** Its parts, in order, around one that is in the file once. */
export function findElided(
  snapshot: Snapshot,
  reading: Reading,
  target: LineRange | undefined,
): Placement | undefined {
  const search = betweenElisions(reading.search, isElision).map(trimmed);
  const replace = betweenElisions(reading.replace, isElision).map(trimmed);
  if (search.length !== replace.length) {
    return refused(
      "malformed",
      "The edit leaves code out (`...`) in one half only, so what becomes of it is not known.",
    );
  }
  const places = search.map((part) => (part.length === 0 ? [] : findLines(snapshot, part, "code")));
  const sure = places.findIndex((found) => choosePlace(found, { target }) !== undefined);
  const chosen = choosePlace(places[sure] ?? [], { target })?.place;
  if (!chosen)
    return refused(
      "ambiguous",
      "None of the quoted parts is in the file exactly once.",
      places.flat(),
    );
  const matches: (Match | undefined)[] = places.map(() => undefined);
  matches[sure] = chosen;
  for (const step of [1, -1]) {
    let edge = chosen;
    for (let at = sure + step; at >= 0 && at < places.length; at += step) {
      if ((search[at] ?? []).length === 0) continue;
      const next =
        step > 0
          ? places[at]?.find((match) => match.start >= edge.end)
          : places[at]?.findLast((match) => match.end <= edge.start);
      if (!next) return undefined;
      matches[at] = next;
      edge = next;
    }
  }
  const ops: Replacement[] = [];
  for (const [at, match] of matches.entries()) {
    const part = { search: search[at] ?? [], replace: replace[at] ?? [] };
    if (!match) {
      if (part.replace.length > 0)
        return refused(
          "malformed",
          "The edit adds lines beside left-out code without saying where.",
        );
      continue;
    }
    const moved = transfer(snapshot, part, match);
    if ("kind" in moved) return moved;
    ops.push(...moved);
  }
  return {
    kind: "placed",
    ops,
    match: "spacing",
    notices: [elidedStays],
  };
}
