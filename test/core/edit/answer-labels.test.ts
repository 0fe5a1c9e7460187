import { describe, expect, it } from "vitest";
import { edits, file, halves, outcome, pieces } from "./support/read";

const shapes = file(
  "shapes.py",
  "python",
  "def area(w, h):\n    # both sides\n    return w + h\n\n\ndef perimeter(w, h):\n    return 2 * (w + h)\n",
);
const old = "    # both sides\n    return w + h";
const fresh = "    # both sides\n    return w * h";
const mended = shapes.text.replace("return w + h", "return w * h");

describe("an old and a new text below labels are an edit", () => {
  it.each([
    ["comments in one fence", `\`\`\`python\n# Before\n${old}\n\n# After\n${fresh}\n\`\`\`\n`],
    ["comments with signs", `\`\`\`python\n# ❌ Wrong:\n${old}\n# ✅ Right:\n${fresh}\n\`\`\`\n`],
    [
      "comments with more words",
      `\`\`\`\n# Old code\n${old}\n# New code (fixed)\n${fresh}\n\`\`\`\n`,
    ],
    ["labels in one fence", `\`\`\`\nSEARCH:\n${old}\nREPLACE:\n${fresh}\n\`\`\`\n`],
    ["labels without a fence", `SEARCH:\n${old}\nREPLACE:\n${fresh}\n`],
    [
      "bold labels, with words behind",
      `**Old:**\n\n${old}\n\n**New:**\n\n${fresh}\n\nBoth are multiplied.\n`,
    ],
  ])("%s", async (_, answer) => {
    expect(halves(shapes, answer)).toEqual([[old, fresh, 1]]);
    expect(await outcome(shapes, answer)).toBe(mended);
  });

  it("for the file that stands above them", () => {
    const answer = `shapes.py\nSEARCH:\n${old}\nREPLACE:\n${fresh}\n`;
    expect(edits(shapes, answer)).toMatchObject([{ kind: "replace", path: "shapes.py" }]);
  });

  it("one after the other", () => {
    const second = "SEARCH:\n    return 2 * (w + h)\nREPLACE:\n    return 2 * w + 2 * h\n";
    const answer = `SEARCH:\n${old}\nREPLACE:\n${fresh}\n\n${second}`;
    expect(halves(shapes, answer)).toEqual([
      [old, fresh, 1],
      ["    return 2 * (w + h)", "    return 2 * w + 2 * h", 1],
    ]);
  });

  it("cut off where the answer is", () => {
    const answer = `SEARCH:\n${old}\nREPLACE:\n    # both si`;
    expect(pieces(shapes, answer, true)).toEqual(["broken: truncated"]);
  });
});

describe("labels are none", () => {
  it("above fences, whose code they are about", () => {
    const answer = `Before:\n\`\`\`python\n${old}\n\`\`\`\nAfter:\n\`\`\`python\n${fresh}\n\`\`\`\n`;
    expect(pieces(shapes, answer)).toEqual([old, fresh]);
  });

  it("above other text than the file's", () => {
    expect(pieces(shapes, "Before:\nit added them\nAfter:\nit multiplies them\n")).toEqual([]);
    const code = "# Before\nprint(1)\n# After\nprint(2)";
    expect(pieces(shapes, `\`\`\`python\n${code}\n\`\`\`\n`)).toEqual([code]);
  });

  it("where the file has them itself", () => {
    const own = file("n.py", "python", "# before\na = 1\n# after\nb = 2\n");
    const code = "# before\na = 1\n# after\nb = 3";
    expect(pieces(own, `\`\`\`python\n${code}\n\`\`\`\n`)).toEqual([code]);
  });
});

describe("a diff without a fence is an edit", () => {
  it.each([
    ["from the head of its hunk on", `@@ -1,3 +1,3 @@\n def area(w, h):\n     # both sides\n`],
    ["without any head, from a line of the file on", " def area(w, h):\n     # both sides\n"],
    ["without lines around", ""],
  ])("%s", async (_, head) => {
    const answer = `Apply this:\n\n${head}-    return w + h\n+    return w * h\n\nThat is all.\n`;
    expect(pieces(shapes, answer)).toEqual(["replace: unifiedDiff"]);
    expect(await outcome(shapes, answer)).toBe(mended);
  });

  it("but a list of points is none", () => {
    expect(pieces(shapes, "- return w + h\n- the area is wrong\n")).toEqual([]);
  });
});
