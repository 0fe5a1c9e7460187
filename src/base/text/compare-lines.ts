import { diffArrays } from "diff";

/** Where two lists differ: `a[aStart..aEnd)` became `b[bStart..bEnd)`. One side may be empty. */
export interface Difference {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/**
 * With more edits than this in one stretch, the exact answer costs too much, and the stretch is one
 * difference.
 */
const maxEdits = 1_000;
/** Fewer lines than this are compared exactly at once. */
const smallEnough = 64;

/**
 * The differences of two lists in order, with equal items between them. Near-linear, whatever the
 * lists hold.
 */
export function compareLines(a: readonly string[], b: readonly string[]): Difference[] {
  const differences: Difference[] = [];
  const whole = { aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length };
  compare(a, b, whole, true, (next) => {
    const last = differences.at(-1);
    if (last && last.aEnd === next.aStart && last.bEnd === next.bStart) {
      differences[differences.length - 1] = { ...last, aEnd: next.aEnd, bEnd: next.bEnd };
    } else {
      differences.push(next);
    }
  });
  return differences;
}

type Found = (difference: Difference) => void;

function compare(
  a: readonly string[],
  b: readonly string[],
  whole: Difference,
  mayAnchor: boolean,
  found: Found,
): void {
  let { aStart, aEnd, bStart, bEnd } = whole;
  while (aStart < aEnd && bStart < bEnd && a[aStart] === b[bStart]) {
    aStart++;
    bStart++;
  }
  while (aStart < aEnd && bStart < bEnd && a[aEnd - 1] === b[bEnd - 1]) {
    aEnd--;
    bEnd--;
  }
  if (aStart === aEnd && bStart === bEnd) return;
  const rest = { aStart, aEnd, bStart, bEnd };
  if (aStart === aEnd || bStart === bEnd) {
    found(rest);
    return;
  }
  const anchors =
    mayAnchor && aEnd - aStart + bEnd - bStart > smallEnough ? uniqueAnchors(a, b, rest) : [];
  if (anchors.length === 0) {
    compareExactly(a, b, rest, found);
    return;
  }
  let from: Anchor = { a: aStart, b: bStart };
  for (const to of [...anchors, { a: aEnd, b: bEnd }]) {
    compare(a, b, { aStart: from.a, aEnd: to.a, bStart: from.b, bEnd: to.b }, false, found);
    from = to;
  }
}

function compareExactly(
  a: readonly string[],
  b: readonly string[],
  { aStart, aEnd, bStart, bEnd }: Difference,
  found: Found,
): void {
  const [left, right] = [a.slice(aStart, aEnd), b.slice(bStart, bEnd)];
  // Most stretches that are too different show it without being compared.
  const parts =
    leastEdits(left, right) > maxEdits
      ? undefined
      : diffArrays(left, right, { maxEditLength: maxEdits });
  if (parts === undefined) {
    found({ aStart, aEnd, bStart, bEnd });
    return;
  }
  let aAt = aStart;
  let bAt = bStart;
  for (const { added, removed, count } of parts) {
    const aNext = added ? aAt : aAt + count;
    const bNext = removed ? bAt : bAt + count;
    if (added || removed) found({ aStart: aAt, aEnd: aNext, bStart: bAt, bEnd: bNext });
    aAt = aNext;
    bAt = bNext;
  }
}

/** How many lines are on one side only, whatever their order. */
function leastEdits(a: readonly string[], b: readonly string[]): number {
  if (a.length + b.length <= maxEdits) return 0;
  const left = new Map<string, number>();
  for (const line of a) left.set(line, (left.get(line) ?? 0) + 1);
  let same = 0;
  for (const line of b) {
    const count = left.get(line) ?? 0;
    if (count === 0) continue;
    left.set(line, count - 1);
    same++;
  }
  return a.length + b.length - 2 * same;
}

/** The same line on both sides, by its number on each. */
interface Anchor {
  readonly a: number;
  readonly b: number;
}

/**
 * Lines that occur once on each side, in the longest order that both share: sure points to cut at.
 */
function uniqueAnchors(
  a: readonly string[],
  b: readonly string[],
  { aStart, aEnd, bStart, bEnd }: Difference,
): Anchor[] {
  const inB = linesThatOccurOnce(b, bStart, bEnd);
  const anchors: Anchor[] = [];
  for (const [line, aAt] of linesThatOccurOnce(a, aStart, aEnd)) {
    const bAt = inB.get(line) ?? -1;
    if (aAt >= 0 && bAt >= 0) anchors.push({ a: aAt, b: bAt });
  }
  return longestRising(anchors);
}

/** The number of each line that occurs once; -1 for one that occurs again. */
function linesThatOccurOnce(
  lines: readonly string[],
  start: number,
  end: number,
): Map<string, number> {
  const places = new Map<string, number>();
  for (const [index, line] of lines.slice(start, end).entries())
    places.set(line, places.has(line) ? -1 : start + index);
  return places;
}

/** The longest run of anchors that rise in `b`; they come rising in `a`. */
function longestRising(anchors: readonly Anchor[]): Anchor[] {
  // tails[n] is the anchor with the lowest `b` that ends a run of n + 1 anchors.
  const tails: number[] = [];
  const before = new Int32Array(anchors.length).fill(-1);
  for (const [index, anchor] of anchors.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((anchors[tails[middle] ?? 0]?.b ?? 0) < anchor.b) low = middle + 1;
      else high = middle;
    }
    before[index] = tails[low - 1] ?? -1;
    tails[low] = index;
  }
  const run: Anchor[] = [];
  for (let at = tails.at(-1) ?? -1; at >= 0; at = before[at] ?? -1) {
    const anchor = anchors[at];
    if (anchor) run.push(anchor);
  }
  return run.reverse();
}
