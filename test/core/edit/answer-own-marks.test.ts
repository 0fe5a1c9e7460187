import { describe, expect, it } from "vitest";
import { file, halves, outcome, pieces } from "./support/read";
import { block } from "./support/samples";

const engine = file(
  "engine.test.ts",
  "typescript",
  `test("reads a block", () => {
  const text = \`
<<<<<<< SEARCH
a
=======
b
>>>>>>> REPLACE
\`;
  expect(read(text)).toBe(1);
});
const patch = \`
*** Begin Patch
*** Update File: a.ts
@@
-a
+b
*** End Patch
\`;
`,
);
const conflict = `<<<<<<< HEAD
    return 1
=======
    return 2
>>>>>>> feature`;
const merged = file("m.py", "python", `def f():\n${conflict}\n\n\ndef g():\n    return 3\n`);
const page = file(
  "a.rst",
  "restructuredtext",
  "Title\n=======\n\nText here.\n\nOther\n-------\n\nMore.\n",
);

describe("marks of edits in the file's own text", () => {
  it("are text in a fence with the whole file", () => {
    const whole = engine.text.replace("toBe(1)", "toBe(2)").trimEnd();
    expect(pieces(engine, `\`\`\`ts\n${whole}\n\`\`\`\n`)).toEqual([whole]);
  });

  it("are text in both halves of a block", () => {
    const old = engine.text.split("\n").slice(1, 8).join("\n");
    const fresh = old.replace("\nb\n", "\nc\n");
    expect(halves(engine, block(old, fresh))).toEqual([[old, fresh, 1]]);
  });

  it("are marks around other text, in a fence and out of it", () => {
    const edit = block("  expect(read(text)).toBe(1);", "  expect(read(text)).toBe(2);");
    const wanted = ["  expect(read(text)).toBe(1);", "  expect(read(text)).toBe(2);", 1];
    expect(halves(engine, edit)).toEqual([wanted]);
    expect(halves(engine, `\`\`\`\n${edit}\`\`\`\n`)).toEqual([wanted]);
    const other = block('test("reads a block", () => {', 'test("reads one", () => {');
    expect(halves(engine, `${edit}\n${other}`)).toHaveLength(2);
  });

  it("end a block whose new text ends as the file's does there, when no other end comes", () => {
    const wanted = ["a", "x\nb", 1];
    expect(halves(engine, block("a", "x\nb"))).toEqual([wanted]);
    expect(halves(engine, `${block("a", "x\nb")}\n${block("b", "c")}`)).toEqual([
      wanted,
      ["b", "c", 1],
    ]);
  });

  it("of a patch are text in a fence, and marks where a patch begins", () => {
    const part = engine.text.split("\n").slice(10, 18).join("\n").replace("+b", "+c");
    expect(pieces(engine, `\`\`\`ts\n${part}\n\`\`\`\n`)).toEqual([part]);
    const patch =
      "*** Begin Patch\n*** Update File: engine.test.ts\n@@\n-  a\n+  b\n*** End Patch\n";
    expect(pieces(engine, patch)).toEqual(["replace: patch"]);
  });

  it("of a list with signs are text, and a diff of such a list is a diff", () => {
    const log = file("LOG.txt", "plaintext", "# Log\n\n- one\n+ two\n- three\n");
    const list = "- one\n+ two\n- four";
    expect(pieces(log, `\`\`\`\n${list}\n\`\`\`\n`)).toEqual([list]);
    expect(pieces(log, "```diff\n-- three\n+- four\n```\n")).toEqual(["replace: unifiedDiff"]);
  });
});

describe("a conflict in the file", () => {
  it.each([
    ["in a fence", `\`\`\`\n${conflict}\n\`\`\`\n`, [conflict]],
    ["in the prose", `${conflict}\n`, []],
  ])("that is quoted %s is no edit", (_, quoted, wanted) => {
    const resolved = "def f():\n    return 2";
    const answer = `The conflict is:\n\n${quoted}\nKeep it:\n\n\`\`\`python\n${resolved}\n\`\`\`\n`;
    expect(pieces(merged, answer)).toEqual([...wanted, resolved]);
  });

  it("is resolved by a block that quotes it, whole or its end alone", async () => {
    const solved = merged.text.replace(conflict, "    return 2");
    expect(await outcome(merged, block(conflict, "    return 2"))).toBe(solved);
    const end = "    return 2\n>>>>>>> feature";
    expect(halves(merged, block(end, "    return 2"))).toEqual([[end, "    return 2", 1]]);
  });

  it("does not hide an edit of other lines, nor one in a conflict's form", () => {
    const wanted = [["    return 3", "    return 4", 1]];
    expect(halves(merged, `\`\`\`\n${block("    return 3", "    return 4")}\`\`\`\n`)).toEqual(
      wanted,
    );
    const form = "<<<<<<< HEAD\n    return 3\n=======\n    return 4\n>>>>>>> fix\n";
    expect(halves(merged, form)).toEqual(wanted);
  });
});

describe("a line like a divider", () => {
  const text = `def f(x):
    """Do it.

    Notes
    =======

    Nothing.
    """
    return compute(x)
`;
  const documented = file("f.py", "python", text);

  it("below a heading of a docstring is text in both halves of a block", async () => {
    const lines = ["    Notes", "    =======", "    Nothing.", '    """', "    return compute(x)"];
    const fresh = lines.with(4, "    return compute(x, 1)");
    const answer = `f.py\n${block(lines, fresh)}`;
    expect(halves(documented, answer)).toEqual([[lines.join("\n"), fresh.join("\n"), 1]]);
    expect(await outcome(documented, answer)).toBe(text.replace("compute(x)", "compute(x, 1)"));
  });

  it.each([
    ["a title with its line", "Title\n=======", "New\n==="],
    ["the lines below too", "Title\n=======\n\nText here.", "Title\n=======\n\nText there."],
  ])("in a text that underlines its titles is text, when a block quotes %s", (_, old, fresh) => {
    const [first] = halves(page, block(old, fresh));
    expect(first?.slice(0, 2)).toEqual([old, fresh]);
  });

  it("divides a block that quotes the title alone", () => {
    expect(halves(page, block("Title", "New"))).toEqual([["Title", "New", 1]]);
  });

  it("of dashes is text too, below a title of the file", () => {
    const answer =
      "<<<<<<< SEARCH\nOther\n-------\n\nMore.\n-------\nOther\n-------\n\nLess.\n>>>>>>> REPLACE\n";
    const wanted = ["Other\n-------\n\nMore.", "Other\n-------\n\nLess.", 1];
    expect(halves(page, answer)).toEqual([wanted]);
  });
});
