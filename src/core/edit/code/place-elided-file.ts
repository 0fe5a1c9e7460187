import { isElision } from "../answer/elision";
import { type Placement, placed } from "../locate/placement";
import { lineWeight } from "../text/line-similarity";
import { textsOf } from "../text/texts-of";
import { thresholds } from "../thresholds";
import type { AnsweredCode } from "./answered-code";
import { fitPlace } from "./fit-place";
import { fittedNotices } from "./fitted-notices";
import { loses, says } from "./place-block";

/** Where it begins or ends with the file. */
export function placeElidedFile({ file, lines, tops }: AnsweredCode): Placement | undefined {
  const own = textsOf(file.lines);
  const isMark = (line: string): boolean => isElision(line) && !own.has(line.trim());
  if (tops.length > 0 || !lines.some(isMark)) return undefined;
  const said = lines.filter(says);
  const known = file.lines.filter(says);
  const isSame = (at: number): boolean => said.at(at)?.trim() === known.at(at)?.trim();
  const isEdge = (at: number): boolean => isSame(at) || isMark(said.at(at) ?? "");
  const tells = (at: number): boolean =>
    isSame(at) && lineWeight(said.at(at) ?? "") >= thresholds.blockName;
  const isFile = isEdge(0) && isEdge(-1) && (tells(0) || tells(-1) || (isSame(0) && isSame(-1)));
  if (!isFile) return undefined;
  const place = { start: 0, end: file.lines.length };
  const fitted = fitPlace(file, place, lines);
  if (!fitted.anchored || loses(file.lines, fitted.lines)) return undefined;
  const op = { ...place, lines: fitted.lines };
  const notices = fittedNotices(fitted);
  return placed(file.lines, op, { match: "aligned", notices, said: [lines] });
}
