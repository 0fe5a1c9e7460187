/** What a line of the file that the quotation skips costs, in the weight of lines. */
const skipCost = 0.3;

/**
 * Pairs of equal keys in rising order on both sides, as close together as they go: unlike an
 * alignment over the whole, it does not reach for a far brace because the quotation ends with one.
 * `weight` is what a row counts.
 */
export function localPairs(
  rows: readonly string[],
  columns: readonly string[],
  weight: (row: number) => number,
): Int32Array {
  const width = columns.length + 1;
  const inside = new Float32Array((rows.length + 1) * width);
  let best = 0;
  let from: [number, number] | undefined;
  for (let i = rows.length - 1; i >= 0; i--) {
    const worth = weight(i);
    for (let j = columns.length - 1; j >= 0; j--) {
      const skip = Math.max(
        0,
        inside[(i + 1) * width + j] ?? 0,
        (inside[i * width + j + 1] ?? 0) - skipCost,
      );
      const take = rows[i] === columns[j] ? worth + (inside[(i + 1) * width + j + 1] ?? 0) : 0;
      inside[i * width + j] = Math.max(skip, take);
      if (take > best) {
        best = take;
        from = [i, j];
      }
    }
  }
  const pairs = new Int32Array(rows.length).fill(-1);
  let [i, j] = from ?? [rows.length, columns.length];
  while (i < rows.length && j < columns.length) {
    const here = inside[i * width + j] ?? 0;
    if (here <= 0) break;
    const close = (other: number): boolean => Math.abs(here - other) < 1e-3;
    if (rows[i] === columns[j] && close(weight(i) + (inside[(i + 1) * width + j + 1] ?? 0))) {
      pairs[i] = j;
      i++;
      j++;
    } else if (close(inside[(i + 1) * width + j] ?? 0)) i++;
    else j++;
  }
  return pairs;
}
