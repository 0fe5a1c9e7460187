import { describe, expect, it } from "vitest";
import { hunksOf } from "../../src/core/edit/hunks";
import {
  changeAt,
  nextChange,
  observedState,
  reviewChanges,
  reviewLines,
  touches,
  withOnly,
  without,
} from "../../src/editor/review-blocks";
import { blocksOf } from "../../src/protocol/hunk-blocks";

const base = "a\nb\nc\nd\ne\nf\ng\nh\n";
/** b changed, d removed, two lines after f added. */
const proposed = "a\nB\nc\ne\nf\n1\n2\ng\nh\n";

function changesOf(text: string) {
  return reviewChanges(reviewLines(base), reviewLines(text));
}

describe("the blocks of a proposal", () => {
  it("are its runs of changed lines, however many share a hunk", () => {
    const blocks = blocksOf(hunksOf(base, proposed));
    expect(blocks.map(({ oldStart, oldEnd, newStart, newEnd }) => [oldStart, oldEnd, newStart, newEnd])).toEqual([
      [1, 2, 1, 2],
      [3, 4, 3, 3],
      [6, 6, 5, 7],
    ]);
    expect(blocks.map(({ hunk }) => hunk)).toEqual([0, 0, 0]);
    const lines = hunksOf(base, proposed)[0]?.lines ?? [];
    expect(blocks.map(({ line }) => lines[line])).toEqual(["-b", "-d", "+1"]);
  });

  it("are the changes of the two texts, one for one", () => {
    for (const [from, to] of [
      [base, proposed],
      ["", "new\nfile\n"],
      ["old\n", ""],
      ["no end", "no end\n"],
      ["a\nb", "a\nb\nc"],
      [base, base.replace("a\n", "").replace("h\n", "H")],
    ] as const) {
      const blocks = blocksOf(hunksOf(from, to));
      const changes = reviewChanges(reviewLines(from), reviewLines(to));
      expect(blocks.map(({ oldStart, oldEnd, newStart, newEnd }) => [oldStart, oldEnd, newStart, newEnd])).toEqual(
        changes.map(({ aStart, aEnd, bStart, bEnd }) => [aStart, aEnd, bStart, bEnd]),
      );
      for (const [index, change] of changes.entries()) {
        expect(blocks.filter((block) => touches(change, block))).toEqual([blocks[index]]);
      }
    }
  });

  it("can be taken alone, and taken back alone", () => {
    const changes = changesOf(proposed);
    const [first, second, third] = changes;
    if (first === undefined || second === undefined || third === undefined) throw new Error("three changes");
    const [from, to] = [reviewLines(base), reviewLines(proposed)];
    expect(withOnly(from, to, [second])).toBe("a\nb\nc\ne\nf\ng\nh\n");
    expect(without(from, to, [second])).toBe("a\nB\nc\nd\ne\nf\n1\n2\ng\nh\n");
    expect(withOnly(from, to, changes)).toBe(proposed);
    expect(without(from, to, changes)).toBe(base);
  });

  it("are found by the cursor, on either side", () => {
    const changes = changesOf(proposed);
    const index = (found: (typeof changes)[number] | undefined) => (found === undefined ? -1 : changes.indexOf(found));
    const at = (line: number) => index(changeAt(changes, line, { kind: "review" }));
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(at)).toEqual([-1, 0, 1, 1, -1, 2, 2, -1]);
    // The file holds a line of the person's at the top, and the first change already.
    const current = changesOf(`mine\n${base.replace("b", "B")}`);
    const left = (line: number) => index(changeAt(changes, line, { kind: "file", current }));
    expect([1, 2, 3, 4, 5].map(left)).toEqual([-1, 0, -1, 1, -1]);
  });

  it("follow one another round the end", () => {
    const changes = changesOf(proposed);
    expect(nextChange(changes, 2)).toBe(changes[1]);
    expect(nextChange(changes, 8)).toBe(changes[0]);
    expect(nextChange([], 0)).toBeUndefined();
  });

  it("are rejected when they are gone from the review, and open again when they are back or their acceptance is undone", () => {
    const [block] = blocksOf(hunksOf(base, proposed));
    if (block === undefined) throw new Error("a block");
    const there = changesOf(proposed);
    const gone = changesOf(proposed.replace("B", "b"));
    expect(observedState("open", block, there, [])).toBe("open");
    expect(observedState("open", block, gone, [])).toBe("rejected");
    expect(observedState("rejected", block, there, [])).toBe("open");
    expect(observedState("accepted", block, there, changesOf(base.replace("b", "B")))).toBe("accepted");
    expect(observedState("accepted", block, there, changesOf(base.replace("b", "B and more")))).toBe("accepted");
    expect(observedState("accepted", block, there, changesOf(base))).toBe("open");
  });
});
