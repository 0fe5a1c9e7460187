import { describe, expect, it } from "vitest";
import { Changes } from "../../../src/base/text/changes";
import { touch } from "../../../src/base/text/line-range";
import { hunksOf } from "../../../src/core/edit/hunks";
import { blocksOf } from "../../../src/protocol/hunk-blocks";
import type { BlockState } from "../../../src/protocol/proposal";
import {
  changeInFile,
  changeInReview,
  nextChange,
  observedState,
  reviewLines,
  withOnly,
} from "../../../src/session/review/review-blocks";

const base = "a\nb\nc\nd\ne\nf\ng\nh\n";
/** b changed, d removed, two lines after f added. */
const proposed = "a\nB\nc\ne\nf\n1\n2\ng\nh\n";

function changesOf(text: string) {
  return Changes.between(reviewLines(base), reviewLines(text));
}

describe("the blocks of a proposal", () => {
  it("are its runs of changed lines, however many share a hunk", () => {
    const blocks = blocksOf(hunksOf(base, proposed));
    expect(
      blocks.map(({ start, end, newStart, newEnd }) => [start, end, newStart, newEnd]),
    ).toEqual([
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
      const { list } = Changes.between(reviewLines(from), reviewLines(to));
      expect(
        blocks.map(({ start, end, newStart, newEnd }) => [start, end, newStart, newEnd]),
      ).toEqual(list.map(({ start, end, newStart, newEnd }) => [start, end, newStart, newEnd]));
      for (const [index, change] of list.entries()) {
        expect(blocks.filter((block) => touch(change, block))).toEqual([blocks[index]]);
      }
    }
  });

  it("can be taken alone", () => {
    const { list } = changesOf(proposed);
    const from = reviewLines(base);
    expect(list.map((change) => withOnly(from, [change]))).toEqual([
      "a\nB\nc\nd\ne\nf\ng\nh\n",
      "a\nb\nc\ne\nf\ng\nh\n",
      "a\nb\nc\nd\ne\nf\n1\n2\ng\nh\n",
    ]);
    expect(withOnly(from, list)).toBe(proposed);
    expect(withOnly(from, [])).toBe(base);
  });

  it("are found by the cursor, on either side", () => {
    const { list } = changesOf(proposed);
    const index = (found: (typeof list)[number] | undefined) =>
      found === undefined ? -1 : list.indexOf(found);
    const at = (line: number) => index(changeInReview(list, line));
    expect([0, 1, 2, 3, 4, 5, 6, 7].map(at)).toEqual([-1, 0, 1, 1, -1, 2, 2, -1]);
    // The file holds a line of the person's at the top, and the first change already.
    const file = reviewLines(`mine\n${base.replace("b", "B")}`);
    const toBase = Changes.between(file, reviewLines(base));
    const left = (line: number) => index(changeInFile(list, line, toBase));
    expect([1, 2, 3, 4, 5].map(left)).toEqual([-1, 0, -1, 1, -1]);
    // A line of the person's own is above the first line, which changes.
    const first = changesOf(base.replace("a", "A")).list;
    expect(changeInFile(first, 0, toBase)).toBe(first[0]);
  });

  it("follow one another round the end", () => {
    const { list } = changesOf(proposed);
    expect(nextChange(list, 2)).toBe(list[1]);
    expect(nextChange(list, 8)).toBe(list[0]);
    expect(nextChange([], 0)).toBeUndefined();
  });

  it("are rejected when they are gone from the review, open again when they are back, and undone when the file is as before", () => {
    const [block] = blocksOf(hunksOf(base, proposed));
    if (block === undefined) throw new Error("a block");
    const there = changesOf(proposed);
    const gone = changesOf(proposed.replace("B", "b"));
    const observed = (
      recorded: BlockState,
      review: Changes | undefined,
      file: string,
    ): BlockState =>
      observedState(recorded, block, { review, file: changesOf(file), taken: there });
    expect(observed("open", there, base)).toBe("open");
    expect(observed("open", gone, base)).toBe("rejected");
    expect(observed("rejected", there, base)).toBe("open");
    expect(observed("rejected", undefined, base)).toBe("rejected");
    expect(observed("accepted", there, base.replace("b", "B"))).toBe("accepted");
    expect(observed("accepted", there, base.replace("b", "B and more"))).toBe("accepted");
    expect(observed("accepted", there, base)).toBe("undone");
    expect(observed("accepted", gone, base)).toBe("rejected");
    expect(observed("undone", there, base.replace("b", "B"))).toBe("accepted");
    expect(observed("undone", undefined, base.replace("b", "B and more"))).toBe("undone");
    expect(observedState("accepted", block, { taken: there })).toBe("accepted");
  });

  it("are not undone when the person moves them within the file, also after cutting them out", () => {
    const there = changesOf(proposed);
    const added = blocksOf(hunksOf(base, proposed))[2];
    if (added === undefined) throw new Error("a block");
    const observed = (recorded: BlockState, file: string): BlockState =>
      observedState(recorded, added, { file: changesOf(file), taken: there });
    const moved = "a\n  1\n  2\nb\nc\nd\ne\nf\ng\nh\n";
    expect(observed("accepted", moved)).toBe("accepted");
    expect(observed("accepted", base)).toBe("undone");
    expect(observed("undone", moved)).toBe("accepted");
    expect(observed("accepted", moved.replace("  1\n", ""))).toBe("undone");
    expect(observed("accepted", moved.replace("  2\n", "  22\n"))).toBe("undone");
  });

  it("are undone though another block has put the same lines into the file", () => {
    const twice = "a\nsame\nb\nc\nd\ne\nsame\nf\ng\nh\n";
    const one = "a\nsame\nb\nc\nd\ne\nf\ng\nh\n";
    const [first, second] = blocksOf(hunksOf(base, twice));
    if (first === undefined || second === undefined) throw new Error("two blocks");
    const texts = { file: changesOf(one), taken: changesOf(twice) };
    expect(observedState("accepted", first, texts)).toBe("accepted");
    expect(observedState("accepted", second, texts)).toBe("undone");
  });
});
