import { describe, expect, it } from "vitest";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { outcomeOf, planOf } from "./support/outcome";
import { mended, type Sample, samples } from "./support/samples";

const fence = (one: Sample, code: string): string => `\`\`\`${one.language}\n${code}\n\`\`\`\n`;
const [py, ts, go, rust, java, c] = samples as unknown as readonly [
  Sample,
  Sample,
  Sample,
  Sample,
  Sample,
  Sample,
];

/** A function whose wrong line is mended, with what stands around that line left out. */
const shortened: Readonly<Record<string, [Sample, string]>> = {
  "a method in Python with dots": [
    py,
    '    def take(self, name, count=1):\n        ...\n        if have < count:\n            raise ValueError("not enough " + name)\n        ...',
  ],
  "a method in Python with comments": [
    py,
    'def take(self, name, count=1):\n    # ... existing code ...\n    if have < count:\n        raise ValueError("not enough " + name)\n    # ... rest of the method ...',
  ],
  "a class in Python with the other methods left out": [
    py,
    'class Stock:\n    # ... other methods ...\n\n    def take(self, name, count=1):\n        have = self.items.get(name, 0)\n        if have < count:\n            raise ValueError("not enough " + name)\n        self.items[name] = have - count\n        return self.items[name]',
  ],
  "a file in Python with the rest left out": [
    py,
    'import math\n\n# ... existing code ...\n\n    def take(self, name, count=1):\n        have = self.items.get(name, 0)\n        # never below nothing\n        if have < count:\n            raise ValueError("not enough " + name)\n        self.items[name] = have - count\n        return self.items[name]\n\n# ... existing code ...',
  ],
  "a function in TypeScript with comments": [
    ts,
    "export function move(from: Account, to: Account, amount: number): boolean {\n  // ... existing code ...\n  if (from.balance < total) {\n    return false;\n  }\n  // ... existing code ...\n}",
  ],
  "a file in TypeScript with the rest left out": [
    ts,
    '// ... existing imports ...\n\n/** Moves money from one account to another. */\nexport function move(from: Account, to: Account, amount: number): boolean {\n  if (amount <= 0) return false;\n  // the fee is taken on top\n  const total = amount + feeFor(amount, "basic");\n  if (from.balance < total) {\n    return false;\n  }\n  from.balance -= total;\n  to.balance += amount;\n  return true;\n}\n\n// ... rest of the file ...',
  ],
  "a method in Go with comments": [
    go,
    'func (s *Shelf) Take(name string, count int) error {\n\t// ... existing code ...\n\tif have < count {\n\t\treturn errors.New("not enough " + name)\n\t}\n\t// ... existing code ...\n}',
  ],
  "a method in Go between dots": [
    go,
    '...\nfunc (s *Shelf) Take(name string, count int) error {\n\thave := s.boxes[name]\n\tif have < count {\n\t\treturn errors.New("not enough " + name)\n\t}\n\ts.boxes[name] = have - count\n\treturn nil\n}\n...',
  ],
  "an impl in Rust with its other functions left out": [
    rust,
    'impl Counter {\n    // ... existing methods ...\n\n    pub fn at_least(&self, least: usize) -> Vec<&str> {\n        let mut found = Vec::new();\n        for (word, count) in &self.words {\n            if *count >= least && word != "the" {\n                found.push(word.as_str());\n            }\n        }\n        found.sort();\n        found\n    }\n}',
  ],
  "a function in Rust with comments": [
    rust,
    '    pub fn at_least(&self, least: usize) -> Vec<&str> {\n        // ... unchanged ...\n            if *count >= least && word != "the" {\n                found.push(word.as_str());\n            }\n        // ... rest unchanged ...\n    }',
  ],
  "a class in Java with the rest left out": [
    java,
    'public class Bounded<T> {\n    // ... existing code ...\n\n    public boolean offer(T item) {\n        int size = items.size();\n        // full is full\n        if (size >= limit) {\n            throw new IllegalStateException("full at " + size);\n        }\n        items.add(item);\n        return true;\n    }\n\n    // ... existing code ...\n}',
  ],
  "a method in Java with comments": [
    java,
    "    public boolean offer(T item) {\n        int size = items.size();\n        if (size >= limit) {\n            // ... same as before\n        }\n        // ...\n    }",
  ],
  "a function in C with comments": [
    c,
    "int keep(const char *word)\n{\n    size_t length = strlen(word);\n    /* ... */\n    if (length == 0 || used >= MAX_WORDS) {\n        /* ... existing code ... */\n    }\n    /* ... rest of the function ... */\n}",
  ],
};

describe("code that the model left out is never deleted", () => {
  it.each(Object.entries(shortened))("%s", async (_, [one, code]) => {
    expect(outcomeOf(await planOf(one, fence(one, code)))).toBe(mended(one));
    expect(
      outcomeOf(
        await planOf(one, `Here is the corrected version of ${one.path}:\n\n${fence(one, code)}`),
      ),
    ).toBe(mended(one));
  });
});

const wholes: Readonly<Record<string, [Sample, string]>> = {
  "a function alone": [
    py,
    'def take(self, name, count=1):\n    have = self.items.get(name, 0)\n    if have < count:\n        raise ValueError("not enough " + name)\n    self.items[name] = have - count\n    return self.items[name]',
  ],
  "a class around it": [
    java,
    'public class Bounded<T> {\n    private final List<T> items = new ArrayList<>();\n    private final int limit;\n\n    public boolean offer(T item) {\n        int size = items.size();\n        if (size >= limit) {\n            throw new IllegalStateException("full at " + size);\n        }\n        items.add(item);\n        return true;\n    }\n}',
  ],
  "a function with a tab for each step": [
    ts,
    "export function move(from: Account, to: Account, amount: number): boolean {\n\tif (amount <= 0) return false;\n\tconst total = amount + feeFor(amount, 'basic')\n\tif (from.balance < total) {\n\t\treturn false\n\t}\n\tfrom.balance -= total\n\tto.balance += amount\n\treturn true\n}",
  ],
  "a function with its brace on the same line": [
    c,
    'int keep(const char *word) {\n    size_t length = strlen(word);\n    if (length == 0 || used >= MAX_WORDS) {\n        fprintf(stderr, "dropped %s\\n", word);\n        return -1;\n    }\n    words[used++] = word;\n    return used;\n}',
  ],
  "a method with spaces for tabs": [
    go,
    'func (s *Shelf) Take(name string, count int) error {\n    have := s.boxes[name]\n    if have < count {\n        return errors.New("not enough " + name)\n    }\n    s.boxes[name] = have - count\n    return nil\n}',
  ],
};

describe("a whole function or class changes only what the model changed", () => {
  it.each(Object.entries(wholes))("%s", async (_, [one, code]) => {
    expect(outcomeOf(await planOf(one, fence(one, code)))).toBe(mended(one));
  });

  it("a function that the file does not have is no edit of another one", async () => {
    const plan = await planOf(
      py,
      fence(py, "def refill(self):\n    for name in self.items:\n        self.add(name)"),
    );
    expect(plan).toMatchObject({ kind: "refusal" });
  });

  it("a function that is there twice goes where the person asked, or is refused", async () => {
    const text =
      "class A:\n    def size(self):\n        return 1\n\n\nclass B:\n    def size(self):\n        return 1\n";
    const answer = fence(py, "def size(self):\n    return 2");
    expect(await planOf(py, answer, { text })).toMatchObject({
      kind: "refusal",
      code: "ambiguous",
    });
    const asked = { start: { line: 6, character: 0 }, end: { line: 7, character: 5 } };
    expect(outcomeOf(await planOf(py, answer, { text, targetRange: asked }))).toBe(
      text.replace(/return 1\n$/, "return 2\n"),
    );
    expect(
      outcomeOf(
        await planOf(py, fence(py, "class B:\n    def size(self):\n        return 2"), { text }),
      ),
    ).toBe(text.replace(/return 1\n$/, "return 2\n"));
  });
});

describe("a whole file in Python keeps what stands around its docstrings and heads", () => {
  const text = `# Copyright of somebody
"""What the module does."""

import os


class Store:

    """What the class does."""


    def open(self, path, mode="r",
             encoding=None):
        # type: (str, str, str) -> None
        """Opens a file."""
        return os.open(path)

    def close(
        self,
    ):
        return None
`;
  it("and changes only the one line", async () => {
    const wanted = text.replace("return None\n", "return True\n");
    expect(
      outcomeOf(await planOf(py, `shop/stock.py\n${fence(py, wanted.trimEnd())}`, { text })),
    ).toBe(wanted);
  });

  it("and heads that were copied from a list of them are no code", async () => {
    const answer = fence(
      py,
      'class Store\n\n    @cached\n    def open(self, path, mode="r",\n             encoding=None)\n\n    def close(\n        self,\n    ):\n        return True',
    );
    const plan = outcomeOf(await planOf(py, answer, { text }));
    expect(plan).not.toContain("class Store\n");
    const mention = fence(
      py,
      'class Stock\n\n    def take(self, name, count=1):\n        have = self.items.get(name, 0)\n        if have < count:\n            raise ValueError("not enough " + name)\n        self.items[name] = have - count\n        return self.items[name]\n\n    def add(self, name, count=1)\n',
    );
    expect(outcomeOf(await planOf(py, mention))).toBe(mended(py));
  });
});

it("lines between two known ones are placed though the answer begins and ends with dots", async () => {
  const text =
    "import a from 'm';\n\nexport const settings = {\n  port: 80,\n};\n\napp.use(one);\napp.use(two);\napp.listen(80);\n";
  const shown = "app.use(one);\napp.use(three);\napp.use(two);\napp.listen(80);";
  const answer = `a.ts\n\`\`\`ts\n// ... existing code ...\n${shown}\n// ... existing code ...\n\`\`\`\n`;
  const plan = await planEdits({
    answer,
    truncated: false,
    files: [{ path: "a.ts", languageId: "typescript", text }],
  });
  expect(outcomeOf(plan)).toBe(text.replace("app.use(two);", "app.use(three);\napp.use(two);"));
});
