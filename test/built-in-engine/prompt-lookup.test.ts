import { describe, expect, it } from "vitest";
import { CopyCounts, PromptLookup } from "../../src/built-in-engine/writing/prompt-lookup";

const tokens = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const text = (of: readonly number[]): string => String.fromCharCode(...of);

function lookupAfter(prompt: string, written: string): PromptLookup {
  const lookup = new PromptLookup(tokens(prompt), new CopyCounts());
  for (const token of tokens(written)) lookup.push(token);
  return lookup;
}

describe("what a text is likely to go on with", () => {
  it.each([
    ["what stands behind the same words further up", "abcdefgh", "xabc", "defghxabc"],
    ["nothing where the last words are new", "abcdefgh", "xyz", ""],
    ["nothing after fewer than three equal tokens", "abcdefgh", "xbc", ""],
    ["the newest of two places", "abc1 abc2 ", "abc", "2 abc"],
    ["the copy again, after a word in it was changed", "abcdefgh", "abcXefg", "habcXefg"],
    ["what was written itself", "", "abcdefgh abc", "defgh abc"],
  ])("is %s", (_what, prompt, written, next) => {
    expect(text(lookupAfter(prompt, written).draft(10).tokens)).toBe(next);
  });

  it("is as long as is wanted", () => {
    expect(lookupAfter("abcdefgh", "abc").draft(2).tokens).toHaveLength(2);
  });

  it("is the likelier the longer the copies before it went on", () => {
    const chance = (lookup: PromptLookup) => lookup.draft(1).chances[0] ?? 0;
    const prompt = "abcdefghijklmnopqrstuvwxyz".repeat(2);
    expect(chance(lookupAfter(prompt, "!abc"))).toBe(0.5);
    // Each copy ended at once.
    expect(chance(lookupAfter(prompt, "abc!klm!qrs!bcd!efg"))).toBeCloseTo(0.2);
    expect(chance(lookupAfter(prompt, "abcd!klmn!qrst!defg!hijk!efg"))).toBeGreaterThan(0.8);
  });

  it("is less likely with each token", () => {
    const { chances } = lookupAfter("abcdefgh", "abc").draft(4);
    expect([...chances]).toEqual([...chances].sort((a, b) => b - a));
    expect(chances[3]).toBeCloseTo(0.5 * 0.9 ** 3);
  });
});
