import { describe, expect, it } from "vitest";
import { type Block, BlockSplitter } from "../../../src/webview/markdown/split-blocks";

/** All blocks, the text cut into pieces of the given sizes, over and over. */
function split(text: string, ...sizes: readonly number[]): Block[] {
  const splitter = new BlockSplitter();
  const blocks: Block[] = [];
  for (let from = 0, turn = 0; from < text.length; turn++) {
    const size = sizes[turn % sizes.length] ?? text.length;
    blocks.push(...splitter.push(text.slice(from, from + size)));
    from += size;
  }
  return [...blocks, ...splitter.end()];
}

const whole = (text: string): [string, string][] =>
  split(text, text.length).map(({ kind, source }) => [kind, source]);

/** A generator of the same numbers on every run, so that a failure can be looked at again. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 2 ** 32) * below);
  };
}

const ingredients = [
  "A paragraph of words.",
  "\n",
  "\n\n",
  "\n\n\n",
  "```python\n",
  "```",
  "````\n",
  "~~~\n",
  "- item\n",
  "  - nested\n",
  "1. first\n",
  "   ```js\n   x\n   ```\n",
  "- ```\n",
  "    indented code\n",
  "# Heading\n",
  "> quote\n",
  "<<<<<<< SEARCH\n",
  "=======\n",
  ">>>>>>> REPLACE\n",
  "| a | b |\n|---|---|\n",
  "\r\n",
  " ",
  "\t",
  "😀",
  "word ".repeat(2_000),
  "x".repeat(9_000),
  "😀".repeat(4_500),
  "line\n".repeat(1_900),
];

describe("splitting markdown into blocks", () => {
  it("the blocks are the text, character for character, and the same blocks however the text was cut", () => {
    for (let seed = 1; seed <= 150; seed++) {
      const pick = numbers(seed);
      const text = Array.from(
        { length: 1 + pick(25) },
        () => ingredients[pick(ingredients.length)] ?? "",
      ).join("");
      const expected = split(text, text.length);
      expect(expected.map((block) => block.source).join("")).toBe(text);
      for (const sizes of [[1 + pick(5)], [1 + pick(40), 1 + pick(400)], [1 + pick(9_000)]]) {
        expect(split(text, ...sizes), `seed ${seed}, pieces of ${sizes}`).toEqual(expected);
      }
    }
  });

  it("a paragraph is final at the blank line behind it, and what follows is not yet", () => {
    const splitter = new BlockSplitter();
    expect(splitter.push("One.\nStill one.\n")).toEqual([]);
    expect(splitter.push("\nTwo")).toEqual([{ kind: "text", source: "One.\nStill one.\n\n" }]);
    expect(splitter.rest).toEqual({ kind: "text", source: "Two" });
  });

  it("a code block is one block with its blank lines, final at its closing marks", () => {
    expect(whole("Look:\n```py\na\n\nb\n```\nAfter")).toEqual([
      ["text", "Look:\n"],
      ["fence", "```py\na\n\nb\n```\n"],
      ["text", "After"],
    ]);
  });

  it("shorter marks inside a longer fence do not close it", () => {
    expect(whole("````\n```\ninner\n```\n````\n")).toEqual([
      ["fence", "````\n```\ninner\n```\n````\n"],
    ]);
  });

  it("a list stays together over blank lines, code inside it, and paragraphs of its items", () => {
    const list = "1. One\n\n   More of one.\n\n   ```js\n   a\n\n   b\n   ```\n\n2. Two\n\n";
    expect(whole(`${list}Behind.`)).toEqual([
      ["list", list],
      ["text", "Behind."],
    ]);
  });

  it("a fence right behind a list item's marker belongs to the item", () => {
    expect(whole("- ```\n  a\n  ```\n- b\n\nEnd")).toEqual([
      ["list", "- ```\n  a\n  ```\n- b\n\n"],
      ["text", "End"],
    ]);
  });

  it("an edit outside of a code block is a block of its own, not a heading", () => {
    const edit = "<<<<<<< SEARCH\na\n\n=======\nb\n>>>>>>> REPLACE\n";
    expect(whole(`file.py\n${edit}Done.`)).toEqual([
      ["text", "file.py\n"],
      ["edit", edit],
      ["text", "Done."],
    ]);
  });

  it("the unfinished rest stays short, however long a paragraph, a list or a single line gets", () => {
    for (const piece of ["word ", "- item\n", "line\n", "x"]) {
      const splitter = new BlockSplitter();
      let longest = 0;
      for (let count = 0; count < 20_000; count++) {
        splitter.push(piece);
        longest = Math.max(longest, splitter.rest.source.length);
      }
      expect(longest).toBeLessThan(8_100);
    }
  });

  it("an endless line is never cut inside a character", () => {
    const blocks = split(`x${"😀".repeat(9_000)}`, 7);
    expect(blocks.length).toBeGreaterThan(1);
    // Half a pair of code units cannot be encoded.
    for (const block of blocks) expect(() => encodeURIComponent(block.source)).not.toThrow();
  });
});
