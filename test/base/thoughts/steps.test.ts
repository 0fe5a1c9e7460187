import { describe, expect, it } from "vitest";
import { gistOf, StepFinder } from "../../../src/base/thoughts/steps";

const sentence = (words: string): string => `${words} ${"It says so in many words. ".repeat(5)}`;
const thought = [
  sentence("Okay, so the loop toggles every bit of `n` below its lowest one."),
  sentence("For 6 it gives 3."),
  sentence("Wait, that never reaches zero."),
  "```python\nWait = 1\n\nBut = 2\n```",
  sentence("So the fix is `n &= n - 1`."),
].join("\n\n");

function stepsOf(text: string, pieceLength: number): string[] {
  const finder = new StepFinder();
  const begun = [0];
  for (let at = 0; at < text.length; at += pieceLength)
    begun.push(...finder.push(text.slice(at, at + pieceLength)));
  return begun.map((from, index) => text.slice(from, begun[index + 1]));
}

describe("the steps of a thought", () => {
  it.each([1, 7, 10_000])("begin where it turns, in pieces of %s characters", (length) => {
    const steps = stepsOf(thought, length);
    expect(steps.map((step) => step.slice(0, 12))).toEqual([
      "Okay, so the",
      "Wait, that n",
      "So the fix i",
    ]);
    expect(steps.join("")).toBe(thought);
  });

  it("are one where nothing turns, and where each would be a few words", () => {
    expect(stepsOf("It adds.\n\nWait, no.\n\nSo it does.\n", 3)).toHaveLength(1);
    expect(stepsOf(sentence("It adds."), 5)).toHaveLength(1);
  });

  it("end with a long paragraph, whatever comes next", () => {
    const long = "The list is sorted before. ".repeat(30);
    expect(stepsOf(`${long}\n\nThe end of it is read first by the caller.\n`, 9)).toHaveLength(2);
  });

  it.each([
    ["Okay, so the loop toggles `n`. Then more.", "The loop toggles `n`"],
    ["Hmm. Wait, no. The list is empty here!", "The list is empty here!"],
    ["## Plan\n\nRead it first.", "Plan"],
    ["**Why it never ends**\nBecause.", "Why it never ends"],
    ["Attends, donc la boucle ne finit jamais.", "La boucle ne finit jamais"],
    ["```python\nx = 1\n```\n", "X = 1"],
    ["", ""],
  ])("%j is told as %j", (text, gist) => {
    expect(gistOf(text)).toBe(gist);
  });

  it("a gist is one line, and closes the code that it cuts", () => {
    const gist = gistOf(`The value is \`${"a + b ".repeat(20)}\` here.`);
    expect(gist.length).toBeLessThanOrEqual(74);
    expect(gist.endsWith("`…")).toBe(true);
  });
});
