import { applyPatch } from "diff";
import { expect, it } from "vitest";
import { hunksOf } from "../../../src/core/edit/hunks";
import { seeded } from "./support/seeded";

it("one changed line shows with three lines around it", () => {
  const base = "1\n2\n3\n4\n5\n6\n7\n8\n";
  expect(hunksOf(base, base.replace("5", "five"))).toEqual([
    {
      oldStart: 2,
      oldLines: 7,
      newStart: 2,
      newLines: 7,
      lines: [" 2", " 3", " 4", "-5", "+five", " 6", " 7", " 8"],
    },
  ]);
});

it("changes far apart are hunks of their own, and numbered by the new text too", () => {
  const base = Array.from({ length: 30 }, (_, index) => `${index}\n`).join("");
  const hunks = hunksOf(base, base.replace("3\n", "3\n3a\n").replace("27\n", ""));
  expect(hunks.map((hunk) => [hunk.oldStart, hunk.newStart])).toEqual([
    [2, 2],
    [25, 26],
  ]);
});

it("a missing final newline and a change of line ends alone are shown", () => {
  expect(hunksOf("a\n", "a")[0]?.lines).toEqual(["-a", "+a", "\\ No newline at end of file"]);
  expect(hunksOf("a\n", "a\r\n")[0]?.lines).toEqual(["-a", "+a␍"]);
});

it("line ends are not shown where the lines change, too", () => {
  expect(hunksOf("a\r\n", "b\r\n")[0]?.lines).toEqual(["-a", "+b"]);
  expect(hunksOf("a\r\nb\n", "a\n")[0]?.lines).toEqual(["-a", "-b", "+a"]);
});

it("equal texts have no hunks, a new file has one", () => {
  expect(hunksOf("a\n", "a\n")).toEqual([]);
  expect(hunksOf("", "a\nb\n")).toEqual([
    { oldStart: 0, oldLines: 0, newStart: 1, newLines: 2, lines: ["+a", "+b"] },
  ]);
});

it("two huge texts without a common line are one coarse hunk and not a wait", () => {
  const left = Array.from({ length: 60_000 }, (_, index) => `left ${index % 7}\n`).join("");
  expect(hunksOf(left, left.replaceAll("left", "right"))).toHaveLength(1);
});

it("the hunks of any two texts turn the first into the second", () => {
  const random = seeded(5);
  for (let round = 0; round < 500; round++) {
    const text = (): string =>
      Array.from({ length: random.below(15) }, () =>
        random.pick(["a\n", "b\n", "\n", "c\n", "  d\n"]),
      ).join("") + random.pick(["", "x"]);
    const base = text();
    const proposed = text();
    const hunks = hunksOf(base, proposed, random.below(4)).map(
      (hunk) =>
        `@@ -${hunk.oldStart},${hunk.oldLines} +${hunk.newStart},${hunk.newLines} @@\n${hunk.lines.join("\n")}\n`,
    );
    const patched = applyPatch(base, `--- a\n+++ b\n${hunks.join("")}`);
    expect(patched).toBe(proposed);
  }
});
