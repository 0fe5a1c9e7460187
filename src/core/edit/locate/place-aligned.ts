import type { LineRange } from "../../../base/text/line-range";
import { alignLines } from "./align-lines";
import { hasElision } from "./find-elided";
import { linesInWords, notInFile, type Placement, refused } from "./placement";
import type { Quotation } from "./quotation";
import { transfer } from "./transfer";
import { isTrustworthy } from "./trust-alignment";

export function placeAligned({ snapshot, edit, readings, repaired }: Quotation): Placement {
  let near: readonly LineRange[] = [];
  let stale: Placement | undefined;
  for (const reading of [...readings, ...repaired]) {
    if (hasElision(reading.replace, snapshot)) continue;
    const aligned = alignLines(snapshot, reading.search);
    if (aligned.kind === "none" || !isTrustworthy(snapshot, reading.search, aligned.match)) {
      const places = aligned.kind === "found" ? [aligned.match] : aligned.near;
      if (near.length === 0) near = places;
      const [only] = places;
      const isClear = aligned.kind === "found" || aligned.clear;
      const ops = only && isClear ? transfer(snapshot, reading, only) : [];
      // The place is clear enough to say which line is the trouble, though not to change it.
      if ("kind" in ops && ops.code === "stale") stale ??= ops;
      continue;
    }
    const ops = transfer(snapshot, reading, aligned.match);
    if ("kind" in ops) return ops;
    const notice =
      "The answer quoted the code inexactly; the place is the only one that resembles it.";
    return { kind: "placed", ops, match: "aligned", notices: [...edit.notices, notice] };
  }
  if (stale) return stale;
  const message =
    near.length > 0
      ? `The quoted code is not in the file; the nearest is at ${linesInWords(near)}.`
      : notInFile;
  return refused("noMatch", message, near);
}
