import { expect, it } from "vitest";
import { overlap, touch } from "../../../src/base/text/line-range";

it("ranges side by side touch but do not overlap, and a place overlaps what is around it", () => {
  const table = [
    [[2, 4], [3, 5], "overlap"],
    [[2, 4], [4, 5], "touch"],
    [[2, 4], [5, 6], "part"],
    [[2, 4], [3, 3], "overlap"],
    [[2, 4], [2, 2], "touch"],
    [[2, 4], [4, 4], "touch"],
    [[2, 2], [2, 2], "touch"],
    [[2, 2], [3, 3], "part"],
  ] as const;
  for (const [[start, end], [from, to], wanted] of table) {
    const [a, b] = [
      { start, end },
      { start: from, end: to },
    ];
    for (const [one, other] of [
      [a, b],
      [b, a],
    ] as const) {
      expect(overlap(one, other)).toBe(wanted === "overlap");
      expect(touch(one, other)).toBe(wanted !== "part");
    }
  }
});
