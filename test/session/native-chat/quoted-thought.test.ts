import { describe, expect, it } from "vitest";
import {
  QuotedThought,
  withoutQuotedThought,
} from "../../../src/session/native-chat/quoted-thought";

describe("a thought in a chat that has no place for thoughts", () => {
  const told = (...pieces: readonly ["thought" | "answer", string][]): string => {
    const quoted = new QuotedThought();
    return pieces.map(([kind, text]) => quoted[kind](text)).join("");
  };
  const cases: [string, string, string][] = [
    ["in pieces", "Two and two.\n\nWait, ", "It is **four**."],
    ["with a fence that is never closed", "Try:\n```py\nn ^= 1\n", "It is **four**."],
    ["whose answer is a quotation", "Hm.", "> As the book says: **four**"],
  ];

  it.each(cases)("is a quotation before the answer: %s", (_what, thought, answer) => {
    const all = told(["thought", thought], ["thought", "is it so?"], ["answer", answer]);
    expect(all.startsWith("> **Thought**\n")).toBe(true);
    const [quote = "", rest = ""] = all.split("\n\n---\n\n");
    for (const line of quote.split("\n")) expect(line.startsWith(">")).toBe(true);
    expect(quote).toContain("is it so?");
    expect(rest).toBe(answer);
    expect(withoutQuotedThought(all)).toBe(answer);
  });

  it("leaves an answer without one as it is", () => {
    expect(told(["answer", "It is"], ["answer", " four."])).toBe("It is four.");
    expect(withoutQuotedThought("> **A quotation**\n\nfour")).toBe("> **A quotation**\n\nfour");
  });

  it("that came again behind a part of the answer is quoted again", () => {
    const all = told(["thought", "One."], ["answer", "A"], ["thought", "Two."], ["answer", "B"]);
    expect(all).toContain("A\n\n> **Thought**\n");
  });
});
