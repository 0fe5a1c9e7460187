import { describe, expect, it } from "vitest";
import { CopyMemory, PromptLookup } from "../../src/built-in-engine/writing/prompt-lookup";

const tokens = (text: string): number[] => [...text].map((letter) => letter.charCodeAt(0));
const text = (of: readonly number[]): string => String.fromCharCode(...of);

function lookupAfter(prompt: string, written: string): PromptLookup {
  const lookup = new PromptLookup(tokens(prompt), new CopyMemory());
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

  it("is what was answered before to the same question, from its first word on", () => {
    const copies = new CopyMemory();
    copies.wrote(tokens("What is it? A:"), tokens("It is a bird."));
    copies.wrote(tokens("What is it? A:"), tokens("It is a cat."));
    const lookup = new PromptLookup(tokens("What is that? A"), copies);
    for (const token of tokens(":")) lookup.push(token);
    expect(text(lookup.draft(9).tokens)).toBe("It is a c");
    for (const token of tokens("It is no b")) lookup.push(token);
    expect(lookup.draft(9).tokens).toEqual([]);
    for (const token of tokens("i")) lookup.push(token);
    expect(text(lookup.draft(3).tokens)).toBe("rd.");
  });

  it("is not what was answered long ago", () => {
    const copies = new CopyMemory();
    for (const animal of ["bird", "cat", "dog", "fish", "goat"])
      copies.wrote(tokens("A:"), tokens(animal));
    expect(copies.answers.map(text)).toEqual(["A:cat", "A:dog", "A:fish", "A:goat"]);
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
