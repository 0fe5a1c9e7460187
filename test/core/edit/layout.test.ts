import { describe, expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { indentBelow } from "../../../src/core/edit/text/indentation";
import { outcomeOf } from "./support/outcome";
import { block } from "./support/samples";

interface Layout {
  readonly what: string;
  readonly languageId: string;
  readonly text: string;
  readonly answer: string;
  readonly wanted: string;
}

const python = "class Box:\n    def open(self):\n        key = self.key()\n        return key\n";
const parameters =
  "class Point {\n  constructor(\n    public x: number,\n    public y: number\n  ) {}\n}\n";
const mixed =
  "class Shape {\n    draw() {\n        start();\n        if (this.on) {\n            this.a();\n        }\n    }\n}\n";
const tabs = "func f() {\n\tif a {\n\t\t}\n\t\treturn 1\n\t}\n\tif b {\n\t\ty()\n\t}\n}\n";

const branches =
  "func f() {\n\tif a {\n\t\tif b {\n\t\t\t// for those who asked\n\t\t\tx = read(c)\n\t\t}\n\t} else {\n\t\ty()\n\t}\n}\n";
const loops =
  "class Box {\n  void open(List all) {\n    String found = null;\n    for (String one : all) {\n      if (found == null) {\n        found = one;\n      }\n    }\n\n    if (found != null) use(found);\n  }\n}\n";
const unlinked =
  'class Pile:\n    def drop(self, name):\n        """\n        Drops one.\n\n        :param name: what goes\n        """\n        try:\n            self.remove(name)\n        except KeyError:\n            pass\n\n    def unlink(self):\n        """\n        Forgets the file.\n        """\n        self.forget()\n\n    def stat(self):\n        """\n        Tells of the file.\n        """\n        return self.tell()\n';
const layout =
  'local function update(self)\n    self.all = {};\n    local all = read(self)\n    if all == nil then\n        fail("none")\n        return\n    end\n    if #all == 1 then\n        all[1].index = 1\n    end\n    for _, one in ipairs(all) do\n        self.all[one.index] = self.name(one)\n    end\n    tell(self)\nend\n';
const report =
  "# Report\n\n**Actual thing**\n\nWhat it is.\n\n**Expected thing**\n\nWhat it should be.\n";
const fenced = (code: string): string => `\`\`\`\n${code}\n\`\`\`\n`;

const layouts: readonly Layout[] = [
  {
    what: "lines that are wrapped between others that stay where they are, most of them deeper",
    languageId: "go",
    text: branches,
    answer: fenced(
      "\t\t\t// for those who asked\n\t\t\tif on {\n\t\t\t\tx = read(c)\n\t\t\t}\n\t\t}\n\t} else {",
    ),
    wanted: branches.replace("\t\t\tx = read(c)", "\t\t\tif on {\n\t\t\t\tx = read(c)\n\t\t\t}"),
  },
  {
    what: "an empty line above what the answer leaves out by a mark right behind new lines",
    languageId: "java",
    text: loops,
    answer: fenced(
      "  void open(List all) {\n    // ... rest of the code ...\n    for (String one : all) {\n      if (found == null) {\n        if (on) {\n          found = one;\n        }\n      }\n    }\n    // ... rest of the code ...\n  }",
    ),
    wanted: loops.replace(
      "        found = one;",
      "        if (on) {\n          found = one;\n        }",
    ),
  },
  {
    what: "lines that are wrapped above a docstring of which only the beginning is given",
    languageId: "python",
    text: unlinked,
    answer: fenced(
      '        """\n        Forgets the file.\n        """\n        if enabled:\n            self.forget()\n\n    def stat(self):\n        """',
    ),
    wanted: unlinked.replace(
      "        self.forget()",
      "        if enabled:\n            self.forget()",
    ),
  },
  {
    what: "what ends in a word, between marks for left-out code",
    languageId: "lua",
    text: layout,
    answer: fenced(
      'local function update(self)\n    -- ... other code ...\n    if all == nil then\n        if enabled then\n            fail("none")\n        end\n        return\n    end\n    -- ... other code ...\nend',
    ),
    wanted: layout.replace(
      '        fail("none")',
      '        if enabled then\n            fail("none")\n        end',
    ),
  },
  {
    what: "the stars of a bold line, in a file that has such lines",
    languageId: "markdown",
    text: report,
    answer: fenced(report.replace("Actual thing", "Actual things").trimEnd()),
    wanted: report.replace("Actual thing", "Actual things"),
  },
  {
    what: "new lines above a line that was quoted from its first sign on are as deep as it",
    languageId: "python",
    text: python,
    answer: block(
      "key = self.key()\n        return key",
      "if self.shut:\n            return None\n        key = self.key()\n        return key",
    ),
    wanted: python.replace(
      "        key =",
      "        if self.shut:\n            return None\n        key =",
    ),
  },
  {
    what: "one line for two of which the first was quoted from its first sign on",
    languageId: "python",
    text: python,
    answer: block("key = self.key()\n        return key", "return self.key()"),
    wanted: "class Box:\n    def open(self):\n        return self.key()\n",
  },
  {
    what: "a keyword alone on its line can be moved to another depth",
    languageId: "python",
    text: "def f(x):\n    if x:\n        g()\n        return None\n    h()\n",
    answer: block("        return None", "    return None"),
    wanted: "def f(x):\n    if x:\n        g()\n    return None\n    h()\n",
  },
  {
    what: "blanks inside of a string can be what changes",
    languageId: "typescript",
    text: 'print("hello   beautiful world");\n',
    answer: block('print("hello   beautiful world");', 'print("hello beautiful world");'),
    wanted: 'print("hello beautiful world");\n',
  },
  {
    what: "the last item of a list gets the comma that it needs before a new one",
    languageId: "typescript",
    text: parameters,
    answer: block(
      "    public x: number,\n    public y: number,\n  ) {}",
      "    public x: number,\n    public y: number,\n    public z?: number\n  ) {}",
    ),
    wanted: parameters.replace("y: number\n", "y: number,\n    public z?: number\n"),
  },
  {
    what: "a new line is as deep as the line above it is in the file, which the model moved",
    languageId: "typescript",
    text: mixed,
    answer: block(
      "        start();\n        if (this.on) {\n        this.a();\n        }",
      "        start();\n        if (this.on) {\n        this.a();\n        this.b();\n        }",
    ),
    wanted: mixed.replace("this.a();\n", "this.a();\n            this.b();\n"),
  },
  {
    what: "a line as deep as one that is the file's exactly is not moved because others were",
    languageId: "go",
    text: tabs,
    answer:
      "```diff\n@@ @@\n \t  }\n \t  return 1\n \t\t}\n+\tif c {\n+\t\tz()\n+\t}\n \tif b {\n \t\ty()\n```\n",
    wanted: tabs.replace("\tif b", "\tif c {\n\t\tz()\n\t}\n\tif b"),
  },
  {
    what: "blank lines on both sides of a new function are both there",
    languageId: "python",
    text: "def a():\n    pass\n\ndef b():\n    x()\n",
    answer:
      "```diff\n@@ @@\n def a():\n     pass\n \n+def c():\n+    y()\n \n def b():\n     x()\n```\n",
    wanted: "def a():\n    pass\n\ndef c():\n    y()\n\ndef b():\n    x()\n",
  },
  {
    what: "the file's wide spacing stays around a changed number",
    languageId: "typescript",
    text: "const   width   =   100;\n",
    answer: block("const width=100;", "const width=200;"),
    wanted: "const   width   =   200;\n",
  },
  {
    what: "spaces within a string stay that the model quoted as one",
    languageId: "typescript",
    text: 'show("a  b", 1);\n',
    answer: block('show("a b", 1);', 'show("a b", 2);'),
    wanted: 'show("a  b", 2);\n',
  },
  {
    what: "a blank that was quoted at the end of a word goes with it",
    languageId: "typescript",
    text: "export async function load() {}\n",
    answer: block("async ", ""),
    wanted: "export function load() {}\n",
  },
  {
    what: "a file that shows no indentation takes the model's",
    languageId: "css",
    text: "a { color: red; }\nb { color: blue; }\n",
    answer: block("b { color: blue; } ", "b { color: blue; } \nc {\n  color: green;\n}"),
    wanted: "a { color: red; }\nb { color: blue; }\nc {\n  color: green;\n}\n",
  },
];

function plan(languageId: string, text: string, answer: string): Promise<string> {
  return planEdits({ answer, truncated: false, files: [{ path: "a.txt", languageId, text }] }).then(
    outcomeOf,
  );
}

it.each(layouts)("$what", async ({ languageId, text, answer, wanted }) => {
  expect(await plan(languageId, text, answer)).toBe(wanted);
});

it("a line stands a step below what opens a block, but below thousands of them no further", () => {
  const style = { step: 2, tabs: false, isShown: true };
  expect(indentBelow("  if (a) {", style)).toBe("    ");
  const deep = " ".repeat(1_000);
  expect(indentBelow(`${deep}{`, style)).toBe(deep);
});

describe("A comment of which the model quotes only the beginning", () => {
  const text = "let a = 1;\nlet b = 2;\n\n// Grows the tree with the sound of the room\nrun();\n";

  it("is not taken for the whole comment that is to become another", async () => {
    const answer = block(
      "let a = 1;\nlet b = 2;\n\n// Grows the tree",
      "let a = 10;\nlet b = 20;\n\n// Grows the wood",
    );
    expect(await plan("typescript", text, answer)).toMatch(/^stale: /);
  });

  it("stays whole when it is not what changes", async () => {
    const answer = block(
      "let a = 1;\nlet b = 2;\n\n// Grows the tree",
      "let a = 1;\nlet b = 20;\n\n// Grows the tree",
    );
    expect(await plan("typescript", text, answer)).toBe(text.replace("b = 2;", "b = 20;"));
  });
});

describe("Line numbers copied with the code", () => {
  const text = "function first() {\n  return 1;\n}\n\nfunction again() {\n  return 1;\n}\n";

  it("choose between equal places", async () => {
    const answer = block("6 |   return 1;\n7 | }", "6 |   return 2;\n7 | }");
    expect(await plan("typescript", text, answer)).toBe(
      text.replace(/again\(\) \{\n {2}return 1;/, "again() {\n  return 2;"),
    );
  });

  it("may be missing on some lines", async () => {
    const answer = block(
      "1 | function first() {\n  return 1;\n3 | }",
      "1 | function first() {\n  return 2;\n3 | }",
    );
    expect(await plan("typescript", text, answer)).toBe(text.replace("return 1;", "return 2;"));
  });
});
