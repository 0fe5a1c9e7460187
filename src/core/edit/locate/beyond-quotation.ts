import type { Reading } from "../answer/answer-edit";
import { weightOf } from "../text/line-similarity";
import { range, says, worded } from "../text/lines";
import type { Snapshot } from "../text/snapshot";
import { thresholds } from "../thresholds";
import type { Match } from "./find-lines";

/** Whether the new text is one text written twice, which is a slip of the model's and no wish. */
export function isDoubled({ search, replace }: Reading): boolean {
  return isTwice(replace) && !isTwice(search);
}

function isTwice(lines: readonly string[]): boolean {
  const said = lines.filter(says);
  const half = said.length / 2;
  if (!Number.isInteger(half) || half < 2) return false;
  const first = said.slice(0, half);
  const weight = weightOf(first);
  return weight >= thresholds.sure && first.every((line, at) => said[half + at] === line);
}

/**
 * The quotation with the lines beside it that only the new half repeats. Undefined where it repeats
 * none.
 *
 *     SEARCH   b = 1     REPLACE   a = 0      file   a = 0     without it `a` and `c` would stand there twice
 *                                  b = 2             b = 1
 *                                  c = 3             c = 3
 */
export function withContext(
  snapshot: Snapshot,
  { search, replace, ...others }: Reading,
  match: Match,
): { readonly reading: Reading; readonly match: Match } | undefined {
  const { lines } = snapshot;
  const isSame = (own?: string, line?: string): boolean =>
    own !== undefined && own.trim() === line?.trim();
  const areAt = (start: number, fresh: readonly string[]): boolean =>
    fresh.every((line, at) => isSame(lines[start + at], line));
  let above = isSame(search[0], replace[0]) ? 0 : Math.min(match.start, replace.length - 1);
  while (above > 0 && !areAt(match.start - above, replace.slice(0, above))) above--;
  const most = Math.min(lines.length - match.end, replace.length - above - 1);
  let below = isSame(search.at(-1), replace.at(-1)) ? 0 : most;
  while (below > 0 && !areAt(match.end, replace.slice(-below))) below--;
  const ownAbove = lines.slice(match.start - above, match.start);
  const ownBelow = lines.slice(match.end, match.end + below);
  if (weightOf(worded([...ownAbove, ...ownBelow])) < thresholds.says) return undefined;
  return {
    reading: { ...others, search: [...ownAbove, ...search, ...ownBelow], replace },
    match: {
      ...match,
      start: match.start - above,
      end: match.end + below,
      map: Int32Array.from([
        ...range(match.start - above, match.start),
        ...match.map,
        ...range(match.end, match.end + below),
      ]),
    },
  };
}
