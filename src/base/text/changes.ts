import { compareLines } from "./compare-lines";
import { clusters, type LineRange, overlap } from "./line-range";

/** Lines `[start, end)` of the base become `lines`: an insertion where start equals end. */
export interface Replacement extends LineRange {
  readonly lines: readonly string[];
}

/** A replacement with the lines `[newStart, newEnd)` that it has in the changed text. */
export interface Change extends Replacement {
  readonly newStart: number;
  readonly newEnd: number;
}

/**
 * What two changes of one text do to one another: `none` where they can be joined; `same` where the
 * other does all of it already; `overlap` where they want different things of the same lines.
 */
export type Clash = "none" | "same" | "overlap";

/**
 * A change of lines from one text, the base, to another. Immutable. Lines are strings that are
 * compared as they are: with or without their ends, as the caller cut both texts.
 *
 *     Changes.between(["a", "b", "c"], ["a", "B", "c"]).list
 *     // [{ start: 1, end: 2, lines: ["B"], newStart: 1, newEnd: 2 }]
 */
export class Changes {
  /** The number of lines of the base, and of the changed text. */
  readonly count: number;
  readonly newCount: number;
  /** In order. They do not overlap, but may stand side by side. */
  readonly list: readonly Change[];

  private constructor(count: number, ordered: readonly Replacement[]) {
    const list: Change[] = [];
    let at = 0;
    let shift = 0;
    for (const { start, end, lines } of ordered) {
      if (!(start >= at && end >= start && end <= count)) {
        throw new RangeError(
          `Lines ${start} to ${end} cannot be replaced behind line ${at} of ${count}.`,
        );
      }
      at = end;
      if (start === end && lines.length === 0) continue;
      const newStart = start + shift;
      list.push({ start, end, lines, newStart, newEnd: newStart + lines.length });
      shift += lines.length - (end - start);
    }
    this.count = count;
    this.newCount = count + shift;
    this.list = list;
  }

  static none(count: number): Changes {
    return new Changes(count, []);
  }

  /**
   * Replacements of a text of `count` lines, in any order. Insertions at one place keep theirs, and
   * come before the lines that are replaced there. Throws RangeError where replacements overlap or
   * reach out of the text.
   */
  static of(count: number, replacements: readonly Replacement[]): Changes {
    return new Changes(count, inOrder(replacements));
  }

  /**
   * What turns one list of lines into another; equal lines stand between any two changes. Quick for
   * 100,000 lines.
   */
  static between(before: readonly string[], after: readonly string[]): Changes {
    const replacements = compareLines(before, after).map(({ aStart, aEnd, bStart, bEnd }) => ({
      start: aStart,
      end: aEnd,
      lines: after.slice(bStart, bEnd),
    }));
    return new Changes(before.length, replacements);
  }

  get isEmpty(): boolean {
    return this.list.length === 0;
  }

  /** The changed text. Throws RangeError for lines that cannot be the base. */
  apply(base: readonly string[]): string[] {
    this.#mustBe(base.length);
    return applied(this.list, base, 0);
  }

  /**
   * This change and then one of the changed text, as one. Throws RangeError for a change of another
   * text.
   */
  compose(next: Changes): Changes {
    if (next.count !== this.newCount) throw otherText(this.newCount, next.count);
    if (this.isEmpty) return next;
    if (next.isEmpty) return this;
    // The two meet in the text between them: what the first wrote there, the second may replace.
    const written = this.list.map((change) => ({
      start: change.newStart,
      end: change.newEnd,
      lines: change.lines,
      growth: growth(change),
    }));
    const composed: Replacement[] = [];
    let shift = 0;
    for (const { start, end, left, right } of clusters(written, next.list)) {
      const from = start - shift;
      // The first wrote all lines here but for those that the second replaces, which are not read.
      const between = new Array<string>(end - start).fill("");
      for (const one of left) {
        for (const [index, line] of one.lines.entries()) between[one.start - start + index] = line;
        shift += one.growth;
      }
      composed.push({ start: from, end: end - shift, lines: applied(right, between, start) });
    }
    return new Changes(this.count, composed);
  }

  /** What turns the changed text back into the base, whose lines it needs for that. */
  invert(base: readonly string[]): Changes {
    this.#mustBe(base.length);
    const back = this.list.map(({ start, end, newStart, newEnd }) => ({
      start: newStart,
      end: newEnd,
      lines: base.slice(start, end),
    }));
    return new Changes(this.newCount, back);
  }

  /** The line of the changed text that a line of the base is; undefined where it was replaced. */
  mapLine(line: number): number | undefined {
    let shift = 0;
    for (const { start, end, newEnd } of this.list) {
      if (line < start) break;
      if (line < end) return undefined;
      shift = newEnd - end;
    }
    return line + shift;
  }

  /**
   * Where a range of the base is in the changed text. Lines that a range has a part of count whole;
   * what was inserted at its very start or end is outside.
   */
  mapRange(range: LineRange): LineRange {
    let start = range.start;
    let end = range.end;
    for (const change of this.list) {
      const shift = change.newEnd - change.end;
      if (change.end <= range.start) start = range.start + shift;
      else if (change.start < range.start) start = change.newStart;
      if (change.end <= range.end && change.start < range.end) end = range.end + shift;
      else if (change.start < range.end) end = change.newEnd;
    }
    return { start, end: Math.max(start, end) };
  }

  /** Some of the changes, still of the same base. */
  only(keep: (change: Change, index: number) => boolean): Changes {
    return new Changes(this.count, this.list.filter(keep));
  }

  /** The changes but for some, still of the same base. */
  without(drop: (change: Change, index: number) => boolean): Changes {
    return this.only((change, index) => !drop(change, index));
  }

  /** What the two do to one another. Equal replacements do not clash: {@link join} keeps one. */
  clash(other: Changes): Clash {
    this.#mustBe(other.count);
    const mine = this.list.filter((change) => !other.#has(change));
    if (mine.length === 0) return this.isEmpty ? "none" : "same";
    let at = 0;
    for (const change of mine) {
      while ((other.list[at]?.end ?? Number.POSITIVE_INFINITY) <= change.start) at++;
      const next = other.list[at];
      if (next && overlap(change, next)) return "overlap";
    }
    return "none";
  }

  /**
   * This change and others of the same base, as one. A replacement that several of them hold is
   * made once. Insertions at one place come in the order of the arguments. Throws RangeError where
   * replacements overlap.
   */
  join(...others: readonly Changes[]): Changes {
    let joined: Changes = this;
    for (const other of others) {
      this.#mustBe(other.count);
      const known = joined;
      const fresh = other.without((change) => known.#has(change));
      joined = new Changes(this.count, inOrder([...known.list, ...fresh.list]));
    }
    return joined;
  }

  /**
   * This change as one of the text that another change made of the base. Undefined where both
   * change the same lines, or lines side by side, in different ways: nobody can tell what both
   * together should be. What both make alike is there already.
   */
  over(other: Changes, base: readonly string[]): Changes | undefined {
    this.#mustBe(other.count);
    this.#mustBe(base.length);
    const carried: Replacement[] = [];
    let shift = 0;
    for (const { start, end, left, right } of clusters(this.list, other.list)) {
      if (right.length === 0) {
        for (const one of left) {
          carried.push({ start: one.start + shift, end: one.end + shift, lines: one.lines });
        }
      } else if (left.length > 0) {
        const here = base.slice(start, end);
        if (!sameLines(applied(left, here, start), applied(right, here, start))) return undefined;
      }
      for (const one of right) shift += growth(one);
    }
    return new Changes(other.newCount, carried);
  }

  /**
   * The same change with replacements side by side as one, and without lines that a replacement
   * leaves as they are at its start and end.
   */
  tight(base: readonly string[]): Changes {
    this.#mustBe(base.length);
    const tight: Replacement[] = [];
    for (const { start, end, left } of clusters(this.list, [])) {
      const lines = left.flatMap((change) => change.lines);
      let from = 0;
      while (start + from < end && from < lines.length && base[start + from] === lines[from])
        from++;
      const longest = Math.min(end - start, lines.length) - from;
      let tail = 0;
      while (tail < longest && base[end - 1 - tail] === lines[lines.length - 1 - tail]) tail++;
      tight.push({
        start: start + from,
        end: end - tail,
        lines: lines.slice(from, lines.length - tail),
      });
    }
    return new Changes(this.count, tight);
  }

  #has(change: Replacement): boolean {
    let low = 0;
    let high = this.list.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((this.list[middle]?.start ?? 0) < change.start) low = middle + 1;
      else high = middle;
    }
    for (let at = low; this.list[at]?.start === change.start; at++) {
      const known = this.list[at];
      if (known && sameReplacement(known, change)) return true;
    }
    return false;
  }

  #mustBe(count: number): void {
    if (count !== this.count) throw otherText(this.count, count);
  }
}

function otherText(expected: number, actual: number): RangeError {
  return new RangeError(`A change of ${expected} lines does not fit ${actual} lines.`);
}

/** How many lines more there are after a replacement. */
function growth({ start, end, lines }: Replacement): number {
  return lines.length - (end - start);
}

/** By place; the sort is stable, so that insertions at one place keep their order. */
export function inOrder<T extends Replacement>(replacements: readonly T[]): T[] {
  return replacements.toSorted((a, b) => a.start - b.start || a.end - b.end);
}

function sameReplacement(a: Replacement, b: Replacement): boolean {
  return a.start === b.start && a.end === b.end && sameLines(a.lines, b.lines);
}

function sameLines(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((line, at) => line === b[at]);
}

/** What changes make of some lines, the first of which is line `first` of their base. */
function applied(
  changes: readonly Replacement[],
  lines: readonly string[],
  first: number,
): string[] {
  const result: string[] = [];
  let at = 0;
  const copyTo = (end: number): void => {
    for (; at < end; at++) result.push(lines[at] ?? "");
  };
  for (const change of changes) {
    copyTo(change.start - first);
    for (const line of change.lines) result.push(line);
    at = change.end - first;
  }
  copyTo(lines.length);
  return result;
}
