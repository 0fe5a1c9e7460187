import { expect, it } from "vitest";
import type { EditPlan } from "../../../src/core/edit/edit-plan";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { createSyntaxSource } from "../../../src/syntax/syntax-source";
import { installedGrammars } from "../../syntax/place";

const python = `import math


def bitcount(n):
    """Count the ones in n."""
    count = 0
    # clear one bit a round
    while n:
        n ^= n - 1  # the lowest
        count += 1
    return count


class Stack:
    def __init__(self):
        self.items = []

    def push(self, item):
        self.items.append(item)

    def pop(self):
        return self.items.pop(0)
`;
const fixed = python.replace("n ^= n - 1", "n &= n - 1");

async function plan(
  answer: string,
  text = python,
  options: { languageId?: string; path?: string; truncated?: boolean; line?: number } = {},
): Promise<EditPlan> {
  const { languageId = "python", path = "src/bits.py", truncated = false, line } = options;
  const targetRange =
    line === undefined ? undefined : { start: { line, character: 0 }, end: { line, character: 1 } };
  return planEdits({
    answer,
    truncated,
    files: [{ path, languageId, text, ...(targetRange ? { targetRange } : {}) }],
  });
}

async function proposed(
  answer: string,
  text = python,
  options: Parameters<typeof plan>[2] = {},
): Promise<string> {
  const result = await plan(answer, text, options);
  return result.kind === "plan" ? (result.files[0]?.proposed ?? "") : JSON.stringify(result);
}

const block = (search: string, replace: string): string =>
  `<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n`;

it("of a marked edit that breaks the syntax and the whole function beside it, the one that parses is taken", async () => {
  const syntax = createSyntaxSource(installedGrammars());
  const marked = block(
    "    while n:\n        n ^= n - 1  # the lowest",
    "    while n\n        n &= n - 1  # the lowest",
  );
  const whole = fixed.slice(fixed.indexOf("def bitcount"), fixed.indexOf("class Stack")).trim();
  const files = [{ path: "src/bits.py", languageId: "python", text: python }];
  const plan = await planEdits({
    answer: `${marked}\nIn full:\n\`\`\`python\n${whole}\n\`\`\`\n`,
    truncated: false,
    files,
    syntax,
  });
  expect(plan).toMatchObject({ kind: "plan", files: [{ proposed: fixed, syntax: "clean" }] });
  const alone = await planEdits({ answer: marked, truncated: false, files, syntax });
  expect(alone).toMatchObject({ kind: "plan", files: [{ syntax: "broken" }] });
});

it("a quoted line lands where it stands, and nothing else moves", async () => {
  expect(
    await proposed(
      `Here it is:\n\n${block("        n ^= n - 1  # the lowest", "        n &= n - 1  # the lowest")}`,
    ),
  ).toBe(fixed);
});

it("lost indentation and a forgotten comment stay as the file has them", async () => {
  expect(
    await proposed(block("while n:\nn ^= n - 1\ncount += 1", "while n:\nn &= n - 1\ncount += 1")),
  ).toBe(fixed);
});

it("a whole function without its docstring and comments changes only what the model changed", async () => {
  const answer =
    "The bug is the operator.\n\n```python\ndef bitcount(n):\n    count = 0\n    while n:\n        n &= n - 1\n        count += 1\n    return count\n\n# Example\nprint(bitcount(6))  # 2\n```\n\nNow it works.";
  expect(await proposed(answer)).toBe(fixed);
});

it("a method without its class and its indentation goes back into its class", async () => {
  const answer = "```python\ndef pop(self):\n    return self.items.pop()\n```";
  expect(await proposed(answer)).toBe(python.replace("pop(0)", "pop()"));
});

it("a class with one of its methods keeps the others", async () => {
  const answer =
    "```python\nclass Stack:\n    def pop(self):\n        return self.items.pop()\n```";
  expect(await proposed(answer)).toBe(python.replace("pop(0)", "pop()"));
});

it("the whole file changes only where the model changed it", async () => {
  const answer = `\`\`\`python\n${fixed.replace("    # clear one bit a round\n", "").replace('    """Count the ones in n."""\n', "")}\`\`\``;
  expect(await proposed(answer)).toBe(fixed);
});

it("an import that the new code needs goes with the imports", async () => {
  const answer =
    "```python\nfrom functools import reduce\n\ndef bitcount(n):\n    count = reduce(max, [0])\n    while n:\n        n &= n - 1\n        count += 1\n    return count\n```";
  expect(await proposed(answer)).toBe(
    fixed
      .replace("import math\n", "import math\nfrom functools import reduce\n")
      .replace("count = 0", "count = reduce(max, [0])"),
  );
});

it("the same code given back is no change", async () => {
  expect(
    await plan(
      "```python\ndef bitcount(n):\n    count = 0\n    while n:\n        n ^= n - 1\n        count += 1\n    return count\n```",
    ),
  ).toMatchObject({ kind: "unchanged" });
  expect(await plan(block("    count = 0", "    count = 0"))).toMatchObject({ kind: "unchanged" });
});

it("the same code given back is no change either where other files may be changed", async () => {
  const [asked, other] = ["def one():\n    return 1\n", "def two():\n    return 2\n"];
  const files = [asked, other].map((text, at) => ({
    path: `${at}.py`,
    languageId: "python",
    text,
  }));
  for (const text of [asked, other])
    expect(
      await planEdits({ answer: `\`\`\`python\n${text}\`\`\``, truncated: false, files }),
    ).toMatchObject({ kind: "unchanged" });
});

it("tags that a model invented are read", async () => {
  const answer =
    "<replace>the wrong line: n ^= n - 1</replace>\n<replace>the right line: n = n & (n - 1)</replace>";
  expect(await proposed(answer)).toBe(python.replace("n ^= n - 1", "n = n & (n - 1)"));
});

it("two bare fences are before and after", async () => {
  const answer =
    "The wrong line is:\n```python\nn ^= n - 1\n```\nIt should be:\n```python\nn &= n - 1\n```\n";
  expect(await proposed(answer)).toBe(fixed);
});

it("code that is in the file twice is refused with both places, unless the person asked about one", async () => {
  const text = "def a():\n    return 1\n\n\ndef b():\n    return 1\n";
  const answer = block("    return 1", "    return 2");
  expect(await plan(answer, text)).toMatchObject({
    kind: "refusal",
    code: "ambiguous",
    candidates: [
      { startLine: 2, endLine: 2 },
      { startLine: 6, endLine: 6 },
    ],
  });
  expect(await proposed(answer, text, { line: 5 })).toBe(
    "def a():\n    return 1\n\n\ndef b():\n    return 2\n",
  );
});

it("code that is not in the file is refused", async () => {
  expect(await plan(block("    total = sum(xs)\n    return total", "    return 0"))).toMatchObject({
    kind: "refusal",
    code: "noMatch",
  });
});

it("a file that the model was not given is refused by name", async () => {
  expect(await plan(`other.py\n${block("count = 0", "count = 1")}`)).toMatchObject({
    kind: "refusal",
    code: "path",
  });
});

it("an edit that was cut off is not used", async () => {
  expect(
    await plan("```python\ndef bitcount(n):\n    count = 0\n", python, { truncated: true }),
  ).toMatchObject({
    kind: "refusal",
    code: "truncated",
  });
  expect(
    await plan("<<<<<<< SEARCH\n    count = 0\n=======\n    count", python, { truncated: true }),
  ).toMatchObject({
    kind: "refusal",
    code: "truncated",
  });
});

it("an explanation without code is no edit", async () => {
  expect(await plan("This function counts bits by clearing the lowest one.")).toMatchObject({
    kind: "refusal",
    code: "noEdit",
  });
  expect(await plan("You call it so:\n```python\nprint(bitcount(5))\n```\n")).toMatchObject({
    kind: "refusal",
    code: "noEdit",
  });
});

it("line ends, byte-order mark, tabs and a missing final newline survive", async () => {
  const text = `\uFEFF${python.replace(/ {4}/g, "\t").replaceAll("\n", "\r\n").trimEnd()}`;
  const wanted = text.replace("n ^= n - 1", "n &= n - 1");
  expect(await proposed(block("        n ^= n - 1", "        n &= n - 1"), text)).toBe(wanted);
  expect(
    await proposed(
      "```python\ndef bitcount(n):\n    count = 0\n    while n:\n        n &= n - 1\n        count += 1\n    return count\n```",
      text,
    ),
  ).toBe(wanted);
});

it("reasoning that strayed into the answer holds no edits", async () => {
  const draft = block("    count = 0", "    count = 7");
  expect(await proposed(`<think>\n${draft}</think>\n${block("n ^= n - 1", "n &= n - 1")}`)).toBe(
    fixed,
  );
  expect(await proposed(`${draft}\n</think>\n${block("n ^= n - 1", "n &= n - 1")}`)).toBe(fixed);
});

it("a unified diff, a patch and JSON are read too", async () => {
  expect(
    await proposed(
      "```diff\n--- a/src/bits.py\n+++ b/src/bits.py\n@@ -5,5 +5,5 @@\n     while n:\n-        n ^= n - 1\n+        n &= n - 1\n         count += 1\n```",
    ),
  ).toBe(fixed);
  expect(
    await proposed(
      "*** Begin Patch\n*** Update File: src/bits.py\n@@ def bitcount(n):\n     while n:\n-        n ^= n - 1\n+        n &= n - 1\n*** End Patch",
    ),
  ).toBe(fixed);
  expect(
    await proposed(
      '```json\n{"path": "src/bits.py", "old_string": "n ^= n - 1", "new_string": "n &= n - 1"}\n```',
    ),
  ).toBe(fixed);
});
