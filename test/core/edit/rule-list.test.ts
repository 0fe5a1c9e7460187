import { afterEach, describe, expect, it, vi } from "vitest";
import { leaveOutAsAsked } from "../../../bench/edits/left-out";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { leaveOut } from "../../../src/core/edit/rule-list";
import { block } from "./support/samples";

const text = "def one(a):\n    b = a + 1\n    return b\n\n\ndef two(a):\n    return a\n";
const file = { path: "a.py", languageId: "python", text };
const code = "```python\ndef two(a):\n    return a + 2\n```\n";

async function said(answer: string): Promise<string> {
  const plan = await planEdits({ answer, truncated: false, files: [file] });
  const [one] = plan.kind === "plan" ? plan.files : [];
  return one ? one.by.join() : plan.kind === "refusal" ? plan.message : plan.kind;
}

afterEach(() => {
  leaveOut();
  vi.unstubAllEnvs();
});

describe("A rule that a bench leaves out decides nothing,", () => {
  it.each([
    ["a way to place code", "placeStretch", code, "placeStretch", "placeDeclarations"],
    [
      "a way to find a quotation",
      "placeQuoted",
      block("    return a\n", "    return a + 2\n"),
      "placeQuoted",
      "placeRestyled",
    ],
    [
      "a law of the judge",
      "ifDotsAreLeft",
      "```python\ndef one(a):\n    while (...):\n        b = a + 1\n    return b\n```\n",
      expect.stringContaining("..."),
      "placeStretch",
    ],
    [
      "a dialect",
      "blocks",
      block("    return a\n", "    return a + 2\n"),
      "placeQuoted",
      "An edit has no opening mark.",
    ],
    [
      "a repair of a quotation",
      "quotedText",
      block(">     b = a + 1\n>     return b\n", ">     b = a + 2\n>     return b\n"),
      "placeQuoted",
      expect.stringContaining("not in the file"),
    ],
    [
      "a repair of code",
      "withoutNumbers",
      "```python\n6 | def two(a):\n7 |     return a + 2\n```\n",
      "placeStretch",
      expect.not.stringContaining("place"),
    ],
  ])("such as %s", async (_, rule, answer, before, after) => {
    expect(await said(answer)).toEqual(before);
    leaveOut(rule);
    expect(await said(answer)).toEqual(after);
  });

  it("and a name that no rule has is refused with the names that there are", () => {
    vi.stubEnv("EDIT_WITHOUT", "placeNothing");
    expect(() => leaveOutAsAsked()).toThrow(/no rule "placeNothing".*placeStretch/);
  });
});
