import { Changes } from "../../../base/text/changes";
import { lineAt } from "../../../base/text/lines";
import { limits } from "../limits";
import { comparedText, lineWeight, textSimilarity } from "./line-similarity";

/** Per item of `a` its index in `b`, or -1. A line that says much counts more than a brace. */
export function matchKeys(a: readonly string[], b: readonly string[]): Int32Array {
  const match = new Int32Array(a.length).fill(-1);
  let start = 0;
  while (start < a.length && start < b.length && a[start] === b[start]) {
    match[start] = start;
    start++;
  }
  let aEnd = a.length;
  let bEnd = b.length;
  while (aEnd > start && bEnd > start && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
    match[aEnd] = bEnd;
  }
  const rows = aEnd - start;
  const columns = bEnd - start;
  if (rows === 0 || columns === 0) return match;
  if (rows * columns > limits.lineCells) fromChanges(a, b, match);
  else {
    const weights = a.slice(start, aEnd).map(lineWeight);
    const score = (i: number, j: number): number =>
      a[start + i] === b[start + j] ? (weights[i] ?? 0) : 0;
    for (const [i, j] of bestPairs(rows, columns, score)) match[start + i] = start + j;
  }
  return match;
}

function fromChanges(a: readonly string[], b: readonly string[], match: Int32Array): void {
  let aAt = 0;
  let bAt = 0;
  for (const change of [
    ...Changes.between(a, b).list,
    { start: a.length, end: a.length, newEnd: b.length },
  ]) {
    while (aAt < change.start) match[aAt++] = bAt++;
    aAt = change.end;
    bAt = change.newEnd;
  }
}

/** What {@link matchKeys} left over. @param atLeast the likeness below which lines are strangers */
export function matchAlike(
  a: readonly string[],
  b: readonly string[],
  atLeast: number,
): [number, number][] {
  if (a.length === 0 || b.length === 0 || a.length * b.length > limits.alikeCells) return [];
  const left = a.map(comparedText);
  const right = b.map(comparedText);
  return bestPairs(a.length, b.length, (i, j) => {
    const alike = textSimilarity(lineAt(left, i), lineAt(right, j), atLeast);
    return alike >= atLeast ? alike * alike : 0;
  });
}

/** Rising on both sides. @param skipCost of each column passed over: keeps pairs together */
export function bestPairs(
  rows: number,
  columns: number,
  score: (row: number, column: number) => number,
  skipCost = 0,
): [number, number][] {
  const width = columns + 1;
  const best = new Float32Array((rows + 1) * width);
  const scores = new Float32Array(rows * columns);
  let most = 0;
  let from: [number, number] = [0, 0];
  for (let i = rows - 1; i >= 0; i--) {
    for (let j = columns - 1; j >= 0; j--) {
      const here = score(i, j);
      scores[i * columns + j] = here;
      const skip = Math.max(
        best[(i + 1) * width + j] ?? 0,
        (best[i * width + j + 1] ?? 0) - skipCost,
      );
      const take = here > 0 ? here + (best[(i + 1) * width + j + 1] ?? 0) : 0;
      best[i * width + j] = Math.max(skip, take);
      if (skipCost > 0 && take > most) {
        most = take;
        from = [i, j];
      }
    }
  }
  const pairs: [number, number][] = [];
  let [i, j] = from;
  while (i < rows && j < columns) {
    const here = scores[i * columns + j] ?? 0;
    const value = best[i * width + j] ?? 0;
    if (value <= 0) break;
    if (here > 0 && Math.abs(here + (best[(i + 1) * width + j + 1] ?? 0) - value) < 1e-3) {
      pairs.push([i, j]);
      i++;
      j++;
    } else if ((best[(i + 1) * width + j] ?? 0) >= value - 1e-3) i++;
    else j++;
  }
  return pairs;
}
