import { describe, expect, it } from "vitest";
import type { AnswerEdit } from "../../../src/core/edit/answer/answer-edit";
import { AnswerParser, parseAnswer } from "../../../src/core/edit/answer/answer-parser";
import { garbage } from "./support/garbage";
import { block, samples } from "./support/samples";
import { seeded } from "./support/seeded";

/** Feeds an answer in pieces and gives all that came out, in its order. */
function inPieces(_answer: string, pieces: Iterable<string>): AnswerEdit[] {
  const parser = new AnswerParser();
  const edits: AnswerEdit[] = [];
  for (const piece of pieces) edits.push(...parser.push(piece));
  return [...edits, ...parser.end(false)];
}

describe("an answer that streams in", () => {
  it("gives the same edits character by character as at once", () => {
    const random = seeded(5);
    for (let round = 0; round < 400; round++) {
      const answer = garbage(random, 60);
      expect(inPieces(answer, answer)).toEqual(parseAnswer(answer, false));
    }
  });

  it("gives the same edits in pieces of any length", () => {
    const random = seeded(6);
    for (let round = 0; round < 200; round++) {
      const answer = garbage(random, 60);
      const pieces: string[] = [];
      for (let at = 0; at < answer.length; ) {
        const length = 1 + random.below(30);
        pieces.push(answer.slice(at, at + length));
        at += length;
      }
      expect(inPieces(answer, pieces)).toEqual(parseAnswer(answer, false));
    }
  });

  it("hands a block out with the line that closes it", () => {
    const parser = new AnswerParser();
    const [one] = samples;
    const text = block(one?.search ?? [], one?.replace ?? []);
    const body = text.slice(0, text.lastIndexOf(">>>>>>>"));
    expect(parser.push(`Here it comes.\n\n${body}`)).toEqual([]);
    expect(parser.push(">>>>>>> REPLACE")).toEqual([]);
    expect(parser.push("\nAnd now the next:\n")).toHaveLength(1);
    expect(parser.push("```diff\n-a\n+b\n")).toEqual([]);
    expect(parser.push("```\n")).toHaveLength(1);
    expect(parser.push('{"old_string": "a",\n "new_string": "b"}\n')).toHaveLength(1);
    expect(parser.end(false)).toEqual([]);
  });

  it("of a hundred thousand lines is read once, whatever stands in it", () => {
    const hard = [
      "<<<<<<< SEARCH\n",
      "```\n",
      "{\n",
      "<replace>\n",
      "--- a\n+++ b\n",
      "*** Begin Patch\n",
      "=======\n",
      '{ "a": [\n',
    ];
    for (const line of hard)
      expect(Array.isArray(parseAnswer(line.repeat(20_000), false))).toBe(true);
    expect(Array.isArray(parseAnswer("x".repeat(2_000_000), false))).toBe(true);
    for (const sign of ["`", "<", "{", " ", "<replace", "*"])
      expect(Array.isArray(parseAnswer(sign.repeat(300_000), false))).toBe(true);
  });
});
