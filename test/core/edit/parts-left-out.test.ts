import { describe, expect, it } from "vitest";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { installedGrammars } from "../../syntax/place";
import { outcomeOf, planOf } from "./support/outcome";

const syntax = createSyntaxSource(installedGrammars());
const fence = (code: string): string => `\`\`\`\n${code}\n\`\`\`\n`;

async function proposed(path: string, language: string, text: string, answer: string) {
  const one = { language, path, text };
  return outcomeOf(await planOf(one, answer, {}, { syntax }));
}

const queue = `const { delay } = require("./delay");

class Queue {
  constructor(size) {
    this.size = size;
    this.jobs = [];
  }

  static from(jobs) {
    const queue = new Queue(1);
    for (const job of jobs) queue.jobs.push(job);
    return queue;
  }
}

module.exports.retry = function retry(job, times) {
  return job().catch((error) => {
    if (times <= 0) throw error;
    return retry(job, times - 1);
  });
};

exports.wait = async (ms) => {
  await delay(ms);
};
`;

const lines = `export function format(line: Line): string {
  return line.name;
}

export const isEmpty = (lines: Line[]): boolean => lines.length === 0;
`;

describe("a declaration by itself", () => {
  it("keeps what exports it", async () => {
    const code = "const isEmpty = (lines: Line[]): boolean => lines.every((line) => !line.name);";
    expect(await proposed("a.ts", "typescript", lines, fence(code))).toBe(
      lines.replace("lines.length === 0", "lines.every((line) => !line.name)"),
    );
  });

  it("keeps the name that it is given to", async () => {
    const code =
      "function retry(job, times) {\n  return job().catch((error) => {\n    if (times < 1) throw error;\n    return retry(job, times - 1);\n  });\n}";
    expect(await proposed("queue.js", "javascript", queue, fence(code))).toBe(
      queue.replace("times <= 0", "times < 1"),
    );
  });

  it("is no longer exported where nothing else changes", async () => {
    const code = "function format(line: Line): string {\n  return line.name;\n}";
    expect(await proposed("a.ts", "typescript", lines, fence(code))).toBe(
      lines.replace("export function", "function"),
    );
  });
});

describe("a body left out", () => {
  it("within its line stays", async () => {
    const code = "/**\n * Makes a queue of jobs.\n */\nstatic from(jobs) { ... }";
    expect(await proposed("queue.js", "javascript", queue, fence(code))).toBe(
      queue.replace("  static from", "  /**\n   * Makes a queue of jobs.\n   */\n  static from"),
    );
  });

  it("by a comment that names what is left out stays", async () => {
    const code =
      "class Queue {\n  constructor(size = 1) {\n    this.size = size;\n    // ...rest of the constructor\n  }\n}";
    expect(await proposed("queue.js", "javascript", queue, fence(code))).toBe(
      queue.replace("constructor(size)", "constructor(size = 1)"),
    );
  });

  it("by scissors stays", async () => {
    const text =
      "class A:\n    def f(self):\n        return 1\n\n    def g(self):\n        return 2\n";
    const code = "# --- snip ---\nclass A:\n    # --- snip ---\n    def g(self):\n        return 3";
    expect(await proposed("a.py", "python", text, fence(code))).toBe(
      text.replace("return 2", "return 3"),
    );
  });

  it("without a mark, with the value that the function gives at its end, is refused", async () => {
    const text =
      'def render(rows):\n    lines = []\n    for row in rows:\n        lines.append(row.name.ljust(20) + str(row.value))\n    if not lines:\n        return ""\n    return "\\n".join(lines)\n';
    const code =
      'def render(rows):\n    lines = list()\n    for row in sorted(rows):\n        lines.append(f"{row.name:<20}{row.value}")';
    expect(await proposed("a.py", "python", text, fence(code))).toMatch(/from the end of `render`/);
  });
});

it("an import in a fence of its own comes with the code that needs it", async () => {
  const code =
    "exports.wait = async (ms) => {\n  await delay(ms);\n  return performance.now();\n};";
  const answer = `${fence('const { performance } = require("perf_hooks");')}\n${fence(code)}`;
  expect(await proposed("queue.js", "javascript", queue, answer)).toBe(
    queue
      .replace('"./delay");\n', '"./delay");\nconst { performance } = require("perf_hooks");\n')
      .replace("  await delay(ms);\n", "  await delay(ms);\n  return performance.now();\n"),
  );
});

it("a field over several lines stays whole where the answer gives another member alone", async () => {
  const text =
    'class Book(Model):\n    title = Text()\n    author = Key(\n        Author,\n        name="books",\n    )\n    price = Number()\n\n    def __str__(self):\n        return self.title\n\n    def save(self):\n        self.title = self.title.strip()\n        super().save()\n';
  const code =
    'class Book(Model):\n    def save(self):\n        self.title = self.title.strip() or "-"\n        super().save()';
  expect(await proposed("a.py", "python", text, fence(code))).toBe(
    text.replace("strip()\n", 'strip() or "-"\n'),
  );
});

it("a new function that the sentence has a place for is no example, whatever its name", async () => {
  const text = "def main():\n    print(1)\n\n\nmain()\n";
  const answer = `Add this after \`main\`:\n\n${fence('def usage():\n    print("a FILE")')}`;
  expect(await proposed("a.py", "python", text, answer)).toBe(
    text.replace("print(1)\n", 'print(1)\n\n\ndef usage():\n    print("a FILE")\n'),
  );
});

it("behind a mark a line that gives a name a value is the one that did so", async () => {
  const text =
    "bool Ring::push(char c)\n{\n    if (full())\n        return false;\n    head_ = (head_ + 1) % data_.size();\n    return true;\n}\n";
  const code =
    "bool Ring::push(char c)\n{\n    // ...\n    head_ = next(head_);\n    return true;\n}";
  expect(await proposed("ring.cpp", "cpp", text, fence(code))).toBe(
    text.replace("(head_ + 1) % data_.size()", "next(head_)"),
  );
});

it("a stub goes where the answer has a body", async () => {
  const text = "class ParseError(Exception):\n    pass\n\n\ndef a():\n    return 1\n";
  const code =
    'class ParseError(Exception):\n    """What is wrong."""\n\n    def __init__(self, text):\n        super().__init__(text)';
  expect(await proposed("a.py", "python", text, fence(code))).toBe(
    text.replace("    pass\n", `${code.slice(code.indexOf("\n") + 1)}\n`),
  );
});

it("lines that go on with a head tell nothing of how deep a block is", async () => {
  const text =
    "namespace io {\n\nRing::Ring(int n) : data_(n), head_(0) {}\n\nint two()\n{\n    return 2;\n}\n\n}\n";
  const code = "Ring::Ring(int n)\n    : data_(n + 1),\n      head_(0)\n{\n}";
  expect(await proposed("ring.cpp", "cpp", text, fence(code))).toBe(
    text.replace("Ring::Ring(int n) : data_(n), head_(0) {}", code),
  );
});

it("of two parts in an element of the file none is dropped for want of a name", async () => {
  const text =
    "<script setup>\nimport { computed } from 'vue';\n\nfunction sort(a) {\n  by.value = a;\n}\n\nconst sorted = computed(() => {\n  return rows.sort();\n});\n</script>\n";
  const code =
    "<script setup>\n// ...\n\nfunction sort(a) {\n  by.value = a ?? null;\n}\n\nconst sorted = computed(() => {\n  return [...rows].sort();\n});\n</script>";
  expect(await proposed("a.vue", "vue", text, fence(code))).toBe(
    text.replace("= a;", "= a ?? null;").replace("rows.sort", "[...rows].sort"),
  );
});

it("parts that do not fit between the marks are refused where the file could not be read", async () => {
  const text =
    "def tokens(text):\n    for one in text:\n        if one:\n            yield 1\n        else:\n            yield one\n";
  const code = "def tokens(text):\n    ...\n        elif not one.isspace():\n            yield one";
  expect(await proposed("a.py", "python", text, fence(code))).toMatch(/^\w+: /);
});

it.each([
  [
    "a function",
    "a.js",
    "javascript",
    "function f(a) {\n  const b = a;\n  log(b);\n  return b;\n}\n\nfunction g() {}\n",
    "function f(a) {\n  // ... existing code ...\n  validate(a);\n  // ... existing code ...\n}",
  ],
  [
    "an element",
    "a.html",
    "html",
    '<ul>\n  <li>One</li>\n  <li>Two <input name="b"></li>\n  <li>Three</li>\n</ul>\n',
    '<ul>\n  <!-- ... -->\n  <li>Two\n    <select name="b">\n    </select>\n  </li>\n  <!-- ... -->\n</ul>',
  ],
])(
  "what is new between two marks of %s has no place in it",
  async (_what, path, language, text, code) => {
    expect(await proposed(path, language, text, fence(code))).toMatch(/^\w+: /);
  },
);
