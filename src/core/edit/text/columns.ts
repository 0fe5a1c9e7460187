/**
 * Whether two lines have something behind the blanks of a table in one column.
 *
 *     bucket        = "data"
 *     force_destroy = true
 */
export function shareColumn(a: string, b: string): boolean {
  const [left, right] = [columnsOf(a), columnsOf(b)];
  return [...left].some(
    ([column, gap]) => right.has(column) && Math.max(gap, right.get(column) ?? 0) > 1,
  );
}

/** Per column where something begins behind blanks how many there are. */
function columnsOf(line: string): Map<number, number> {
  const text = line.trim();
  return new Map(
    [...text.matchAll(/(?<=\S)( +)(?=\S)/g)].map(({ index, 0: gap }) => [
      index + gap.length,
      gap.length,
    ]),
  );
}
