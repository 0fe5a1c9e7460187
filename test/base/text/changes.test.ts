import { describe, expect, it } from "vitest";
import { Changes, type Replacement } from "../../../src/base/text/changes";
import { type Seeded, seeded } from "../../core/edit/support/seeded";

const rounds = 1_000;

function someLines(random: Seeded, most = 12): string[] {
  return Array.from({ length: random.below(most) }, () => random.pick(["a", "b", "c", "", "}"]));
}

/**
 * Replacements, some of them side by side, and several insertions at one place, but no two alike.
 */
function someChanges(random: Seeded, base: readonly string[]): Changes {
  const replacements: Replacement[] = [];
  let at = 0;
  while (at <= base.length && random.below(4) > 0) {
    const start = at + random.below(Math.min(4, base.length - at + 1));
    const end = start + random.below(Math.min(3, base.length - start + 1));
    replacements.push({ start, end, lines: someLines(random, 3) });
    at = end + random.below(2);
  }
  const alike = new Map(replacements.map((one) => [JSON.stringify(one), one]));
  return Changes.of(base.length, [...alike.values()]);
}

/** A text and two changes of it. */
function someCase(random: Seeded) {
  const base = someLines(random);
  return { base, one: someChanges(random, base), two: someChanges(random, base) };
}

/** As many as are tried; what a test adds to one is as random as the case itself. */
function* cases(seed: number, count = rounds) {
  const random = seeded(seed);
  for (let round = 0; round < count; round++) yield { ...someCase(random), random, round };
}

function placesOf(changes: Changes): [number, number, string][] {
  return changes.list.map(({ start, end, lines }) => [start, end, lines.join()]);
}

describe("the changes between two texts", () => {
  it("turn the first into the second, with unchanged lines between them", () => {
    const random = seeded(1);
    for (let round = 0; round < rounds; round++) {
      const [before, after] = [someLines(random), someLines(random)];
      const changes = Changes.between(before, after);
      expect(changes.apply(before)).toEqual(after);
      expect(changes.newCount).toBe(after.length);
      for (const [index, change] of changes.list.entries()) {
        expect(after.slice(change.newStart, change.newEnd)).toEqual(change.lines);
        const last = changes.list[index - 1];
        if (last) expect(change.start).toBeGreaterThan(last.end);
      }
    }
  });

  it("are none between equal texts", () => {
    expect(Changes.between(["a", "b"], ["a", "b"]).isEmpty).toBe(true);
    expect(Changes.between([], []).isEmpty).toBe(true);
  });

  it("are small where lines that occur once hold two long texts together", () => {
    const before = Array.from({ length: 30_000 }, (_, at) => (at % 3 === 0 ? `line ${at}` : "}"));
    const after = before.flatMap((line, at) =>
      at % 1_000 === 0 ? [] : at % 1_000 === 500 ? ["new", line] : [line],
    );
    const changes = Changes.between(before, after);
    expect(changes.list).toHaveLength(60);
    expect(changes.apply(before)).toEqual(after);
  });

  it("are one coarse change where nothing holds two long texts together", () => {
    const before = Array.from({ length: 60_000 }, (_, at) => `left ${at % 7}`);
    const after = before.map((line) => line.replace("left", "right"));
    expect(placesOf(Changes.between(before, after))).toEqual([[0, 60_000, after.join()]]);
  });
});

describe("replacements", () => {
  it("come in any order, and insertions at one place keep theirs", () => {
    const changes = Changes.of(3, [
      { start: 2, end: 3, lines: ["C"] },
      { start: 0, end: 1, lines: [] },
      { start: 2, end: 2, lines: ["first"] },
      { start: 1, end: 1, lines: [] },
      { start: 2, end: 2, lines: ["second"] },
    ]);
    expect(placesOf(changes)).toEqual([
      [0, 1, ""],
      [2, 2, "first"],
      [2, 2, "second"],
      [2, 3, "C"],
    ]);
    expect(changes.apply(["a", "b", "c"])).toEqual(["b", "first", "second", "C"]);
  });

  it("that overlap or reach out of the text are an error, not a guess", () => {
    const of = (...places: [number, number][]) =>
      Changes.of(
        4,
        places.map(([start, end]) => ({ start, end, lines: ["x"] })),
      );
    for (const places of [
      [
        [0, 2],
        [1, 3],
      ],
      [
        [0, 3],
        [1, 1],
      ],
      [[3, 5]],
      [[2, 1]],
      [[-1, 0]],
    ]) {
      expect(() => of(...(places as [number, number][]))).toThrow(RangeError);
    }
    expect(() => of([Number.NaN, 1])).toThrow(RangeError);
    expect(of([0, 2], [2, 3], [3, 3]).list).toHaveLength(3);
  });

  it("of another text are an error", () => {
    const changes = Changes.between(["a"], ["b"]);
    expect(() => changes.apply(["a", "b"])).toThrow(RangeError);
    expect(() => changes.compose(Changes.none(2))).toThrow(RangeError);
    expect(() => changes.join(Changes.none(2))).toThrow(RangeError);
    expect(() => changes.clash(Changes.none(2))).toThrow(RangeError);
    expect(() => changes.over(Changes.none(2), ["a"])).toThrow(RangeError);
    expect(() => changes.invert([])).toThrow(RangeError);
    expect(() => changes.tight([])).toThrow(RangeError);
  });
});

describe("composed changes", () => {
  it("do what one does after the other", () => {
    for (const { base, one, random } of cases(2)) {
      const between = one.apply(base);
      const next = someChanges(random, between);
      expect(one.compose(next).apply(base)).toEqual(next.apply(between));
    }
  });

  it("are the same however they are put together", () => {
    for (const { base, one, random } of cases(3)) {
      const second = one.apply(base);
      const two = someChanges(random, second);
      const three = someChanges(random, two.apply(second));
      const left = one.compose(two).compose(three);
      const right = one.compose(two.compose(three));
      expect(left.tight(base)).toEqual(right.tight(base));
    }
  });

  it("touch no line that neither of them touches", () => {
    const one = Changes.between(["a", "b", "c", "d"], ["A", "b", "c", "d"]);
    const two = Changes.between(["A", "b", "c", "d"], ["A", "b", "c", "D"]);
    expect(placesOf(one.compose(two))).toEqual([
      [0, 1, "A"],
      [3, 4, "D"],
    ]);
  });
});

describe("inverted changes", () => {
  it("give the base back, and inverted again the same text", () => {
    for (const { base, one } of cases(4)) {
      const changed = one.apply(base);
      const back = one.invert(base);
      expect(back.apply(changed)).toEqual(base);
      expect(back.invert(changed).apply(base)).toEqual(changed);
      expect(one.compose(back).tight(base).isEmpty).toBe(true);
    }
  });
});

describe("places in the changed text", () => {
  it("lines that no change touches are found where they are", () => {
    const random = seeded(5);
    for (let round = 0; round < rounds; round++) {
      // Each line is another, so that it can be told from all others.
      const base = someLines(random).map((line, at) => `${at} ${line}`);
      const one = someChanges(random, base);
      const changed = one.apply(base);
      for (const [at, line] of base.entries()) {
        const found = changed.indexOf(line);
        expect(one.mapLine(at)).toBe(found < 0 ? undefined : found);
        if (found >= 0) {
          expect(one.mapRange({ start: at, end: at + 1 })).toEqual({
            start: found,
            end: found + 1,
          });
        }
      }
    }
  });

  it("a range keeps its lines, whole replacements of them, and its order to others", () => {
    for (const { base, one, random } of cases(6)) {
      const ranges = Array.from({ length: 2 }, () => {
        const start = random.below(base.length + 1);
        return { start, end: start + random.below(base.length - start + 1) };
      });
      const [a = { start: 0, end: 0 }, b = { start: 0, end: 0 }] = ranges;
      const [mappedA, mappedB] = [one.mapRange(a), one.mapRange(b)];
      expect(mappedA.start).toBeGreaterThanOrEqual(0);
      expect(mappedA.end).toBeGreaterThanOrEqual(mappedA.start);
      expect(mappedA.end).toBeLessThanOrEqual(one.newCount);
      if (a.start <= b.start) expect(mappedA.start).toBeLessThanOrEqual(mappedB.start);
      if (a.start <= b.start && a.end <= b.end)
        expect(mappedA.end).toBeLessThanOrEqual(mappedB.end);
      for (const change of one.list) {
        if (change.start < a.end && a.start < change.end) {
          expect(mappedA.start).toBeLessThanOrEqual(change.newStart);
          expect(mappedA.end).toBeGreaterThanOrEqual(change.newEnd);
        }
      }
    }
  });

  it("what is inserted at the edge of a range is outside of it, and inside it is within", () => {
    const inserted = (at: number) => Changes.of(9, [{ start: at, end: at, lines: ["x", "y"] }]);
    const range = { start: 3, end: 6 };
    expect(inserted(3).mapRange(range)).toEqual({ start: 5, end: 8 });
    expect(inserted(4).mapRange(range)).toEqual({ start: 3, end: 8 });
    expect(inserted(6).mapRange(range)).toEqual(range);
    expect(inserted(3).mapRange({ start: 3, end: 3 })).toEqual({ start: 5, end: 5 });
  });
});

describe("some of the changes", () => {
  it("and the others are all of them together", () => {
    for (const { base, one, random } of cases(7)) {
      const kept = one.list.map(() => random.below(2) === 0);
      const some = one.only((_change, index) => kept[index] === true);
      const others = one.without((_change, index) => kept[index] === true);
      expect(some.list.length + others.list.length).toBe(one.list.length);
      expect(some.join(others).list.length).toBe(one.list.length);
      // Insertions at one place come in the order in which they are joined.
      const places = new Set(
        one.list.map(({ start, end }) => (start === end ? start : -start - 1)),
      );
      if (places.size === one.list.length) expect(some.join(others)).toEqual(one);
      expect(one.only(() => true)).toEqual(one);
      expect(one.without(() => true).apply(base)).toEqual(base);
    }
  });
});

describe("two changes of one text", () => {
  it("clash where they want different things of the same lines", () => {
    const one = (start: number, end: number, ...lines: string[]) =>
      Changes.of(9, [{ start, end, lines }]);
    expect(one(2, 4, "x").clash(one(3, 5, "y"))).toBe("overlap");
    expect(one(2, 4, "x").clash(one(2, 4, "y"))).toBe("overlap");
    expect(one(2, 4, "x").clash(one(3, 3, "y"))).toBe("overlap");
    expect(one(3, 3, "y").clash(one(2, 4, "x"))).toBe("overlap");
    expect(one(2, 4, "x").clash(one(2, 4, "x"))).toBe("same");
    expect(one(2, 4, "x").clash(one(4, 5, "y"))).toBe("none");
    // An insertion beside replaced lines or beside another insertion takes nothing from them.
    expect(one(2, 4, "x").clash(one(2, 2, "y"))).toBe("none");
    expect(one(2, 4, "x").clash(one(4, 4, "y"))).toBe("none");
    expect(one(2, 2, "x").clash(one(2, 2, "y"))).toBe("none");
    expect(one(2, 2, "x").clash(one(2, 2, "x"))).toBe("same");
  });

  it("clash is told pair by pair, and what both do alike is no clash", () => {
    const found = { none: 0, same: 0, overlap: 0 };
    for (const { one: any, two, random, round } of cases(8)) {
      const one = round % 4 === 0 ? two.only(() => random.below(2) === 0) : any;
      const alike = (a: Replacement, b: Replacement): boolean =>
        a.start === b.start && a.end === b.end && a.lines.join() === b.lines.join();
      const rest = one.without((a) => two.list.some((b) => alike(a, b)));
      const overlaps = rest.list.some((a) =>
        two.list.some((b) => a.start < b.end && b.start < a.end),
      );
      const wanted = overlaps ? "overlap" : rest.isEmpty && !one.isEmpty ? "same" : "none";
      expect(one.clash(two)).toBe(wanted);
      found[wanted]++;
      if (wanted === "overlap") expect(() => one.join(two)).toThrow(RangeError);
      else expect(two.clash(one.join(two))).toBe(two.isEmpty ? "none" : "same");
    }
    expect(Math.min(...Object.values(found))).toBeGreaterThan(20);
  });

  it("joined are both, in whatever order where they do not insert at one place", () => {
    let joined = 0;
    for (const { base, one, two } of cases(9)) {
      if (one.clash(two) === "overlap") continue;
      const inserts = (changes: Changes) =>
        changes.list.filter(({ start, end }) => start === end).map(({ start }) => start);
      const both = one.join(two);
      for (const changes of [one, two]) {
        for (const { lines } of changes.list) {
          expect(both.apply(base)).toEqual(expect.arrayContaining([...lines]));
        }
        expect(both.join(changes)).toEqual(both);
      }
      if (inserts(one).some((place) => inserts(two).includes(place))) continue;
      expect(two.join(one)).toEqual(both);
      joined++;
    }
    expect(joined).toBeGreaterThan(200);
  });

  it("end in the same text whichever comes first, where one can be made over the other", () => {
    let carried = 0;
    for (const { base, one, two } of cases(10, rounds * 3)) {
      const first = one.over(two, base);
      const second = two.over(one, base);
      expect(first === undefined).toBe(second === undefined);
      if (first === undefined || second === undefined) continue;
      const left = two.compose(first).apply(base);
      expect(left).toEqual(one.compose(second).apply(base));
      // Where both make of lines side by side the same, they are not joined but made once.
      if (first.list.length === one.list.length) expect(left).toEqual(one.join(two).apply(base));
      carried++;
    }
    expect(carried).toBeGreaterThan(400);
  });

  it("are not carried over lines side by side, but over what both make alike", () => {
    const base = ["a", "b", "c", "d"];
    const to = (...lines: string[]) => Changes.between(base, lines);
    expect(to("a", "B", "c", "d").over(to("a", "b", "C", "d"), base)).toBeUndefined();
    expect(to("a", "x", "b", "c", "d").over(to("a", "y", "b", "c", "d"), base)).toBeUndefined();
    const again = to("a", "B", "c", "D").over(to("new", "a", "B", "c", "d"), base);
    expect(again && placesOf(again)).toEqual([[4, 5, "D"]]);
    // Each deletes another of two equal lines: the text is the same.
    const equal = ["a", "a"];
    const first = Changes.of(2, [{ start: 0, end: 1, lines: [] }]);
    const second = Changes.of(2, [{ start: 1, end: 2, lines: [] }]);
    expect(first.over(second, equal)?.isEmpty).toBe(true);
  });
});

describe("tight changes", () => {
  it("do the same with fewer lines, and none at an edge that stays", () => {
    for (const { base, one } of cases(11)) {
      const tight = one.tight(base);
      expect(tight.apply(base)).toEqual(one.apply(base));
      expect(tight.tight(base)).toEqual(tight);
      for (const [index, { start, end, lines }] of tight.list.entries()) {
        const last = tight.list[index - 1];
        if (last) expect(start).toBeGreaterThanOrEqual(last.end);
        if (start === end || lines.length === 0) continue;
        expect(lines[0]).not.toBe(base[start]);
        expect(lines.at(-1)).not.toBe(base[end - 1]);
      }
    }
  });
});
