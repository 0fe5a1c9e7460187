import { describe, expect, it } from "vitest";
import { outcomeOf, planOf } from "./support/outcome";

const fence = (code: string): string => `\`\`\`\n${code}\n\`\`\`\n`;

async function proposed(path: string, language: string, text: string, answer: string) {
  const one = { language, path, text };
  return outcomeOf(await planOf(one, answer));
}

const schema = `local type_of = function(n)
  return type(n) == "number" and "integer" or "float"
end

local function validate(schema, data)
  if type(schema) == "boolean" then
    return schema
  end
  return check(schema, data)
end
`;
const guard = "  if not enabled then\n    return nil\n  end\n";

describe("an answer of several fences", () => {
  it("loses no function for what it has in common with another", async () => {
    const first = `local type_of = function(n)\n${guard}  return type(n) == "number" and "integer" or "float"\nend`;
    const second = `local function validate(schema, data)\n${guard}  if type(schema) == "boolean" then\n    return schema\n  end\n  return check(schema, data)\nend`;
    const answer = `${fence(first)}\nAnd the other function:\n\n${fence(second)}`;
    expect(await proposed("a.lua", "lua", schema, answer)).toBe(
      schema
        .replace("function(n)\n", `function(n)\n${guard}`)
        .replace("validate(schema, data)\n", `validate(schema, data)\n${guard}`),
    );
  });

  it("brings an import along for lines that have no name", async () => {
    const text =
      'import os\n\n\ndef main():\n    pass\n\n\nif __name__ == "__main__":\n    main()\n';
    const answer = `${fence("import sys")}\nand at the end:\n\n${fence('if __name__ == "__main__":\n    sys.exit(main())')}`;
    expect(await proposed("a.py", "python", text, answer)).toBe(
      text
        .replace("import os\n", "import os\nimport sys\n")
        .replace("    main()", "    sys.exit(main())"),
    );
  });

  it("is no edit where it is called an example of the one above", async () => {
    const text =
      "class Cart {\n    void add(int n) {\n        sum += n;\n    }\n\n    public static void main(String[] args) {\n        new Cart().add(1);\n        System.out.println(1);\n    }\n}\n";
    const add = "void add(int n) {\n    if (n < 0) throw new Error();\n    sum += n;\n}";
    const example =
      "public class Example {\n    public static void main(String[] args) {\n        new Cart().add(-1);\n    }\n}";
    const answer = `${fence(add)}\nExample:\n\n${fence(example)}`;
    expect(await proposed("Cart.java", "java", text, answer)).toBe(
      text.replace("        sum", "        if (n < 0) throw new Error();\n        sum"),
    );
  });

  it("says with a second one that only a part of the first is left", async () => {
    const text = "module A where\n\nimport Foreign\nimport Foreign.C\n\na = 1\n";
    const answer = `Replace this:\n\n${fence("import Foreign\nimport Foreign.C")}\nwith this:\n\n${fence("import Foreign.C")}`;
    expect(await proposed("a.hs", "haskell", text, answer)).toBe(
      text.replace("import Foreign\n", ""),
    );
  });
});

describe("a class that shows one of its methods", () => {
  const text =
    'class Sync:\n    """Copies."""\n\n    def __init__(self, a):\n        self.a = a\n\n    def run(self):\n        for one in self.a:\n            self._copy(one)\n\n    def _copy(self, one):\n        print(one)\n';

  it("has the others left out by dots on their own lines", async () => {
    const code =
      'class Sync:\n    """Copies."""\n\n    def __init__(self, a, b=1):\n        self.a = a\n        self.b = b\n\n    def run(self): ...\n    def _copy(self, one): ...';
    expect(await proposed("a.py", "python", text, fence(code))).toBe(
      text.replace("self, a)", "self, a, b=1)").replace("= a\n", "= a\n        self.b = b\n"),
    );
  });

  it("has marks for two in a row, in the file's order", async () => {
    const code =
      "class Sync:\n    def run(self):\n        # ...\n    def _copy(self, one):\n        print(one, one)\n        # ...";
    expect(await proposed("a.py", "python", text, fence(code))).toBe(
      text.replace("print(one)", "print(one, one)"),
    );
  });

  it("or none, but new documentation for the old", async () => {
    const code = 'class Sync:\n    """Copies what is new.\n\n    Never fails.\n    """';
    expect(await proposed("a.py", "python", text, fence(code))).toBe(
      text.replace('"""Copies."""', '"""Copies what is new.\n\n    Never fails.\n    """'),
    );
  });
});

it("lines between two that stand there word for word are added wherever that is", async () => {
  const text =
    "switch (a.type) {\n  case 'add':\n    return { ...s, items: [a.item] };\n  case 'filter':\n    return { ...s, filter: a.filter };\n  default:\n    return s;\n}\n";
  const code =
    "  case 'filter':\n    return { ...s, filter: a.filter };\n  case 'clear':\n    return { ...s, items: [] };\n  default:\n    return s;";
  expect(await proposed("a.js", "javascript", text, fence(code))).toBe(
    text.replace("  default", "  case 'clear':\n    return { ...s, items: [] };\n  default"),
  );
});

it("new words for a comment leave no empty line that was not there", async () => {
  const text =
    "const a = {\n  one() {\n    b();\n  },\n  // old words\n  two() {\n    c();\n  },\n};\n";
  const code =
    "  one() {\n    b();\n  },\n\n  // others, and\n  // more of them\n  two() {\n    c();\n  },";
  expect(await proposed("a.js", "javascript", text, fence(code))).toBe(
    text.replace("// old words", "// others, and\n  // more of them"),
  );
});

it("what closes a condition of the compiler stays below what it closes", async () => {
  const text =
    "#ifdef A\nlong one(int a)\n{\n    return a;\n}\n#endif\n\nint two(int b)\n{\n    return b;\n}\n";
  const code =
    "long one(int a)\n{\n    return a;\n}\n\n/** Gives b back. */\nint two(int b)\n{\n    return b;\n}";
  expect(await proposed("a.c", "c", text, fence(code))).toBe(
    text.replace("int two", "/** Gives b back. */\nint two"),
  );
});

it("a lone line that is given without its export keeps it", async () => {
  const text = "export const initial = { items: [], filter: 'all' };\n\nexport const other = 1;\n";
  const one = {
    language: "javascript",
    path: "a.js",
    text,
  };
  const start = { line: 0, character: 0 };
  const answer = fence("const initial = { items: [], filter: 'all', error: null };");
  expect(outcomeOf(await planOf(one, answer, { targetRange: { start, end: start } }))).toBe(
    text.replace("'all' }", "'all', error: null }"),
  );
});

it("between two blocks nothing goes of which the answer does not speak", async () => {
  const text =
    'M.list = function(self)\n  local s = ", "\n  return s .. self.a\nend\n\n-- a wrapper\nM.done = function(self, ...) self:_done(...) end\nM._done = function(self, token)\n  if token then\n    self.cb()\n  end\nend\n';
  const code =
    'M.list = function(self)\n  local s = "; "\n  return s .. self.a\nend\n\nM._done = function(self, token)\n  if token then\n    self.cb(token)\n  end\nend';
  const outcome = await proposed("a.lua", "lua", text, fence(code));
  expect(outcome.includes("M.done = function") || /^\w+: /.test(outcome)).toBe(true);
});

it("a brace below an open bracket stays on its own line", async () => {
  const text =
    "const a = mount({\n  one: 1,\n});\n\nconst b = mount(\n  {\n    two: 2,\n  },\n  [],\n);\n\nconst c = 3;\n";
  expect(await proposed("a.js", "javascript", text, fence(text.replace("two: 2", "two: 3")))).toBe(
    text.replace("two: 2", "two: 3"),
  );
});

it("a new import stands above the code, and not behind an import far below it", async () => {
  const text =
    '#include <a.h>\n#include <b.h>\n\nnamespace one {\n\nint two(int a)\n{\n  return a;\n}\n\n} // namespace one\n\n#include "one.ipp"\n';
  const code = '#include "trace.h"\n\nint two(int a)\n{\n  trace();\n  return a;\n}';
  expect(await proposed("one.hpp", "cpp", text, fence(code))).toBe(
    text
      .replace("<b.h>\n", '<b.h>\n#include "trace.h"\n')
      .replace("  return a;", "  trace();\n  return a;"),
  );
});

it("a rule of a build between two that the answer gives is not lost", async () => {
  const text =
    "build: a.c\n\tcc -o app a.c\n\ntest: build\n\t./app --test\n\nrelease: build\n\ttar czf app.tgz app\n\tgpg --sign app.tgz\n";
  const code =
    "build: a.c\n\tcc -O2 -o app a.c\n\nrelease: build\n\ttar czf app.tgz app\n\tgpg --detach-sign app.tgz";
  expect(await proposed("Makefile", "makefile", text, fence(code))).toMatch(/^\w+: /);
});

it("a name that the answer gives two values is refused, and no fault of ours", async () => {
  const text =
    "const limit = 3;\n\nfunction first(all) {\n  return all.slice(0, limit);\n}\n\nfunction last(all) {\n  return all.at(-1);\n}\n";
  const code =
    "const limit = 4;\nconst limit = 5;\n\nfunction first(all) {\n  return all.slice(1, limit);\n}";
  expect(await proposed("a.js", "javascript", text, fence(code))).toMatch(
    /two different versions of the code at line 1/,
  );
});
