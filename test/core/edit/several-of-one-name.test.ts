import { describe, expect, it } from "vitest";
import { isElision } from "../../../src/core/edit/answer/elision";
import { wholeWord } from "../../../src/core/edit/text/whole-word";
import { checkAll } from "./support/small-cases";

const cart = `class Item:
    def total(self) -> float:
        return self.price * self.count


class Cart:
    def add(self, item):
        self.items.append(item)
        return item

    def total(self):
        return sum(item.total() for item in self.items)
`;

describe("of several declarations of one name", () => {
  const code = "def total(self):\n    return self.price * self.count * (1 + TAX)";
  checkAll({
    "one whose body is another is not meant by its signature": {
      path: "cart.py",
      language: "python",
      text: cart,
      code,
      becomes: "refused",
    },
    "the one that the person asked about is": {
      path: "cart.py",
      language: "python",
      text: cart,
      code,
      becomes: [
        ["def total(self) -> float:", "def total(self):"],
        ["self.price * self.count", "self.price * self.count * (1 + TAX)"],
      ],
      asked: "self.price * self.count",
    },
    "the rule that says the same is, and none in a query": {
      path: "a.css",
      language: "css",
      text: ".card {\n  border: 1px solid #ddd;\n}\n\n@media print {\n  .card {\n    display: none;\n  }\n}\n",
      code: ".card {\n  border: 1px solid #ccc;\n}",
      becomes: [["#ddd", "#ccc"]],
    },
    "the rule is whose parts are shown": {
      path: "a.css",
      language: "css",
      text: ".tag {\n  display: flex;\n  border: 1px solid;\n  color: red;\n}\n\n.tag {\n  cursor: grab;\n}\n",
      code: ".tag {\n  /* ... rest of the code ... */\n  border: 2px solid;\n  color: red;\n}",
      becomes: [["1px", "2px"]],
    },
    "one of a style sheet may come to be written as another is": {
      path: "a.scss",
      language: "scss",
      text: "@mixin to($res) {\n  @media (max-width: $res) {\n    @content;\n  }\n}\n\n// from\n@mixin from($res) {\n  @media (min-width: $res) {\n    @content;\n  }\n}\n",
      code: "@mixin to($res) {\n  @media (max-width: $res) {\n    @content;\n  }\n}\n\n// from\n@mixin from($res) {\n  @media (max-width: $res) {\n    @content;\n  }\n}",
      becomes: [["min-width", "max-width"]],
    },
  });
});

describe("of several of one name, each in another object or type", () => {
  checkAll({
    "the one in the object that the answer shows is meant": {
      path: "panes.js",
      language: "javascript",
      text: "const panes = {\n  left: {\n    click(e) {\n      stop(e);\n      pick(e);\n    },\n  },\n  right: {\n    // The last one.\n    click(e) {\n      pick(e.target);\n    },\n    key(e) {\n      close(e);\n    },\n  },\n};\n\nmodule.exports = panes;\n",
      code: "const panes = {\n  left: {\n    click(e) {\n      stop(e);\n      pick(e);\n    },\n  },\n  right: {\n    click(e) {\n      stop(e);\n      pick(e.target);\n    },\n    key(e) {\n      close(e);\n    },\n  },\n};",
      becomes: [["      pick(e.target);", "      stop(e);\n      pick(e.target);"]],
    },
    "the one with its parameters is meant, though its body has another form": {
      path: "Text.kt",
      language: "kotlin",
      text: "fun String.cut(to: Int): String {\n    return take(to)\n}\n\nfun List<String>.cut(to: Int): List<String> {\n    return map { it.cut(to) }\n}\n\nclass Label(val text: String) {\n    fun cut(to: Int) = Label(text.cut(to))\n}\n",
      code: "fun List<String>.cut(to: Int): List<String> = map { it.cut(to) }",
      becomes: [
        ["List<String> {\n    return map { it.cut(to) }\n}", "List<String> = map { it.cut(to) }"],
      ],
    },
    "a new one in a type that has none is new": {
      path: "shape.rs",
      language: "rust",
      text: 'struct Square(f64);\n\ntrait Shape {\n    fn name(&self) -> String {\n        "shape".to_string()\n    }\n}\n\nimpl Shape for Square {\n    fn area(&self) -> f64 {\n        self.0 * self.0\n    }\n}\n',
      code: 'impl Shape for Square {\n    fn area(&self) -> f64 {\n        self.0 * self.0\n    }\n\n    fn name(&self) -> String {\n        "square".to_string()\n    }\n}',
      becomes: [
        [
          "self.0 * self.0\n    }\n",
          'self.0 * self.0\n    }\n\n    fn name(&self) -> String {\n        "square".to_string()\n    }\n',
        ],
      ],
    },
  });
});

describe("of several of one name, in a class or beside it", () => {
  checkAll({
    "the one with a body is meant by one with a body": {
      path: "Native.cs",
      language: "csharp",
      text: "class Native\n{\n    public static extern Handle Current();\n}\n\nclass Tool\n{\n    public static Handle Current()\n    {\n        return Native.Current();\n    }\n}\n",
      code: "public static SafeHandle Current()\n{\n    return Native.Current();\n}",
      becomes: [["Handle Current()\n", "SafeHandle Current()\n"]],
    },
    "the one in a class that the answer leaves out is meant by its body": {
      path: "options.rb",
      language: "ruby",
      text: "class Thor\n  class Options\n    def shift\n      @items.shift\n    end\n\n    def peek\n      @items.first || @extra.first\n    end\n  end\nend\n",
      code: "class Thor\n  # ...\n  def peek\n    @items.first || @extra.last\n  end\n  # ...\nend",
      becomes: [["@extra.first", "@extra.last"]],
    },
  });
});

describe("what belongs to code that is given anew", () => {
  checkAll({
    "stands right above it below a new import, as in the file": {
      path: "Line.java",
      language: "java",
      text: "package a;\n\nimport java.util.List;\n\n/** A line. */\npublic class Line {\n    private List<String> all;\n\n    void add(String one) {\n        all.add(one);\n    }\n}\n",
      code: "package a;\n\nimport java.util.List;\nimport java.util.Objects;\n\npublic class Line {\n    // fields unchanged\n\n    void add(String one) {\n        all.add(Objects.requireNonNull(one));\n    }\n}",
      becomes: [
        ["import java.util.List;\n", "import java.util.List;\nimport java.util.Objects;\n"],
        ["all.add(one)", "all.add(Objects.requireNonNull(one))"],
      ],
    },
    "stays in markup, as a comment in braces": {
      path: "Clock.tsx",
      language: "typescriptreact",
      text: 'export function Clock() {\n  const now = useNow();\n  return (\n    <div className="clock">\n      {/* The time. */}\n      <time>{now}</time>\n    </div>\n  );\n}\n\nexport function Face() {\n  return (\n    <div className="face">\n      <Clock />\n    </div>\n  );\n}\n',
      code: '  return (\n    <div className="clock" title="Now">\n      <time>{now}</time>\n    </div>\n  );',
      becomes: [['className="clock">', 'className="clock" title="Now">']],
    },
    "is brought in for code that was there": {
      path: "Face.tsx",
      language: "typescriptreact",
      text: 'import { useState } from "react";\n\nexport function Clock() {\n  return useState(0);\n}\n\nexport const Face = memo(() => {\n  return <p>a</p>;\n});\n\nexport function Back() {\n  return memo(Clock);\n}\n',
      code: 'import { memo, useState } from "react";\n\n// ...\n\nexport function Back() {\n  return memo(Face);\n}',
      becomes: [
        ["{ useState }", "{ memo, useState }"],
        ["memo(Clock)", "memo(Face)"],
      ],
    },
  });
});

describe("a new method behind one whose body is left out", () => {
  const fresh = "\n\n    def clear(self):\n        self.items.clear()";
  const becomes = [["        return item\n", `        return item${fresh}\n`]] as const;
  const of = (body: string) => ({
    path: "cart.py",
    language: "python",
    text: cart,
    code: `class Cart:\n    def add(self, item):\n${body}${fresh}`,
    becomes,
  });
  checkAll({
    "by dots stands beside it": of("        ..."),
    "by a comment stands beside it": of("        # unchanged"),
    "by both stands beside it": of("        # unchanged\n        ..."),
    "by a comment behind a stub stands beside it": of("        pass  # unchanged"),
  });
});

describe("of equal lines in a function", () => {
  checkAll({
    "that say much the last is meant, too": {
      path: "store.py",
      language: "python",
      text: "def store(found):\n    if found is None:\n        log.write(found, now())\n        return None\n    key = key_of(found)\n    cache[key] = found\n    log.write(found, now())\n    return key\n",
      code: "def store(found):\n    # ...\n    log.write(found, now())\n    return key, now()\n",
      becomes: [["    return key\n", "    return key, now()\n"]],
    },
    "the last is meant below the last mark": {
      path: "setup.ts",
      language: "typescript",
      text: 'export function setup(found: Found): Setup {\n  if (found.waits) {\n    return {\n      kind: "ready",\n      model: found.model,\n    };\n  }\n  const engine = engineOf(found);\n  return {\n    kind: "ready",\n    model: engine.model,\n    local,\n  };\n}\n',
      code: 'export function setup(found: Found): Setup {\n  // ... el resto no cambia ...\n  return {\n    kind: "known",\n    model: engine.model,\n    local,\n  };\n}',
      becomes: [
        [
          '    kind: "ready",\n    model: engine.model',
          '    kind: "known",\n    model: engine.model',
        ],
      ],
    },
  });
});

describe("what an answer says of lines beside comments", () => {
  checkAll({
    "goes where a line stands with a comment behind it that it does not speak of": {
      path: "state.h",
      language: "c",
      text: "enum state {\n\tIDLE,\n\tRUN, /* running */\n\tSTOP\n};\n\n#define COUNT 3\n",
      code: "enum state {\n\tIDLE,\n\tRUN,\n\tPAUSE,\n\tSTOP\n};\n\n#define COUNT 4",
      becomes: [
        ["/* running */\n", "/* running */\n\tPAUSE,\n"],
        ["COUNT 3", "COUNT 4"],
      ],
    },
    "takes out a line between the file's first comment and its code": {
      path: "Makefile",
      language: "makefile",
      text: "# Builds it all.\n# Run: make\n\nCC=cl\nCFLAGS=-O2 -Wall\n\nall: tide\n\ntide: main.o\n\t$(CC) -o tide main.o\n",
      code: "# Builds it all.\n# Run: make\n\nCFLAGS=-O2 -Wall\n\nall: tide\n\ntide: main.o\n\t$(CC) -o tide main.o",
      becomes: [["CC=cl\n", ""]],
    },
  });
});

describe("a new method of a class", () => {
  checkAll({
    "that is declared for several platforms is in it": {
      path: "Zone.kt",
      language: "kotlin",
      text: "public expect open class Zone {\n    public val id: String\n\n    public fun first(): Int\n}\n",
      code: "public expect open class Zone {\n    // ... existing code ...\n\n    private fun second(): Int {\n        return 2\n    }\n}",
      becomes: [
        [
          "first(): Int\n",
          "first(): Int\n\n    private fun second(): Int {\n        return 2\n    }\n",
        ],
      ],
    },
  });
});

describe("an import that the new code needs", () => {
  checkAll({
    "stands with those on top, and not behind the module": {
      path: "a.rb",
      language: "ruby",
      text: 'require "json"\nrequire "set"\n\nmodule Feed\n  def self.read(text)\n    JSON.parse(text)\n  end\nend\n\nrequire "feed/late"\n',
      code: 'require "trace"\n\ndef self.read(text)\n  Trace.start\n  JSON.parse(text)\nend',
      becomes: [
        ['require "set"\n', 'require "set"\nrequire "trace"\n'],
        ["    JSON.", "    Trace.start\n    JSON."],
      ],
    },
  });
});

describe("a line before and after", () => {
  checkAll({
    "that is in the file already changes nothing, though the person asked near it": {
      path: "a.py",
      language: "python",
      text: "def rate(land):\n    return rates.get(land.upper(), TAX)\n\n\ndef other():\n    return 1\n",
      code: "**Before:**\n```python\n    return rates.get(land, TAX)\n```\n\n**After:**\n```python\n    return rates.get(land.upper(), TAX)\n```\n",
      becomes: "refused",
      asked: "rates.get",
    },
  });
});

it("a mark for left-out code may stand in brackets within a comment", () => {
  expect(isElision("// [rest of the method unchanged]")).toBe(true);
  expect(isElision("# [x for x in rest]")).toBe(false);
});

describe("an import that the answer forgot", () => {
  const greet = `package app

import "fmt"

// Greet greets the user with an id; a stranger where there is no such user.
func Greet(store *Store, id int) string {
	user, err := store.Find(id)
	if err != nil {
		return "Hello, stranger!"
	}
	return fmt.Sprintf("Hello, %s!", user.Name)
}
`;
  const guard = '\tif user.Name == "" {\n\t\treturn "Hello, stranger!"\n\t}\n';
  const of = (imports: string): string =>
    greet
      .replace('import "fmt"', imports)
      .replace("\treturn fmt.", `${guard}\treturn fmt.`)
      .trimEnd();
  const base = { path: "greet.go", language: "go", text: greet };
  checkAll({
    "and that the code still uses is not lost for one that nothing uses": {
      ...base,
      code: of('import (\n\t"errors"\n)'),
      becomes: [["\treturn fmt.", `${guard}\treturn fmt.`]],
    },
    stays: {
      path: "a.py",
      language: "python",
      text: "import json\nimport sys\n\n\ndef read(text):\n    return json.loads(text)\n\n\ndef stop():\n    sys.exit(1)\n",
      code: "import sys\n\n\ndef read(text):\n    if not text:\n        return None\n    return json.loads(text)\n\n\ndef stop():\n    sys.exit(1)\n",
      becomes: [["    return json", "    if not text:\n        return None\n    return json"]],
    },
  });
});

it("a name is looked for letter by letter, whatever signs it has", () => {
  expect(wholeWord("a]+ ]+").test("x = a]+ ]+")).toBe(true);
  expect(wholeWord("$a").test("$ab")).toBe(false);
});

describe("a function that the text does not know for one", () => {
  const sum =
    "static int WRAPPED\nsum(int a, int b)\n{\n   int c = a;\n   c += b;\n   log_it(c);\n   return c;\n}\n";
  checkAll({
    "does not come to stand twice": {
      path: "a.c",
      language: "c",
      text: `int first(int a)\n{\n   return a;\n}\n\nint second(int a)\n{\n   return a + 1;\n}\n\n#ifdef SUMS\n#define X {\n${sum}#endif\n`,
      code: `int first(int a)\n{\n   return a + 2;\n}\n\n${sum}`,
      becomes: [["return a;", "return a + 2;"]],
    },
  });
});

describe("a function within another that the answer gives by itself, too", () => {
  const outer =
    "def outer(items):\n    def inner(value):\n        return value + 1\n\n    total = 0\n    for item in items:\n        total += inner(item)\n    return total\n";
  const base = { path: "a.py", language: "python", text: `import os\n\n\n${outer}` };
  const anew = outer.replace("value + 1", "value + 2").replace("total = 0", "total = 1");
  checkAll({
    "is not written into its own old lines": {
      ...base,
      code: `${anew}\n\ndef inner(value):\n    return value + 2\n`,
      becomes: "refused",
    },
  });
});
