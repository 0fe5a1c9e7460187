import { diffArrays } from "diff";

/** Where two lists differ: `a[aStart..aEnd)` became `b[bStart..bEnd)`. Ends are exclusive; one side may be empty. */
export interface Change {
  readonly aStart: number;
  readonly aEnd: number;
  readonly bStart: number;
  readonly bEnd: number;
}

/** Beyond this many edits in one stretch the exact answer costs more than it is worth, and the stretch is one change. */
const maxEdits = 1_000;
const smallEnough = 64;

/** The changes that turn `a` into `b`, in order, never touching one another; near-linear in the lists, whatever they hold. */
export function changesBetween(a: readonly string[], b: readonly string[]): Change[] {
  const changes: Change[] = [];
  compare(a, b, { aStart: 0, aEnd: a.length, bStart: 0, bEnd: b.length }, true, changes);
  return joined(changes);
}

function compare(a: readonly string[], b: readonly string[], whole: Change, mayAnchor: boolean, changes: Change[]): void {
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
    changes.push(rest);
    return;
  }
  if (mayAnchor && aEnd - aStart + bEnd - bStart > smallEnough) {
    const anchors = uniqueAnchors(a, b, rest);
    if (anchors.length > 0) {
      let from = { a: aStart, b: bStart };
      for (const anchor of [...anchors, { a: aEnd, b: bEnd }]) {
        compare(a, b, { aStart: from.a, aEnd: anchor.a, bStart: from.b, bEnd: anchor.b }, false, changes);
        from = anchor;
      }
      return;
    }
  }
  exactly(a, b, rest, changes);
}

function exactly(a: readonly string[], b: readonly string[], rest: Change, changes: Change[]): void {
  const found = diffArrays(a.slice(rest.aStart, rest.aEnd), b.slice(rest.bStart, rest.bEnd), { maxEditLength: maxEdits });
  if (found === undefined) {
    changes.push(rest);
    return;
  }
  let aAt = rest.aStart;
  let bAt = rest.bStart;
  for (const part of found) {
    const aNext = part.added ? aAt : aAt + part.count;
    const bNext = part.removed ? bAt : bAt + part.count;
    if (part.added || part.removed) changes.push({ aStart: aAt, aEnd: aNext, bStart: bAt, bEnd: bNext });
    aAt = aNext;
    bAt = bNext;
  }
}

/** Items that occur once on each side, in the longest order that both share: sure points to cut the problem at. */
function uniqueAnchors(a: readonly string[], b: readonly string[], within: Change): { a: number; b: number }[] {
  const once = (items: readonly string[], start: number, end: number): Map<string, number> => {
    const places = new Map<string, number>();
    for (let at = start; at < end; at++) {
      const item = items[at] ?? "";
      places.set(item, places.has(item) ? -1 : at);
    }
    return places;
  };
  const inA = once(a, within.aStart, within.aEnd);
  const inB = once(b, within.bStart, within.bEnd);
  const pairs: { a: number; b: number }[] = [];
  for (const [item, aAt] of inA) {
    const bAt = inB.get(item);
    if (aAt >= 0 && bAt !== undefined && bAt >= 0) pairs.push({ a: aAt, b: bAt });
  }
  return longestRising(pairs);
}

/** The longest run of pairs that rise in `b`; the pairs come rising in `a`. */
function longestRising(pairs: readonly { a: number; b: number }[]): { a: number; b: number }[] {
  const tails: number[] = [];
  const before = new Int32Array(pairs.length).fill(-1);
  for (const [index, pair] of pairs.entries()) {
    let low = 0;
    let high = tails.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[tails[middle] ?? 0]?.b ?? 0) < pair.b) low = middle + 1;
      else high = middle;
    }
    before[index] = low > 0 ? (tails[low - 1] ?? -1) : -1;
    tails[low] = index;
  }
  const run: { a: number; b: number }[] = [];
  for (let at = tails[tails.length - 1] ?? -1; at >= 0; at = before[at] ?? -1) {
    const pair = pairs[at];
    if (pair) run.push(pair);
  }
  return run.reverse();
}

function joined(changes: readonly Change[]): Change[] {
  const result: Change[] = [];
  for (const change of changes) {
    const last = result[result.length - 1];
    if (last && last.aEnd === change.aStart && last.bEnd === change.bStart) {
      result[result.length - 1] = { ...last, aEnd: change.aEnd, bEnd: change.bEnd };
    } else {
      result.push(change);
    }
  }
  return result;
}
