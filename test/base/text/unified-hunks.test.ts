import { applyPatch } from "diff";
import { expect, it } from "vitest";
import { Changes } from "../../../src/base/text/changes";
import { wholeLines } from "../../../src/base/text/lines";
import { unifiedHunks } from "../../../src/base/text/unified-hunks";
import { seeded } from "../../core/edit/support/seeded";

function hunksBetween(before: string, after: string, contextLines: number) {
  const base = wholeLines(before);
  return unifiedHunks(Changes.between(base, wholeLines(after)), base, contextLines);
}

it("hunks make the second of any two texts of the first, and part where lines between are enough", () => {
  const random = seeded(5);
  const lines = ["a\n", "b\n", "\n", "c\n", "  d\n"];
  const text = (): string =>
    Array.from({ length: random.below(15) }, () => random.pick(lines)).join("") +
    random.pick(["", "x"]);
  for (let round = 0; round < 1_000; round++) {
    const [before, after, contextLines] = [text(), text(), random.below(4)];
    const hunks = hunksBetween(before, after, contextLines);
    const patch = hunks.map(({ start, end, newStart, newEnd, lines: signed }) => {
      const side = (from: number, to: number): string =>
        `${to > from ? from + 1 : from},${to - from}`;
      return `@@ -${side(start, end)} +${side(newStart, newEnd)} @@\n${signed.join("\n")}\n`;
    });
    expect(applyPatch(before, `--- a\n+++ b\n${patch.join("")}`)).toBe(after);
    for (const [index, hunk] of hunks.entries()) {
      const last = hunks[index - 1];
      if (last) expect(hunk.start).toBeGreaterThan(last.end);
    }
  }
});

it("a line without an end says so, on the side that it is on", () => {
  expect(hunksBetween("a\nb", "a\nc", 1)[0]?.lines).toEqual([
    " a",
    "-b",
    "\\ No newline at end of file",
    "+c",
    "\\ No newline at end of file",
  ]);
  expect(hunksBetween("a\rb\rc", "a\rB\rc", 1)[0]?.lines).toEqual([
    " a",
    "-b",
    "+B",
    " c",
    "\\ No newline at end of file",
  ]);
  expect(hunksBetween("a\nb", "A\nb", 1)[0]?.lines.slice(2)).toEqual([
    " b",
    "\\ No newline at end of file",
  ]);
});
