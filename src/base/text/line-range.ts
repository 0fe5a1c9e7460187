/**
 * Lines `[start, end)` of a text, zero-based. Where both are equal, the place before line `start`.
 */
export interface LineRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Whether two ranges share a line, or one is a place inside the other. Ranges side by side do not.
 */
export function overlap(a: LineRange, b: LineRange): boolean {
  return a.start < b.end && b.start < a.end;
}

/** Whether two ranges overlap or stand side by side, with no line between them. */
export function touch(a: LineRange, b: LineRange): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Lines that ranges of two sides cover together, without a gap between them. */
export interface Cluster<L, R> extends LineRange {
  readonly left: readonly L[];
  readonly right: readonly R[];
}

/** Puts the ranges of two ordered lists together where they touch. */
export function* clusters<L extends LineRange, R extends LineRange>(
  left: readonly L[],
  right: readonly R[],
): Generator<Cluster<L, R>> {
  let leftAt = 0;
  let rightAt = 0;
  while (leftAt < left.length || rightAt < right.length) {
    const start = Math.min(
      left[leftAt]?.start ?? Number.POSITIVE_INFINITY,
      right[rightAt]?.start ?? Number.POSITIVE_INFINITY,
    );
    const leftFrom = leftAt;
    const rightFrom = rightAt;
    let end = start;
    for (;;) {
      const mine = left[leftAt];
      const theirs = right[rightAt];
      if (mine && mine.start <= end) {
        end = Math.max(end, mine.end);
        leftAt++;
      } else if (theirs && theirs.start <= end) {
        end = Math.max(end, theirs.end);
        rightAt++;
      } else {
        break;
      }
    }
    yield {
      start,
      end,
      left: left.slice(leftFrom, leftAt),
      right: right.slice(rightFrom, rightAt),
    };
  }
}
