import { describe, expect, it } from "vitest";
import { changedSpan } from "../../src/base/text/changed-span";
import { LineTable } from "../../src/syntax/line-table";
import { pointAt } from "../../src/syntax/points";

/** The same numbers each time. */
function random(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state % below;
  };
}

const signs = ["a", "\n", "\r", "\r\n", "😀", "bc"];

function someText(next: (below: number) => number, signsAtMost: number): string {
  return Array.from({ length: next(signsAtMost) }, () => signs[next(signs.length)]).join("");
}

describe("The lines of a text that became another", () => {
  it("are those of the new text, whatever ends them", () => {
    for (let seed = 1; seed <= 500; seed++) {
      const next = random(seed);
      const before = someText(next, 12);
      const at = next(before.length + 1);
      const after = before.slice(0, at) + someText(next, 5) + before.slice(at + next(4));
      const table = LineTable.of(before).changedTo(after, changedSpan(before, after));
      const offsets = Array.from({ length: after.length + 1 }, (_, offset) => offset);
      const fresh = LineTable.of(after);
      const places = offsets.map((offset) => fresh.positionAt(offset));
      expect([
        offsets.map((offset) => table.positionAt(offset)),
        offsets.map((offset) => table.pointAt(offset)),
        places.map((place) => table.offsetAt(place)),
      ]).toEqual([
        places,
        offsets.map((offset) => pointAt(after, offset)),
        places.map((place) => fresh.offsetAt(place)),
      ]);
    }
  });
});
