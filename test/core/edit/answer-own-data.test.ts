import { describe, expect, it } from "vitest";
import type { OwnFile } from "../../../src/core/edit/answer/own-text";
import { edits, file, outcome, pieces } from "./support/read";

const json = (value: unknown): string => JSON.stringify(value, null, 2);

const redirects = file(
  "redirects.json",
  "json",
  `${json([
    { from: "/docs", to: "/manual" },
    { from: "/blog", to: "/nwes" },
  ])}\n`,
);
const renames = file(
  "renames.json",
  "json",
  `{
  "renames": [
    { "old": "color", "new": "colour" },
    { "old": "center", "new": "cetnre" }
  ]
}
`,
);
const page = file("pages.json", "json", `${json({ path: "pages.json", content: "helo" })}\n`);
const settings = file(
  "settings.json",
  "jsonc",
  `{
  // how old things are found
  "search": "fst",
  "replace": "never",
}
`,
);
const rules = file(
  "rules.xml",
  "xml",
  `<rules>
  <before>open()</before>
  <after>clsoe()</after>
</rules>
`,
);
const changes = file(
  "c.xml",
  "xml",
  `<?xml version="1.0"?>
<!-- of the first release -->
<changeSet id="1">
  <delete tableName="a">
    <where>id = 1</where>
  </delete>
  <insert tableName="a">
    <column name="id" vlaue="2"/>
  </insert>
</changeSet>
`,
);
const page2 = file(
  "i.html",
  "html",
  `<!DOCTYPE html>
<html>
<body>
<code>
a
</code>
<div>tow</div>
</body>
</html>
`,
);
const slips: readonly [string, OwnFile, string, string][] = [
  ["redirects", redirects, "nwes", "news"],
  ["renames", renames, "cetnre", "centre"],
  ["a path and a content", page, "helo", "hello"],
  ["settings with comments", settings, "fst", "fast"],
  ["rules of XML", rules, "clsoe", "close"],
  ["change sets of XML", changes, "vlaue", "value"],
  ["a page of HTML", page2, "tow", "two"],
];

describe("data of the file's own kind is the file, not edits", () => {
  it.each(slips)("%s, in a fence", async (_, own, wrong, right) => {
    const wanted = own.text.replace(wrong, right);
    const answer = `It is misspelt.\n\n\`\`\`${own.languageId}\n${wanted}\`\`\`\nFixed.\n`;
    expect(edits(own, answer)).toMatchObject([{ kind: "code", pathIsSure: true, path: own.path }]);
    expect(await outcome(own, answer)).toBe(wanted);
  });

  it.each(slips.filter(([, own]) => own !== settings))("%s, without a fence", (...one) => {
    const [, own, wrong, right] = one;
    const wanted = own.text.replace(wrong, right);
    const found = edits(own, `Here it is:\n\n${wanted}\nFixed.\n`);
    expect(found).toMatchObject([{ kind: "code", pathIsSure: true, path: own.path }]);
    const withoutHead = wanted.replace(/^<\?xml.*\n<!--.*\n/, "");
    expect(found[0]?.kind === "code" && `${found[0].lines.join("\n")}\n`).toMatch(withoutHead);
  });

  it("a part of it is not edits either", () => {
    const part = '```json\n{ "old": "center", "new": "centre" }\n```\n';
    expect(pieces(renames, part)).toEqual(['{ "old": "center", "new": "centre" }']);
    const element = "<before>open()</before>\n<after>close()</after>";
    expect(pieces(rules, `\`\`\`xml\n${element}\n\`\`\`\n`)).toEqual([element]);
    expect(pieces(rules, `${element}\n`)).toEqual([]);
  });
});

describe("edits of data are edits", () => {
  it.each([
    ["in words that data has too", { old: '  "path": "pages.json",', new: '  "path": "p.json",' }],
    ["in words of edits", { old_string: '"helo"', new_string: '"hello"' }],
    ["with a path", { path: "pages.json", search: '"helo"', replace: '"hello"' }],
  ])("as JSON, %s", (_, edit) => {
    expect(pieces(page, `\`\`\`json\n${json(edit)}\n\`\`\`\n`)).toEqual(["replace: json"]);
    expect(pieces(page, json(edit))).toEqual(["replace: json"]);
  });

  it("as tags that the file does not have", () => {
    const answer = "<search>\n<div>tow</div>\n</search>\n<replace>\n<div>two</div>\n</replace>\n";
    expect(pieces(page2, answer)).toEqual(["replace: tags"]);
    expect(pieces(rules, answer)).toEqual(["replace: tags"]);
  });

  it("as a tool's call about a file that has a key of the same name", () => {
    const own = file("package.json", "json", `${json({ name: "x", version: "1" })}\n`);
    const args = { path: "package.json", old_str: '"version": "1"', new_str: '"version": "2"' };
    const call = { name: "str_replace", arguments: args };
    expect(pieces(own, `\`\`\`json\n${json(call)}\n\`\`\`\n`)).toEqual(["replace: json"]);
  });
});

describe("JSON about code", () => {
  const shapes = file(
    "shapes.py",
    "python",
    'CONFIG = {\n    "old": "red",\n    "new": "blue",\n}\n\n\ndef area(w, h):\n    return w + h\n',
  );

  it("with keys that the code has, or with plain words for keys, is an example", async () => {
    const example = json({ old: "red", new: "green" });
    const fix = "def area(w, h):\n    return w * h";
    const answer = `It is:\n\n\`\`\`json\n${example}\n\`\`\`\n\n\`\`\`python\n${fix}\n\`\`\`\n`;
    expect(pieces(shapes, answer)).toEqual([example, fix]);
    expect(await outcome(shapes, answer)).toBe(shapes.text.replace("w + h", "w * h"));
    const other = json({ from: "return w", to: "return h" });
    expect(pieces(shapes, `\`\`\`json\n${other}\n\`\`\`\n`)).toEqual([other]);
  });

  it("is an edit when it quotes lines of it, or names the file, or has an edit's keys", () => {
    const line = { old: "return w + h", new: "return w * h" };
    expect(pieces(shapes, json(line))).toEqual(["replace: json"]);
    const named = { path: "shapes.py", old: "w + h", new: "w * h" };
    expect(pieces(shapes, json(named))).toEqual(["replace: json"]);
    const sure = { old_string: "w + h", new_string: "w * h" };
    expect(pieces(shapes, json(sure))).toEqual(["replace: json"]);
  });
});
