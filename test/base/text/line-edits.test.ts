import { describe, expect, it } from "vitest";
import { lineEdits, type TextEdit } from "../../../src/base/text/line-edits";

function applied(before: string, edits: readonly TextEdit[]): string {
  let text = before;
  for (const { start, end, text: replacement } of [...edits].reverse())
    text = text.slice(0, start) + replacement + text.slice(end);
  return text;
}

describe("the edits that turn one text into another", () => {
  it("touch only the characters that differ", () => {
    const edits = lineEdits("a = 1\nb = 2\nc = 3\n", "a = 1\nb = 20\nc = 3\n");
    expect(edits).toEqual([{ start: 11, end: 11, text: "0" }]);
  });

  it("leave the lines between two changes alone", () => {
    const edits = lineEdits("one\ntwo\nthree\nfour\n", "ONE\ntwo\nthree\nFOUR\n");
    expect(edits.map(({ start, end }) => [start, end])).toEqual([
      [0, 3],
      [14, 18],
    ]);
  });

  it("never cut a CRLF or a surrogate pair in two", () => {
    for (const [before, after] of [
      ["a\r\nb\r\n", "a\r\n\r\nb\r\n"],
      ["a\r\r\n", "a\r\n"],
      ["x = '\u{1F600}'\n", "x = '\u{1F601}'\n"],
      ["x = '\u{1F600}'\n", "x = '\u{1FA00}'\n"],
    ] as const) {
      for (const { start, end, text } of lineEdits(before, after)) {
        for (const [whole, at] of [
          [before, start],
          [before, end],
        ] as const) {
          expect(whole.slice(at - 1, at + 1)).not.toBe("\r\n");
          expect(/^[\ud800-\udbff][\udc00-\udfff]$/.test(whole.slice(at - 1, at + 1))).toBe(false);
        }
        expect(
          /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text),
        ).toBe(false);
      }
      expect(applied(before, lineEdits(before, after))).toBe(after);
    }
  });

  it("give exactly the wanted text for thousands of random pairs", () => {
    let seed = 7;
    const random = (below: number): number => {
      seed = (seed * 1_103_515_245 + 12_345) % 2 ** 31;
      return seed % below;
    };
    const pieces = [
      "a",
      "b",
      "\t",
      "  ",
      "x\n",
      "\n",
      "\r\n",
      "\r",
      "\u{1F600}",
      "\u{1F601}",
      "é",
      "end",
    ];
    const textOf = (): string =>
      Array.from({ length: random(12) }, () => pieces[random(pieces.length)]).join("");
    for (let round = 0; round < 5_000; round++) {
      const before = textOf();
      const after = textOf();
      expect(applied(before, lineEdits(before, after))).toBe(after);
    }
  });

  it("stay quick when two long texts have nothing in common", () => {
    const before = Array.from({ length: 60_000 }, (_, line) => `old ${line}\n`).join("");
    const after = Array.from({ length: 60_000 }, (_, line) => `new ${line}\n`).join("");
    expect(applied(before, lineEdits(before, after))).toBe(after);
  });
});
