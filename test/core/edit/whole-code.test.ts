import { describe, expect, it } from "vitest";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { installedGrammars } from "../../syntax/place";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import type { Sample } from "./support/samples";

const extensions: Readonly<Record<string, string>> = {
  javascript: "js",
  typescript: "ts",
  python: "py",
  go: "go",
  rust: "rs",
  java: "java",
};

function sampleOf(language: string, text: string): Pick<Sample, "path" | "language" | "text"> {
  const path = `src/one.${extensions[language] ?? "txt"}`;
  return { language, path, text };
}

const fence = (language: string, code: string): string => `\`\`\`${language}\n${code}\n\`\`\`\n`;

/** What comes of a file's text when the answer is one fence, without a path or below a sure one. */
async function proposed(
  language: string,
  text: string,
  code: string,
  withPath = false,
): Promise<string> {
  const one = sampleOf(language, text);
  return outcomeOf(await planOf(one, (withPath ? `${one.path}\n` : "") + fence(language, code)));
}

async function notices(language: string, text: string, code: string): Promise<string> {
  return noticesOf(await planOf(sampleOf(language, text), fence(language, code)));
}

const counter = `class Counter {
  constructor() {
    this.sum = 0;
  }

  add(n) {
    this.sum += n;
    return this;
  }

  size() {
    return this.sum;
  }
}
`;

describe("an elision stands for whole declarations", () => {
  const fresh = "  static add(a, b) {\n    return a + b;\n  }";
  const wanted = counter.replace("  add(n) {\n    this.sum += n;\n    return this;\n  }", fresh);
  it("a method given anew replaces the file's, head and body", async () => {
    expect(
      await proposed(
        "javascript",
        counter,
        `class Counter {\n  // ... existing code ...\n\n${fresh}\n}`,
      ),
    ).toBe(wanted);
    expect(
      await proposed(
        "javascript",
        counter,
        `class Counter {\n  // ... existing code ...\n\n${fresh}\n\n  // ... existing code ...\n}`,
      ),
    ).toBe(wanted);
    expect(
      await proposed(
        "javascript",
        counter,
        `class Counter {\n  // ... existing code ...\n\n${fresh}\n}`,
        true,
      ),
    ).toBe(wanted);
  });

  const python = `class Counter:
    def __init__(self):
        self.sum = 0

    def add(self, n):
        self.sum += n
        self.note(n)
        return self

    def size(self):
        return self.sum
`;
  it("and nothing of the old body stays where no brace ends it", async () => {
    const code =
      "class Counter:\n    # ... existing code ...\n\n    def add(self, n):\n        return Counter()\n\n    # ... existing code ...";
    expect(await proposed("python", python, code)).toBe(
      python.replace(
        "        self.sum += n\n        self.note(n)\n        return self\n",
        "        return Counter()\n",
      ),
    );
    const last =
      "class Counter:\n    # ... existing code ...\n\n    def size(self):\n        return 0";
    expect(await proposed("python", python, last)).toBe(
      python.replace("return self.sum", "return 0"),
    );
  });

  it("an elision inside of the method keeps its lines", async () => {
    const code =
      "class Counter:\n    # ...\n\n    def add(self, n):\n        n = int(n)\n        # ... rest of the method ...\n\n    # ...";
    expect(await proposed("python", python, code)).toBe(
      python.replace("        self.sum += n", "        n = int(n)\n        self.sum += n"),
    );
  });

  it("methods given in another order than the file's do not come to stand twice", async () => {
    const size = "  size() {\n    return this.sum + 1;\n  }";
    const code = `class Counter {\n  // ... existing code ...\n\n${size}\n\n${fresh}\n}`;
    const top = counter.slice(0, counter.indexOf("  add(n)"));
    expect(await proposed("javascript", counter, code)).toBe(`${top}${size}\n\n${fresh}\n}\n`);
  });

  it("a new method between two elisions has one blank line on each side", async () => {
    const double = "  double() {\n    this.sum *= 2;\n    return this;\n  }";
    const head =
      "class Counter {\n  constructor() {\n    this.sum = 0;\n  }\n\n  // ... same ...\n\n";
    const wanted = counter.replace(/\n}\n$/, `\n\n${double}\n}\n`);
    expect(await proposed("javascript", counter, `${head}${double}\n\n  // ... same ...\n}`)).toBe(
      wanted,
    );
    expect(await proposed("javascript", counter, `${head}${double}\n}`)).toBe(wanted);
  });
});

describe("a new function beside a known one", () => {
  const drop = "drop(n) {\n  this.sum -= n;\n}";
  const inClass = "  drop(n) {\n    this.sum -= n;\n  }";
  const add = "add(n) {\n  this.sum += n;\n  return this;\n}";
  it("goes behind it, at its depth, though nothing calls it", async () => {
    const code = `// ... existing code ...\n\n${add}\n\n${drop}\n\n// ... rest of code ...`;
    expect(await proposed("javascript", counter, code)).toBe(
      counter.replace("\n  size()", `\n${inClass}\n\n  size()`),
    );
    expect(await notices("javascript", counter, code)).toContain("`drop`");
  });

  it("goes before the one that follows, where none stands before it", async () => {
    expect(await proposed("javascript", counter, `${drop}\n\n${add}`)).toBe(
      counter.replace("  add(n)", `${inClass}\n\n  add(n)`),
    );
  });

  const python =
    'import re\n\n\ndef one(text):\n    return text\n\n\ndef two(text):\n    return re.sub("a", "b", text)\n';
  it("goes behind it at the top of a file, with the blank lines of the file", async () => {
    const code = "def one(text):\n    return text.strip()\n\ndef three(text):\n    return text * 3";
    expect(await proposed("python", python, code)).toBe(
      python.replace(
        "    return text\n",
        "    return text.strip()\n\n\ndef three(text):\n    return text * 3\n",
      ),
    );
    expect(
      await proposed(
        "python",
        python,
        'def two(text):\n    return re.sub("a", "b", text)\n\n\ndef three(text):\n    return 3',
      ),
    ).toBe(`${python}\n\ndef three(text):\n    return 3\n`);
  });

  it("is left out with its name where it is an example of use", async () => {
    const code =
      "def one(text):\n    return text.strip()\n\ndef test_one():\n    assert one(' ') == ''\n\ndef main():\n    print(one(' '))\n\nif __name__ == '__main__':\n    main()";
    expect(await proposed("python", python, code)).toBe(
      python.replace("    return text\n", "    return text.strip()\n"),
    );
    expect(await notices("python", python, code)).toMatch(/`test_one`.*`main`/);
  });

  it("is taken where the file has such tests already", async () => {
    const text = "def test_one():\n    assert one(1) == 1\n";
    expect(
      await proposed(
        "python",
        text,
        "def test_one():\n    assert one(1) == 1\n\ndef test_two():\n    assert one(2) == 2",
      ),
    ).toBe(`${text}\n\ndef test_two():\n    assert one(2) == 2\n`);
  });

  it("goes where the answer has it, not above the file's first comment", async () => {
    const text =
      "// Marks of a class.\nfunction mark(list) {\n\tlet sum = 0;\n\tfor (const one of list) {\n\t\tsum += one;\n\t}\n\treturn sum;\n}\n";
    const code =
      "// Marks of a class.\nfunction mark(list) {\n  return total(list);\n}\n\n/**\n * Adds them up.\n * @param list numbers\n */\nfunction total(list) {\n  let sum = 0;\n  for (const one of list) {\n    sum += one;\n  }\n  return sum;\n}";
    expect(await proposed("javascript", text, code)).toBe(
      "// Marks of a class.\nfunction mark(list) {\n\treturn total(list);\n}\n\n/**\n * Adds them up.\n * @param list numbers\n */\nfunction total(list) {\n\tlet sum = 0;\n\tfor (const one of list) {\n\t\tsum += one;\n\t}\n\treturn sum;\n}\n",
    );
  });
});

describe("what only looks like the known one", () => {
  it("a call over several lines is no declaration", async () => {
    const text =
      "function one(n) {\n  const a = [\n    wait(\n      n,\n    ) ?? 0,\n  ];\n  wait(\n    n,\n  ) ?? 0\n  if (a) {\n    return a;\n  }\n}\n";
    expect(
      await proposed(
        "javascript",
        text,
        "function one(n) {\n  return wait(n);\n}\n\nfunction wait(n) {\n  return n;\n}",
      ),
    ).toBe("function one(n) {\n  return wait(n);\n}\n\nfunction wait(n) {\n  return n;\n}\n");
    expect(await proposed("javascript", text, "wait(n) {\n  return n;\n}")).not.toContain(
      "wait(n) {",
    );
  });

  it("a condition is no declaration", async () => {
    const text =
      "package a\n\nfunc one(n int) int {\n\tif big(n) && n > 2 {\n\t\treturn 1\n\t}\n\treturn 0\n}\n";
    const big = "func big(n int) bool {\n\treturn n > 9\n}";
    expect(
      await proposed(
        "go",
        text,
        `${text.replace("return 0", "return 2").replace("package a\n\n", "")}\n${big}`,
      ),
    ).toBe(`${text.replace("return 0", "return 2")}\n${big}\n`);
  });

  it("a method that another class has may be a new one of this, so it is refused", async () => {
    const text =
      "class Base:\n    def read(self):\n        raise NotImplementedError\n\n\nclass File(Base):\n    def open(self):\n        return 1\n";
    const code =
      "def open(self):\n    return 2\n\ndef read(self):\n    self.open()\n    return self.data";
    expect(await proposed("python", text, code)).toContain("ambiguous");
  });

  it("a method of Go belongs to its type", async () => {
    const text =
      "package a\n\ntype A struct{}\n\nfunc (a A) Size() int {\n\treturn 1\n}\n\ntype B struct{}\n\nfunc (b B) Len() int {\n\treturn 2\n}\n";
    const code = "func (a A) Size() int {\n\treturn 1\n}\n\nfunc (a A) Len() int {\n\treturn 3\n}";
    expect(await proposed("go", text, code)).toBe(
      text.replace("\ntype B", "\nfunc (a A) Len() int {\n\treturn 3\n}\n\ntype B"),
    );
  });
});

describe("a body that the model wrapped", () => {
  it("in try goes one step deeper, and the head stays", async () => {
    const text =
      "class Api {\n  async post(path, body) {\n    const answer = await call(path, {\n      method: 'POST',\n      body: body\n    });\n    return answer.json();\n  }\n}\n";
    const code =
      "async post(path, body) {\n  try {\n    const answer = await call(path, {\n      method: 'POST',\n      body: body\n    });\n    return answer.json();\n  } catch (error) {\n    throw new Error(path);\n  }\n}";
    expect(await proposed("javascript", text, code)).toBe(
      "class Api {\n  async post(path, body) {\n    try {\n      const answer = await call(path, {\n        method: 'POST',\n        body: body\n      });\n      return answer.json();\n    } catch (error) {\n      throw new Error(path);\n    }\n  }\n}\n",
    );
  });

  it.each(["try:", "if path:", "with self.lock:"])("in Python with %s", async (wrapper) => {
    const text =
      "class Api:\n    def post(self, path):\n        answer = call(path)\n        note(answer)\n        return answer.json()\n";
    const rest = wrapper === "try:" ? "    except OSError:\n        return None\n" : "";
    const code = `def post(self, path):\n    ${wrapper}\n        answer = call(path)\n        note(answer)\n        return answer.json()\n${rest}`;
    const wanted = `class Api:\n    def post(self, path):\n        ${wrapper}\n            answer = call(path)\n            note(answer)\n            return answer.json()\n${rest.replace(/^(?=.)/gm, "    ")}`;
    expect(await proposed("python", text, code.trimEnd())).toBe(wanted);
  });
});

describe("a whole file whose nesting changed", () => {
  it("is the answer's text, not a mix", async () => {
    const block = (depth: string, name: string): string =>
      `${depth}test('${name}', () => {\n${depth}  expect(count(${name})).toBe(1)\n${depth}})`;
    const text = `describe('all', () => {\n  describe('first', () => {\n${block("    ", "x")}\n  })\n\n  describe('second', () => {\n${block("    ", "y")}\n  })\n})\n`;
    const code = `describe('all', () => {\n${block("  ", "x")}\n\n${block("  ", "y")}\n})`;
    expect(await proposed("javascript", text, code, true)).toBe(`${code}\n`);
  });
});

describe("imports of the answer", () => {
  it.each([
    [
      "javascript",
      "import { a } from 'm';",
      "import { a, b } from 'm';",
      "import { a, b } from 'm';",
    ],
    [
      "javascript",
      "import { a, c } from 'm';",
      'import { a, b } from "m"',
      "import { a, c, b } from 'm';",
    ],
    [
      "javascript",
      "import {\n  a,\n  c,\n} from 'm';",
      "import { a, b } from 'm';",
      "import {\n  a,\n  c,\n  b,\n} from 'm';",
    ],
    ["javascript", "import x from 'm';", "import x, { b } from 'm';", "import x, { b } from 'm';"],
    [
      "javascript",
      "const { a } = require('m');",
      "const { a, b } = require('m');",
      "const { a, b } = require('m');",
    ],
  ])("in %s extend %j with %j", async (language, own, theirs, wanted) => {
    const text = `${own}\n\nfunction one() {\n  return a();\n}\n\nfunction two() {\n  return c();\n}\n`;
    const code = `${theirs}\n\nfunction one() {\n  return a() + b();\n}`;
    expect(await proposed(language, text, code)).toBe(
      text.replace(own, wanted).replace("a();", "a() + b();"),
    );
  });

  it.each([
    ["from m import a", "from m import a, b", "from m import a, b"],
    ["from m import a, c", "from m import a, b", "from m import a, c, b"],
    [
      "from m import (\n    a,\n    c,\n)",
      "from m import a, b",
      "from m import (\n    a,\n    c,\n    b,\n)",
    ],
    ["import m", "import b", "import m\nimport b"],
  ])("in python extend %j with %j", async (own, theirs, wanted) => {
    const text = `${own}\n\n\ndef one():\n    return a()\n\n\ndef two():\n    return c()\n`;
    expect(await proposed("python", text, `${theirs}\n\n\ndef one():\n    return a() + b()`)).toBe(
      text.replace(own, wanted).replace("a()\n", "a() + b()\n"),
    );
  });

  it("in Go go into the file's group, if the new code uses them", async () => {
    const text =
      'package a\n\nimport (\n\t"errors"\n\t"sort"\n)\n\nfunc one() error {\n\treturn errors.New("a")\n}\n\nfunc two() {\n\tsort.Ints(nil)\n}\n';
    const code =
      'import (\n\t"errors"\n\t"fmt"\n\t"os"\n)\n\nfunc one() error {\n\treturn fmt.Errorf("a")\n}';
    expect(await proposed("go", text, code)).toBe(
      text
        .replace('\t"errors"\n', '\t"errors"\n\t"fmt"\n')
        .replace('errors.New("a")', 'fmt.Errorf("a")'),
    );
  });

  it("in Rust keep what both name", async () => {
    const text =
      "use std::collections::HashMap;\n\nfn one() -> usize {\n    1\n}\n\nfn two() -> HashMap<u8, u8> {\n    HashMap::new()\n}\n";
    const code =
      "use std::collections::{BTreeMap, HashMap};\n\nfn one() -> usize {\n    BTreeMap::<u8, u8>::new().len()\n}";
    expect(await proposed("rust", text, code)).toBe(
      text
        .replace("HashMap;", "{BTreeMap, HashMap};")
        .replace("    1\n", "    BTreeMap::<u8, u8>::new().len()\n"),
    );
  });
});

it("a blank line above a new comment below a changed line stays, and where nothing changed the file's layout does", async () => {
  const code =
    "class Counter {\n  add(n) {\n    this.sum += Number(n);\n\n    // for chains\n    return this;\n  }\n}";
  expect(await proposed("javascript", counter, code)).toBe(
    counter.replace("    this.sum += n;\n", "    this.sum += Number(n);\n\n    // for chains\n"),
  );
  expect(await proposed("javascript", counter, code.replace("Number(n)", "n"))).toBe(
    counter.replace("    return this;", "    // for chains\n    return this;"),
  );
});

describe("a small file without declarations", () => {
  it("is taken as a whole where its lines resemble the answer's", async () => {
    const one = sampleOf("plaintext", "name: a\nsize: 1\ncolor: red\nkind: b\nplace: c\n");
    const code = "name: a\nsize: 2\ncolor: blue\nkind: b\nplace: d";
    const plan = await planOf(one, `${one.path}\n${fence("", code)}`);
    expect(outcomeOf(plan)).toBe(`${code}\n`);
  });

  it.each([
    ["one\ntwo\nthree\n", "alpha\nbeta\nthree"],
    ["hello\n", "hello\nthere\nall"],
  ])("is not where they hardly do: %j", async (text, code) => {
    const one = sampleOf("plaintext", text);
    const plan = await planOf(one, `${one.path}\n${fence("", code)}`);
    expect(plan.kind).toBe("refusal");
  });

  it("but not where the answer leaves something out, or names no path", async () => {
    const one = sampleOf("plaintext", "one\ntwo\nthree\n");
    expect(await planOf(one, fence("", "alpha\nbeta\ngamma"))).toMatchObject({ kind: "refusal" });
    expect(await planOf(one, `${one.path}\n${fence("", "alpha\n...\ngamma")}`)).not.toMatchObject({
      kind: "plan",
    });
    expect(await planOf(one, `${one.path}\n${fence("", "alpha\nbeta")}`)).not.toMatchObject({
      kind: "plan",
    });
  });
});

describe("a function in another form than the file's is refused", () => {
  it("where the model writes a function for a method", async () => {
    const code = "function add(n) {\n  this.sum += 2 * n;\n  return this;\n}";
    expect(await proposed("javascript", counter, code)).toMatch(/^stale: /);
  });

  it("and where it writes a method for a function", async () => {
    const text = "function one(a) {\n  return a;\n}\n\nasync function two(a) {\n  return a;\n}\n";
    for (const code of ["one(a) {\n  return a + 1;\n}", "async two(a) {\n  return a + 1;\n}"])
      expect(await proposed("javascript", text, code)).toMatch(/^stale: /);
  });
});

it("a whole file changes its constants and names of types too, where a syntax tree knows them", async () => {
  const text =
    "export const table = {\n  one: 1,\n  two: 2,\n};\n\ntype Pair = {\n  left: number;\n};\n\nexport function use(name: string): number {\n  return table[name];\n}\n";
  const syntax = createSyntaxSource(installedGrammars());
  for (const [before, fresh] of [
    ["two: 2", "two: 3"],
    ["left: number", "left: string"],
    ["table[name]", "0"],
  ] as const) {
    const one = sampleOf("typescript", text);
    const plan = await planOf(
      one,
      `${one.path}\n${fence("typescript", text.replace(before, fresh).trimEnd())}`,
      {},
      { syntax },
    );
    expect(outcomeOf(plan)).toBe(text.replace(before, fresh));
  }
});

describe("a class given anew", () => {
  const text =
    "class Box {\n  static kind = 'box';\n  static size = 3;\n\n  open(list) {\n    const first = (item) => {\n      return item.name;\n    };\n    return list.map(first);\n  }\n\n  close() {\n    return 1;\n  }\n}\n";
  it("does not keep a local function that its new body has no more", async () => {
    const code =
      "class Box {\n  // ... existing code ...\n\n  open(list) {\n    return list.length;\n  }\n\n  // ... existing code ...\n}";
    expect(await proposed("javascript", text, code)).toBe(
      text.replace(/ {4}const first[\s\S]*map\(first\);\n/, "    return list.length;\n"),
    );
  });

  it("keeps fields of which it mentions none", async () => {
    const code =
      "class Box {\n  open(list) {\n    return list.length;\n  }\n\n  close() {\n    return 2;\n  }\n}";
    expect(await proposed("javascript", text, code)).toBe(
      text
        .replace(/ {4}const first[\s\S]*map\(first\);\n/, "    return list.length;\n")
        .replace("return 1", "return 2"),
    );
  });
});

describe("a class around a new method", () => {
  const head = "class Shelf:\n    # ... existing code ...\n\n";
  it("keeps its own docstring, which is not that of the new method", async () => {
    const text =
      'class Shelf:\n    """What stands there."""\n\n    def put(self, item):\n        self.items.append(item)\n';
    const fresh =
      '    def size(self):\n        """How much stands there."""\n        return len(self.items)';
    expect(await proposed("python", text, head + fresh)).toBe(`${text}\n${fresh}\n`);
  });

  it("has the method once, though the file opens the class twice", async () => {
    const impl = (name: string): string =>
      `impl Shelf {\n    fn ${name}(&self) -> usize {\n        self.${name}\n    }\n}\n`;
    const text = `${impl("room")}\n${impl("size")}`;
    const fresh = "    fn rest(&self) -> usize {\n        self.room - self.size\n    }";
    const outcome = await proposed(
      "rust",
      text,
      `impl Shelf {\n    // ... existing code ...\n\n${fresh}\n}`,
    );
    expect(outcome.split("fn rest").length - 1).toBeLessThan(2);
    expect(outcome).not.toBe("unchanged");
  });
});

it("a docstring takes the place of the docstring, though no word of it is the same", async () => {
  const text = 'def put(item):\n    """Adds."""\n    items.append(item)\n';
  const code = 'def put(item):\n    """Lays one thing upon another, and says nothing."""\n';
  expect(await proposed("python", text, code)).toBe(
    text.replace("Adds.", "Lays one thing upon another, and says nothing."),
  );
});

it("two rules of a style sheet in one fence each take the place of theirs", async () => {
  const text = ".a {\n  color: red;\n}\n\n.b {\n  color: blue;\n}\n\n.c {\n  color: green;\n}\n";
  const code = ".a {\n  color: pink;\n}\n\n.c {\n  color: gold;\n}";
  expect(await proposed("css", text, code)).toBe(
    text.replace("red", "pink").replace("green", "gold"),
  );
});

it("behind a modifier a word of the language is a name", async () => {
  const text =
    "object Text {\n    internal actual fun put(a: Int): Int {\n        return a\n    }\n\n    internal actual inline fun match(a: Int): Int {\n        return a + 1\n    }\n}\n";
  const code = "private fun rest(a: Int): Int {\n    return a - 1\n}";
  expect(
    outcomeOf(
      await planOf(
        sampleOf("kotlin", text),
        `Add this after \`match\`:\n\n${fence("kotlin", code)}`,
      ),
    ),
  ).toContain("fun rest");
});
