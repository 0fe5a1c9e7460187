import { describe, expect, it } from "vitest";
import { changedSpan } from "../../../src/base/text/changed-span";

describe("The changed span of two texts", () => {
  const long = "0123456789".repeat(2_000);
  it.each([
    ["equal texts", "abc", "abc", { start: 3, beforeEnd: 3, afterEnd: 3 }],
    ["an insertion", "abc", "abXc", { start: 2, beforeEnd: 2, afterEnd: 3 }],
    ["a deletion of what comes twice", "aaaa", "aaa", { start: 3, beforeEnd: 4, afterEnd: 3 }],
    ["nothing and something", "", "ab", { start: 0, beforeEnd: 0, afterEnd: 2 }],
    ["a CR before its LF", "a\r", "a\r\n", { start: 1, beforeEnd: 2, afterEnd: 3 }],
    ["halves of surrogate pairs", "a😀b", "a😁b", { start: 1, beforeEnd: 3, afterEnd: 3 }],
    [
      "pairs with the same second half",
      "a\u{10000}b",
      "a\u{10400}b",
      { start: 1, beforeEnd: 3, afterEnd: 3 },
    ],
    [
      "one letter in a long text",
      `${long}a${long}`,
      `${long}b${long}`,
      { start: 20_000, beforeEnd: 20_001, afterEnd: 20_001 },
    ],
    [
      "a long text that is doubled",
      long,
      long + long,
      { start: 20_000, beforeEnd: 20_000, afterEnd: 40_000 },
    ],
  ])("is found for %s", (_, before, after, span) => {
    expect(changedSpan(before, after)).toEqual(span);
  });
});
