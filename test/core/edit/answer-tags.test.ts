import { describe, expect, it } from "vitest";
import { edits, file, halves, outcome, pieces, streamed } from "./support/read";
import { block } from "./support/samples";

const shapes = file(
  "shapes.py",
  "python",
  "def area(w, h):\n    return w + h\n\n\ndef perimeter(w, h):\n    return 2 * (w + h)\n",
);
const wrong = "    return w + h";
const right = "    return w * h";
const mended = shapes.text.replace(wrong, right);
const area = `def area(w, h):\n${right}`;
const dashes = `------- SEARCH\n${wrong}\n=======\n${right}\n+++++++ REPLACE\n`;
const diff = `--- a/shapes.py\n+++ b/shapes.py\n@@ -1,2 +1,2 @@\n def area(w, h):\n-${wrong}\n+${right}\n`;
const patch = `*** Begin Patch\n*** Update File: shapes.py\n@@\n-${wrong}\n+${right}\n*** End Patch\n`;

describe("tags around an edit in another form", () => {
  const inside = (edit: string): string =>
    `<replace_in_file>\n<path>shapes.py</path>\n<diff>\n${edit}</diff>\n</replace_in_file>\n`;

  it.each([
    ["a block", inside(block(wrong, right))],
    ["a block with marks of dashes and pluses", inside(dashes)],
    ["a block in a fence", inside(`\`\`\`\n${block(wrong, right)}\`\`\`\n`)],
    ["a diff", inside(diff)],
    ["a patch", inside(patch)],
    ["a block, and one tag alone", `<edit>\n${block(wrong, right)}</edit>\n`],
    [
      "a block, and the path in the tag",
      `<change path="shapes.py">\n${block(wrong, right)}</change>`,
    ],
    ["a block, all in a fence", `\`\`\`xml\n${inside(block(wrong, right))}\`\`\`\n`],
    ["a block, in a tag for content", `<content>\n${block(wrong, right)}</content>\n`],
    ["a block, in a tag for new text", `<replace>\n${block(wrong, right)}</replace>\n`],
  ])("leave it what it is: %s", async (_, answer) => {
    expect(await outcome(shapes, answer)).toBe(mended);
  });

  it("say which file it is for", () => {
    const other = inside(block(wrong, right)).replace("shapes.py", "lib/other.py");
    expect(edits(shapes, other)).toMatchObject([{ kind: "replace", path: "lib/other.py" }]);
    const inFence = `\`\`\`xml\n${other}\`\`\`\n`;
    expect(edits(shapes, inFence)).toMatchObject([{ kind: "replace", path: "lib/other.py" }]);
  });

  it("leave code in a fence code, for the file that they name", () => {
    const answer = `<edit>\n<path>shapes.py</path>\n\`\`\`python\n${area}\n\`\`\`\n</edit>\n`;
    expect(edits(shapes, answer)).toMatchObject([{ kind: "code", path: "shapes.py" }]);
  });
});

describe("tags that hold an old and a new text", () => {
  it.each([
    [
      "of a tool, by the names of its parameters",
      `<tool_call>\n<function=str_replace>\n<parameter=path>\nshapes.py\n</parameter>\n<parameter=old_str>\n${wrong}\n</parameter>\n<parameter=new_str>\n${right}\n</parameter>\n</function>\n</tool_call>\n`,
    ],
    [
      "of a tool, by names in quotes",
      `<invoke name="edit">\n<parameter name="path">shapes.py</parameter>\n<parameter name="old_str">${wrong}</parameter>\n<parameter name="new_str">${right}</parameter>\n</invoke>\n`,
    ],
    [
      "below the path",
      `<edit>\n<path>shapes.py</path>\n<search>\n${wrong}\n</search>\n<replace>\n${right}\n</replace>\n</edit>\n`,
    ],
    [
      "in a tag with the path, on one line",
      `<edit path="shapes.py"><old>${wrong}</old><new>${right}</new></edit>`,
    ],
    [
      "in fences of their own",
      `<path>shapes.py</path>\n<old>\n\`\`\`python\n${wrong}\n\`\`\`\n</old>\n<new>\n\`\`\`python\n${right}\n\`\`\`\n</new>\n`,
    ],
    [
      "as character data",
      `<path>shapes.py</path>\n<old><![CDATA[\n${wrong}\n]]></old>\n<new><![CDATA[\n${right}\n]]></new>\n`,
    ],
  ])("are an edit: %s", (_, answer) => {
    expect(edits(shapes, answer)).toMatchObject([{ kind: "replace", path: "shapes.py" }]);
    expect(halves(shapes, answer)).toEqual([[wrong, right, 1]]);
  });

  it("are an edit as soon as the second is whole", () => {
    const answer = `<old>${wrong}</old>\n<new>${right}</new>\nDone.\n`;
    expect(streamed(shapes, answer).map((step) => step.length)).toEqual([0, 1, 0, 0]);
  });

  it("are none when a third thing stands in the place of the second", () => {
    expect(pieces(shapes, `<old>${wrong}</old>\n<old>${right}</old>\n`)).toEqual([]);
  });
});

describe("tags that hold a file", () => {
  it.each([
    [
      "with the path in a tag",
      `<write_to_file>\n<path>shapes.py</path>\n<content>\n${area}\n</content>\n</write_to_file>\n`,
    ],
    ["with the path in it", `<file path="shapes.py">\n${area}\n</file>\n`],
    ["as character data", `<file path="shapes.py"><![CDATA[\n${area}\n]]></file>\n`],
    [
      "as an artifact",
      `<artifact identifier="s" language="python" title="shapes.py">\n${area}\n</artifact>\n`,
    ],
  ])("are its code: %s", (_, answer) => {
    const wanted = { kind: "code", path: "shapes.py", pathIsSure: true, marked: true };
    expect(edits(shapes, answer)).toMatchObject([wanted]);
    expect(pieces(shapes, answer)).toEqual([area]);
  });

  it("hold markup and data as they are", () => {
    const page = "<!DOCTYPE html>\n<html>\n<p>x</p>\n</html>";
    const html = `<write_to_file>\n<path>i.html</path>\n<content>\n${page}\n</content>\n</write_to_file>\n`;
    expect(pieces(file("i.html", "html", page), html)).toEqual([page]);
    const data = '{\n  "search": "a",\n  "replace": "b"\n}';
    const json = `<file path="a.json">\n${data}\n</file>\n`;
    expect(pieces(file("a.json", "json", data), json)).toEqual([data]);
  });

  it("are text of a file that has such tags itself", () => {
    const page = file("i.html", "html", "<body>\n<code>\na\n</code>\n</body>\n");
    const part = "<body>\n<code>\nb\n</code>\n</body>";
    expect(pieces(page, `\`\`\`html\n${part}\n\`\`\`\n`)).toEqual([part]);
  });

  it("that were cut off are a cut-off edit", () => {
    const answer = `<file path="shapes.py">\ndef area(w, h):\n    retu`;
    expect(pieces(shapes, answer, true)).toEqual(["broken: truncated"]);
  });
});
