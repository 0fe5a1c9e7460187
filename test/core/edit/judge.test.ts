import { describe, expect, it } from "vitest";
import { languageFacts } from "../../../src/base/languages/languages";
import { findDeclarations } from "../../../src/core/edit/code/declarations";
import { objectionTo } from "../../../src/core/edit/judge/judge";
import type { JudgedCase } from "../../../src/core/edit/judge/judged-case";

const facts = languageFacts("python");
const file =
  "def one(a):\n    b = read(a)\n    return b\n\n\ndef two(a):\n    return a  +  1\n\n\ndef three():\n    return 3\n";

const nothingSaid = { said: [], parts: [], written: [], quoted: [], toldGone: [] };

function lawBroken(after: string, rest: Partial<JudgedCase> = {}): string | undefined {
  const judgedText = (text: string) => {
    const lines = text.split("\n");
    return { lines, declarations: findDeclarations(lines, facts) };
  };
  const texts = { before: judgedText(file), after: judgedText(after) };
  return objectionTo({
    ...nothingSaid,
    ...texts,
    parts: [rest.said ?? []],
    written: rest.said ?? [],
    facts,
    ...rest,
  })?.law;
}

describe("The judge lets pass", () => {
  it("a text that did not change, whatever the answer says", () => {
    expect(lawBroken(file, { said: ["nothing_of_this()"] })).toBeUndefined();
  });

  it("a change that the answer gives, with all of its lines", () => {
    const after = file.replace("return b", "return b + 1");
    expect(
      lawBroken(after, { said: ["def one(a):", "    b = read(a)", "    return b + 1"] }),
    ).toBeUndefined();
  });

  it.each(["  # as it was", " #as it was"])(
    "a line that keeps the file’s comment behind its code: `%s`",
    (comment) => {
      const after = file.replace("    return b", `    a = b${comment}\n    return a`);
      const said = ["def one(a):", "    b = read(a)", "    a = b", "    return a"];
      expect(lawBroken(after, { said })).toBeUndefined();
    },
  );

  it("a function that the answer quotes as old and does not repeat", () => {
    const after = file.replace("def three():\n    return 3\n", "");
    expect(lawBroken(after, { quoted: ["def three():", "    return 3"] })).toBeUndefined();
  });

  it("a function under another name", () => {
    expect(lawBroken(file.replace("def three", "def four"))).toBeUndefined();
  });
});

describe("The judge objects", () => {
  it("where a line of the answer is not in the outcome", () => {
    const after = file.replace("return b", "return c");
    expect(lawBroken(after, { said: ["    return c", "    check(c)"] })).toBe("said is there");
  });

  it("where a function that the file has comes to stand in a class of which the answer does not speak", () => {
    const said = ["def one(a):", "    return other(a)"];
    const after = `${file}\n\nclass All:\n    def one(a):\n        return other(a)\n`;
    expect(lawBroken(after, { said })).toBe("unsaid is kept");
    const inClass = ["class All:", ...said.map((line) => `    ${line}`)];
    expect(lawBroken(after, { said: inClass })).toBeUndefined();
  });

  it("where a declaration is gone of which the answer does not speak", () => {
    expect(lawBroken(file.replace("def three():\n    return 3\n", ""))).toBe("nothing vanishes");
  });

  it("where a body is empty that was not", () => {
    const after = file.replace("    b = read(a)\n    return b\n", "");
    expect(lawBroken(after)).toBe("nothing vanishes");
  });

  it("where new lines leave the block and the old body stays below them", () => {
    const after = file.replace(
      "    b = read(a)\n",
      "    c = open(a)\n    return c\n    b = read(a)\n",
    );
    expect(lawBroken(after)).toBe("nothing vanishes");
  });

  it("where a head is given no body", () => {
    const after = file.replace("    b = read(a)\n", "    if a:\n    b = read(a)\n");
    expect(lawBroken(after)).toBe("nothing vanishes");
  });

  it("where a constant is gone that is still used", () => {
    const constant = `LIMIT = 3\n\n\n${file}def last():\n    return LIMIT\n`;
    const texts = [constant, constant.replace("LIMIT = 3\n\n\n", "")].map((text) => {
      const lines = text.split("\n");
      return { lines, declarations: findDeclarations(lines, facts) };
    });
    const [before, after] = texts;
    if (!before || !after) throw new Error("two texts");
    expect(objectionTo({ ...nothingSaid, before, after, facts })?.message).toMatch(
      /`LIMIT` would be gone, and is still used/,
    );
  });

  it("where a name is declared twice in one place", () => {
    const again = "\n\ndef three():\n    return 4\n";
    expect(lawBroken(file + again)).toBe("nothing doubles");
  });

  it("where new lines repeat the ones below them in another version", () => {
    const twice = "    b = read(a)\n    c = check(b)\n    d = note(c)\n    return d\n";
    const before = file.replace("    b = read(a)\n    return b\n", twice);
    const after = before.replace(twice, twice.replace("check(b)", "check(b, 1)") + twice);
    const lines = before.split("\n");
    const declarations = findDeclarations(lines, facts);
    expect(lawBroken(after, { before: { lines, declarations } })).toBe("nothing doubles");
  });

  it("where the spaces of a line change beside a real change elsewhere", () => {
    const after = file.replace("return b", "return c").replace("a  +  1", "a + 1");
    expect(lawBroken(after)).toBe("unsaid is kept");
  });

  it("where new lines are indented with what the file never uses", () => {
    const after = file.replace("    return 3\n", "\tx = 3\n\treturn x\n");
    expect(lawBroken(after)).toBe("the layout is the file's");
  });

  it("where a part of a merge conflict is gone", () => {
    const conflict = "<<<<<<< ours\nx = 1\n=======\nx = 2\n>>>>>>> theirs\n";
    const lines = (file + conflict).split("\n");
    const before = { lines, declarations: findDeclarations(lines, facts) };
    expect(lawBroken(file + conflict.replace("=======\n", ""), { before })).toBe(
      "nothing vanishes",
    );
    expect(lawBroken(`${file}x = 2\n`, { before })).toBeUndefined();
  });
});
