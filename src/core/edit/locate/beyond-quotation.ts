import type { Reading } from "../answer/answer-edit";
import { lineWeight } from "../text/line-similarity";
import type { Snapshot } from "../text/snapshot";
import type { Match } from "./find-lines";

/** Lines beside the quotation that say so much are no chance. */
const leastOfContext = 1;
/** Lines that say less may well be meant twice in a row. */
const leastOfHalf = 3;

/** Whether the new text is one text written twice, which is a slip of the model's and no wish. */
export function isDoubled({ search, replace }: Reading): boolean {
  return isTwice(replace) && !isTwice(search);
}

function isTwice(lines: readonly string[]): boolean {
  const said = lines.filter((line) => line.trim() !== "");
  const half = said.length / 2;
  if (!Number.isInteger(half) || half < 2) return false;
  const first = said.slice(0, half);
  const weight = first.reduce((sum, line) => sum + lineWeight(line), 0);
  return weight >= leastOfHalf && first.every((line, at) => said[half + at] === line);
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
  const isSame = (own: string | undefined, line: string | undefined): boolean =>
    own !== undefined && line !== undefined && own.trim() === line.trim();
  let above = 0;
  if (!isSame(search[0], replace[0])) {
    const most = Math.min(match.start, replace.length - 1);
    for (let count = most; count > 0 && above === 0; count--)
      if (
        replace.slice(0, count).every((line, at) => isSame(lines[match.start - count + at], line))
      )
        above = count;
  }
  let below = 0;
  if (!isSame(search.at(-1), replace.at(-1))) {
    const most = Math.min(lines.length - match.end, replace.length - above - 1);
    for (let count = most; count > 0 && below === 0; count--)
      if (replace.slice(-count).every((line, at) => isSame(lines[match.end + at], line)))
        below = count;
  }
  const ownAbove = lines.slice(match.start - above, match.start);
  const ownBelow = lines.slice(match.end, match.end + below);
  const weight = [...ownAbove, ...ownBelow]
    .filter((line) => /\w/.test(line))
    .reduce((sum, line) => sum + lineWeight(line), 0);
  if (weight < leastOfContext) return undefined;
  const numbers = (from: number, count: number): number[] =>
    Array.from({ length: count }, (_, at) => from + at);
  return {
    reading: { ...others, search: [...ownAbove, ...search, ...ownBelow], replace },
    match: {
      ...match,
      start: match.start - above,
      end: match.end + below,
      map: Int32Array.from([
        ...numbers(match.start - above, above),
        ...match.map,
        ...numbers(match.end, below),
      ]),
    },
  };
}
