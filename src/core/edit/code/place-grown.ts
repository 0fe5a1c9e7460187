import { lastLine, lineAt } from "../../../base/text/lines";
import { betweenElisions, isElision } from "../answer/elision";
import { limits } from "../limits";
import { choosePlace } from "../locate/choose-place";
import { findLines } from "../locate/find-lines";
import { type Placement, placed } from "../locate/placement";
import { depthOf } from "../text/indentation";
import { hasVersionOf, lineWeight, weightOf } from "../text/line-similarity";
import { says, textsOf, trimmed } from "../text/lines";
import { thresholds } from "../thresholds";
import { isImport } from "./added/import-lines";
import type { AnsweredCode } from "./answered-code";
import { fitPlace } from "./fit-place";

/** A row of a table, an entry, a function at the end; no version of what follows in the file. */
export function placeGrown(code: AnsweredCode): Placement | undefined {
  const { file } = code;
  const own = textsOf(file.lines);
  const isOwn = (line: string): boolean => !says(line) || own.has(line.trim());
  // Of parts with marks between them those that are the file's only frame the new lines.
  const parts = betweenElisions(code.lines, (line) => isElision(line) && !isOwn(line));
  const [lines = [], ...others] = parts.filter((part) => !part.every(isOwn)).map(trimmed);
  const first = lines.findIndex((line) => !isOwn(line));
  if (first < 0 || others.length > 0) return undefined;
  // The new lines end with what closes them, which the file has anywhere.
  let last = lines.findLastIndex((line) => !isOwn(line));
  const isWeak = (line = ""): boolean => says(line) && lineWeight(line) < thresholds.says;
  while (isWeak(lines[last + 1])) last++;
  const isBelow = lines.slice(0, first).some(says) && !lines.slice(last + 1).some(says);
  const isAbove = !lines.slice(0, first).some(says) && lines.slice(last + 1).some(says);
  if (!isBelow && !isAbove) return undefined;
  const fresh = lines.slice(first, last + 1);
  const known = isBelow ? lines.slice(0, first) : lines.slice(last + 1);
  const isApart = !says(isBelow ? lastLine(known) : lineAt(known, 0));
  const places = findLines(file.snapshot, trimmed(known), "style");
  const place = choosePlace(places, { target: file.target })?.place;
  if (place === undefined) return undefined;
  const beyond = isBelow ? file.lines.slice(place.end) : file.lines.slice(0, place.start).reverse();
  const isEdge = !beyond.some(says);
  const isEnd = !file.lines.slice(place.end).some(says);
  // A line that brings something in stands in every example of use.
  const telling = known.filter((line) => says(line) && !isImport(line, file.facts));
  // The line that ends the file ends it, however little it says.
  if (weightOf(telling) < thresholds.telling && !(isAbove && isEnd)) return undefined;
  const edge = lineAt(file.lines, isBelow ? place.end - 1 : place.start);
  const isBound = !/\w/.test(lineAt(beyond, 0)) || depthOf(beyond[0]) < depthOf(edge);
  if (isApart ? !(isEdge || (isAbove && isEnd)) : !isEdge && (!isBound || code.tops.length > 0))
    return undefined;
  const added = fresh.filter(says).slice(0, limits.piece);
  const next = beyond.filter(says).slice(0, added.length);
  if (!isEnd && added.some((line) => hasVersionOf(line, next))) return undefined;
  const fitted = fitPlace(file, place, lines);
  const notices = [
    "The answer gives lines of the file with new ones beside them; those come to stand there.",
  ];
  const op = { start: place.start, end: place.end, lines: fitted.lines };
  return placed(file.lines, op, { match: "aligned", notices, said: [lines] });
}
