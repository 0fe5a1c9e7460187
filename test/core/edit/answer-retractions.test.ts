import { describe, expect, it } from "vitest";
import { edits, file, outcome } from "./support/read";
import { block } from "./support/samples";

const shapes = file(
  "shapes.py",
  "python",
  "def area(w, h):\n    return w + h\n\n\ndef perimeter(w, h):\n    return 2 * (w + h)\n",
);
const mended = shapes.text.replace("return w + h", "return w * h");
const fenced = (code: string): string => `\`\`\`python\n${code}\n\`\`\`\n`;
const first = "def area(w, h):\n    return w - h";
const second = "def area(w, h):\n    return w * h";

describe("a piece that the answer takes back", () => {
  it.each([
    "Wait, that is wrong. It must be:",
    "Hmm, wait. Both are multiplied.",
    "Actually, this would subtract.",
    "Correction:",
    "On second thought, we want the product.",
    "Oops, the sign is not right.",
    "The code above is incorrect.",
    "Sorry, I mixed up the operators. Here is the right one:",
    "Please ignore the above.",
    "No, that's not right:",
  ])("gives way to the next, in words such as: %s", async (words) => {
    expect(await outcome(shapes, `${fenced(first)}${words}\n${fenced(second)}`)).toBe(mended);
  });

  it("may be a block", async () => {
    const old = "    return w + h";
    const answer = `${block(old, "    return w - h")}\nWait, that is wrong:\n\n${block(old, "    return w * h")}`;
    expect(await outcome(shapes, answer)).toBe(mended);
  });

  it("is no other part of the file", async () => {
    const other = "def perimeter(w, h):\n    return 2 * w + 2 * h";
    const answer = `${fenced(second)}Wait, the perimeter is wrong too:\n${fenced(other)}`;
    const wanted = mended.replace("return 2 * (w + h)", "return 2 * w + 2 * h");
    expect(await outcome(shapes, answer)).toBe(wanted);
  });

  it("is no quotation of the file that the answer calls wrong", async () => {
    const answer = `Here:\n${fenced("    return w + h")}This is wrong. It must be:\n${fenced("    return w * h")}`;
    expect(await outcome(shapes, answer)).toBe(mended);
  });

  it.each([
    "Wait for both before you call it:",
    "Here is what it actually does:",
    "That is all. The second function:",
    "And the rest:",
  ])("is not meant by: %s", (words) => {
    const found = edits(shapes, `${fenced(first)}${words}\n${fenced(second)}`);
    expect(found.map((edit) => edit.kind === "code" && edit.retracts)).toEqual([
      undefined,
      undefined,
    ]);
  });
});
