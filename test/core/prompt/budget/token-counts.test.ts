import { describe, expect, it } from "vitest";
import {
  type TokenCount,
  tokenCounter,
  withCount,
} from "../../../../src/core/prompt/budget/token-counts";
import { estimateTokens } from "../../../../src/core/prompt/budget/token-estimate";

const text = "def add(a, b):\n    return a + b\n".repeat(40);
const counted = (factor: number, estimated = 1_000, kind?: string): TokenCount => ({
  estimated,
  counted: estimated * factor,
  ...(kind === undefined ? {} : { kind }),
});

describe("how many tokens a text takes", () => {
  it("is the estimate as long as no server has counted", () => {
    expect(tokenCounter([])(text)).toBe(estimateTokens(text));
  });

  it("follows what the model's server counted of late, where that was most", () => {
    const counts = [counted(0.9), counted(1.2), counted(1.1)].reduce(withCount, []);
    expect(tokenCounter(counts)(text)).toBe(Math.ceil(estimateTokens(text) * 1.2));
    const later = Array.from({ length: 8 }, () => counted(0.9)).reduce(withCount, counts);
    expect(tokenCounter(later)(text)).toBe(Math.ceil(estimateTokens(text) * 0.9));
  });

  it("is told from prompts about the same kind of text, where there were some", () => {
    const counts = [
      ...Array.from({ length: 9 }, () => counted(1.7, 1_000, "json")),
      counted(1.1, 1_000, "python"),
      ...Array.from({ length: 9 }, () => counted(1.6, 1_000, "json")),
    ].reduce(withCount, []);
    const tokens = (kind: string): number => tokenCounter(counts, kind)(text);
    expect(tokens("python")).toBe(Math.ceil(estimateTokens(text) * 1.1));
    expect(tokens("json")).toBe(Math.ceil(estimateTokens(text) * 1.6));
    // Of what nobody counted the most is taken.
    expect(tokens("go")).toBe(tokens("json"));
  });

  it.each([
    ["of a short prompt, where the template weighs too much", counted(1.5, 199)],
    ["of more than any text takes", counted(1.81)],
    ["that is no number", counted(Number.NaN)],
  ])("does not follow a count %s", (_which, count) => {
    expect(withCount([], count)).toEqual([]);
  });
});
