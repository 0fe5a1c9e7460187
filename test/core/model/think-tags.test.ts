import { describe, expect, it } from "vitest";
import { type ThinkPiece, ThinkTagSplitter } from "../../../src/core/model/think-tags";
import { recording } from "../../support/recorded-stream";

/** What is shown at the end, when the text comes in pieces of this many characters. */
function split(text: string, pieceCharacters: number, startsInside = false): { thought: string; answer: string } {
  const splitter = new ThinkTagSplitter(startsInside);
  const found: ThinkPiece[] = [];
  for (let at = 0; at < text.length; at += pieceCharacters) found.push(...splitter.push(text.slice(at, at + pieceCharacters)));
  found.push(...splitter.end());
  return fold(found);
}

function fold(found: readonly ThinkPiece[]): { thought: string; answer: string } {
  let thought = "";
  let answer = "";
  for (const piece of found) {
    if (piece.kind === "thought") thought += piece.text;
    else if (piece.kind === "answer") answer += piece.text;
    else {
      thought += answer;
      answer = "";
    }
  }
  return { thought, answer };
}

const cases: [behaviour: string, text: string, thought: string, answer: string][] = [
  ["an answer without tags is the answer, unchanged", "  Hi\n there ", "", "  Hi\n there "],
  ["a block at the start is the thought", "<think>x</think>y", "x", "y"],
  ["white space around the tags belongs to neither", "\n<think>\nx y\n\n</think>\n\ny\n", "x y", "y\n"],
  ["a thought of nothing leaves no trace", "<think>\n\n</think>\n\nHi", "", "Hi"],
  ["two blocks in a row are one thought", "<think>a</think>\n<think>b</think>c", "ab", "c"],
  ["a close without an open makes what came before the thought", "x</think>y", "x", "y"],
  ["a close at the very start is dropped", "</think>\n\ny", "", "y"],
  ["a second close right after the first is dropped", "<think>x</think></think>y", "x", "y"],
  ["a tag in the middle of the answer is text", "Hi <think> there", "", "Hi <think> there"],
  ["tags after the thought are text", "<think>x</think>y <think>z</think>", "x", "y <think>z</think>"],
  ["a thought that never ends stays a thought", "<think>x and", "x and", ""],
  ["what only looks like the beginning of a tag is text", "<thin ice</thin", "", "<thin ice</thin"],
  ["half a tag at the end is text", "a</thi", "", "a</thi"],
  ["a tag in inline code is text", "The `</think>` tag ends it.", "", "The `</think>` tag ends it."],
  ["a tag in a line of a code block is text", '```ts\nconst a = "</think>";\n```\n', "", '```ts\nconst a = "</think>";\n```\n'],
  ["a close on a line of its own ends a thought that left a code block open", "a\n```py\nx = 1\n</think>\n\nb", "a\n```py\nx = 1\n", "b"],
];

describe("telling thought from answer by tags", () => {
  describe.each(cases)("%s", (_behaviour, text, thought, answer) => {
    it.each([1, 2, 3, 5, 7, 1000])("in pieces of %i", (pieceCharacters) => {
      const found = split(text, pieceCharacters);
      expect(found.answer).toBe(answer);
      // The white space before a tag may have gone out before the tag was seen.
      expect(found.thought.trim()).toBe(thought.trim());
    });
  });

  it.each([1, 4, 1000])("goes on inside a thought that the request left open, in pieces of %i", (pieceCharacters) => {
    expect(split(" we go on.\n</think>\n\nDone", pieceCharacters, true)).toEqual({
      thought: expect.stringMatching(/^ we go on\.\s*$/),
      answer: "Done",
    });
  });

  it("gives text out as it comes and holds back only what may be a tag", () => {
    const splitter = new ThinkTagSplitter();
    expect(splitter.push("Hello ")).toEqual([{ kind: "answer", text: "Hello " }]);
    expect(splitter.push("wor</th")).toEqual([{ kind: "answer", text: "wor" }]);
    expect(splitter.push("ere>")).toEqual([{ kind: "answer", text: "</there>" }]);
  });

  it("leaves tags alone once the daemon tells the thinking apart itself", () => {
    const splitter = new ThinkTagSplitter();
    expect(splitter.fieldSeen()).toEqual([]);
    expect(fold(splitter.push("<think>x</think>y"))).toEqual({ thought: "", answer: "<think>x</think>y" });
  });

  it("gives out what it held back when the daemon turns out to tell the thinking apart", () => {
    const splitter = new ThinkTagSplitter();
    splitter.push("<th");
    expect(splitter.fieldSeen()).toEqual([{ kind: "answer", text: "<th" }]);
  });

  it.each([1, 3, 1000])("splits a real model's raw output, in pieces of %i", (pieceCharacters) => {
    const lines = recording("generate-raw-inline-think").response.lines.map((line) => JSON.parse(line.text) as { response?: string });
    const text = lines.map((line) => line.response ?? "").join("");
    const [before = "", ...after] = text.split("</think>");
    const found = split(text, pieceCharacters, true);
    expect(found.thought.trim()).toBe(before.trim());
    expect(found.answer).toBe(after.join("</think>").trimStart());
  });
});
