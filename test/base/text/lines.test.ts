import { describe, expect, it } from "vitest";
import { Changes } from "../../../src/base/text/changes";
import {
  firstLine,
  Lines,
  linesOf,
  wholeLines,
  withLineFeeds,
  withoutEnd,
} from "../../../src/base/text/lines";
import { type Seeded, seeded } from "../../core/edit/support/seeded";

function someText(random: Seeded): string {
  const pieces = ["a", "bc", " ", "\n", "\r\n", "\r", "\n\n", "\uFEFF", "é"];
  return Array.from({ length: random.below(14) }, () => random.pick(pieces)).join("");
}

describe("the lines of a text", () => {
  it("are the text again, byte for byte", () => {
    const random = seeded(1);
    for (let round = 0; round < 1_000; round++) {
      const text = someText(random);
      const lines = Lines.of(text);
      expect(lines.text).toBe(text);
      expect(wholeLines(text).join("")).toBe(text);
      const bare = wholeLines(text.slice(lines.bom.length)).map(withoutEnd);
      expect(lines.bare).toEqual(bare);
      expect(lines.bare.join("")).not.toMatch(/[\r\n]/);
      for (let at = 0; at < lines.count - 1; at++) expect(lines.end(at)).not.toBe("");
    }
  });

  it("end at a line feed, a pair, or a lone carriage return", () => {
    const lines = Lines.of("\uFEFFa\nb\r\nc\rd");
    expect(lines.bom).toBe("\uFEFF");
    expect(lines.bare).toEqual(["a", "b", "c", "d"]);
    expect([0, 1, 2, 3].map((at) => lines.end(at))).toEqual(["\n", "\r\n", "\r", ""]);
    expect(lines.last).toBe("d");
  });

  it("are nothing, and no error, outside of it", () => {
    const lines = Lines.of("a\nb\n");
    expect(lines.count).toBe(2);
    expect([lines.at(-1), lines.at(2), lines.end(-1), lines.end(2)]).toEqual(["", "", "", ""]);
    expect([lines.slice(-5, 1), lines.slice(1), lines.slice(1, 9), lines.slice(-3, -1)]).toEqual([
      ["a"],
      ["b"],
      ["b"],
      [],
    ]);
    expect(Lines.of("").last).toBe("");
  });

  it("of an answer end with line feeds", () => {
    expect(Lines.from(["a", ""]).text).toBe("a\n\n");
    expect(Lines.from([]).text).toBe("");
  });
});

describe("a changed text", () => {
  const changed = (text: string, ...replacements: [number, number, ...string[]][]) => {
    const lines = Lines.of(text);
    const list = replacements.map(([start, end, ...fresh]) => ({ start, end, lines: fresh }));
    return lines.with(Changes.of(lines.count, list)).text;
  };

  it("keeps the bytes of lines that no change touches", () => {
    const random = seeded(2);
    for (let round = 0; round < 1_000; round++) {
      const text = someText(random);
      const lines = Lines.of(text);
      const at = random.below(lines.count + 1);
      const whole = wholeLines(text);
      const result = changed(text, [at, at, "new"]);
      expect(
        result.startsWith(
          whole
            .slice(0, at)
            .join("")
            .replace(/[\r\n]+$/, ""),
        ),
      ).toBe(true);
      expect(result.endsWith(whole.slice(Math.max(1, at)).join(""))).toBe(true);
      expect(Lines.of(result).bom).toBe(lines.bom);
    }
    expect(Lines.of("a").with(Changes.none(1)).text).toBe("a");
  });

  it("has the line ends of the lines that the new ones stand for", () => {
    expect(changed("a\r\nb\nc\n", [0, 1, "x", "y"])).toBe("x\r\ny\r\nb\nc\n");
    expect(changed("a\r\nb\nc\n", [0, 2, "x", "y"])).toBe("x\r\ny\nc\n");
    expect(changed("a\rb\r", [1, 1, "x"])).toBe("a\rx\rb\r");
  });

  it("has the usual line end where there is no line to stand for", () => {
    expect(changed("a\r\nb\r\nc\n", [3, 3, "x"])).toBe("a\r\nb\r\nc\nx\r\n");
    expect(changed("", [0, 0, "x", "y"])).toBe("x\ny\n");
  });

  it("ends as it did before", () => {
    expect(changed("a\nb", [2, 2, "x"])).toBe("a\nb\nx");
    expect(changed("a\nb", [1, 2, "x", "y"])).toBe("a\nx\ny");
    expect(changed("a\r\nb", [1, 2])).toBe("a");
    expect(changed("a\nb\r\n", [1, 2])).toBe("a\n");
    expect(changed("\uFEFFa", [0, 1, "x"])).toBe("\uFEFFx");
  });
});

it("line ends become line feeds", () => {
  expect(withLineFeeds("a\r\nb\rc\n\r")).toBe("a\nb\nc\n\n");
});

it.each([
  ["a\nb\r\nc\rd", ["a", "b", "c", "d"], "a"],
  ["a\r\n", ["a", ""], "a"],
  ["", [""], ""],
  ["\nb", ["", "b"], ""],
])("the lines of %j are counted as an editor does", (text, lines, first) => {
  expect(linesOf(text)).toEqual(lines);
  expect(firstLine(text)).toBe(first);
});
