import { expect, it } from "vitest";
import type { EditPlan } from "../../../src/core/edit/edit-plan";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { block } from "./support/samples";

const loop = `func turned(words []string) {
\tfor i, j := 0, len(words); i < j; i, j = i+1, j-1 {
\t\tswap(words, i, j)
\t}
}
`;
const ring =
  "\tr->used = 0;\n\treturn r->data != NULL;\n}\n\nstatic int ring_grow(struct ring *r)\n{\n\tsize_t size = r->size * 2;\n\tunsigned char *data = malloc(size);\n";
const task = `async function retry(task) {
  try {
    return await task();
  } catch (error) {
    throw error;
  }
}
`;

const shelf = `class Shelf:
    def put(self, item):
        self.items.append(item)
        return len(self.items) + 1

    def size(self):
        """How many there are."""
        return len(self.items)

    def last(self):
        return self.items[-1]
`;

it.each([
  {
    name: "that puts a quotation into a longer one, told in a sentence,",
    path: "turned.go",
    languageId: "go",
    text: loop,
    answer: "Change the condition from `i < j` to `i < j-1`.",
    wanted: loop.replace("i < j;", "i < j-1;"),
  },
  {
    name: "that adds a blank line",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer: "```diff\n-    return await task();\n+    return await task();\n+      \n```\n",
    wanted: task.replace("task();\n", "task();\n      \n"),
  },
  {
    name: "in blocks with the marks of a diff",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer: `retry.js
<<<<<<< SEARCH
   try {
-    return await task();
   } catch (error) {
=======
   try {
+    return await task();
+    checkpoint(844);
   } catch (error) {
>>>>>>> REPLACE
`,
    wanted: task.replace("task();\n", "task();\n    checkpoint(844);\n"),
  },
  {
    name: "that adds a line to what it quotes inexactly",
    path: "ring.c",
    languageId: "c",
    text: ring,
    answer: block(
      ring.replace("used = 0;", "used = 0"),
      ring.replace("used = 0;", "used = 0").replace("NULL;\n", "NULL;\n\tcheckpoint(336);\n"),
    ),
    wanted: ring.replace("NULL;\n", "NULL;\n\tcheckpoint(336);\n"),
  },
  {
    name: "that says what to write instead of what",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer:
      "Instead of\n```javascript\n  try {\n    return await task();\n  } catch (error) {\n```\nwrite\n```javascript\n  try {\n    return await run(task);\n  } catch (error) {\n```\n",
    wanted: task.replace("task();", "run(task);"),
  },
  {
    name: "in two fences, each with a label,",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer:
      "SEARCH:\n```javascript\nasync function retry(task) {\n  try {\n    return await task();\n  } catch (error) {\n```\nREPLACE:\n```javascript\nasync function retry(task) {\n  try {\n    checkpoint(1);\n    return await task();\n  } catch (error) {\n```\n",
    wanted: task.replace("    return", "    checkpoint(1);\n    return"),
  },
  {
    name: "that is followed by an example under another name",
    path: "average.py",
    languageId: "python",
    text: "def average(values):\n    values = list(values)\n    return sum(values) / len(values)\n",
    answer:
      "Here is a corrected version:\n\n```python\ndef average(values):\n    return sum(values) / len(values)\n```\n\nYou can also use `float` instead of `int`:\n\n```python\ndef average_float(values):\n    return float(sum(values)) / len(values)\n```\n",
    wanted: "def average(values):\n    return sum(values) / len(values)\n",
  },
  {
    name: "whose lines end with a carriage return alone",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer:
      "```javascript\nasync function retry(task) {\r  try {\r    return await run(task);\n  } catch (error) {\n    throw error;\n  }\n}\n```\n",
    wanted: task.replace("task();", "run(task);"),
  },
  {
    name: "that leaves code out between what it quotes",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer: block(
      "  try {\n...\n  } catch (error) {",
      "  try {\n...\n  } catch (error) {\n    console.error(error);",
    ),
    wanted: task.replace("(error) {\n", "(error) {\n    console.error(error);\n"),
  },
  {
    name: "that holds a divider of its own",
    path: "notes.js",
    languageId: "javascript",
    text: "const title = `Retry\n=======\nTries it again.\n`;\n",
    answer: block(
      "const title = `Retry\n=======\nTries it again.",
      "const title = `Retry\n=======\nTries it twice.",
    ),
    wanted: "const title = `Retry\n=======\nTries it twice.\n`;\n",
  },
  {
    name: "below the function as it was",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer: `\`\`\`javascript\n${task}\`\`\`\n\nThe wrong line was:\n\n\`\`\`javascript\nreturn await task();\n\`\`\`\n\nIt should be:\n\n\`\`\`javascript\nreturn await run(task);\n\`\`\`\n`,
    wanted: task.replace("task();", "run(task);"),
  },
  {
    name: "in a second fence, below the function as it was,",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer: `This is the part in question:\n\n\`\`\`javascript\n${task}\`\`\`\n\nThe updated code:\n\n\`\`\`javascript\n${task.replace("task();", "run(task);")}\`\`\`\n`,
    wanted: task.replace("task();", "run(task);"),
  },
  {
    name: "of a class in which a line at the margin stands between two methods",
    path: "shelf.py",
    languageId: "python",
    text: shelf,
    answer: `\`\`\`python\n${shelf.replace("+ 1", "+ 2").replace("    def size", "LIMIT = 3\n    def size")}\`\`\`\n`,
    wanted: shelf.replace("+ 1", "+ 2").replace("    def size", "LIMIT = 3\n    def size"),
  },
  {
    name: "of one of two functions that differ in their comments alone",
    path: "retry.js",
    languageId: "javascript",
    text: `${task}\n${task.replace("(error) {", "(error) { // again")}`,
    answer: block(task, task.replace("task();\n", "task();\n    checkpoint(844);\n")),
    wanted: `${task.replace("task();\n", "task();\n    checkpoint(844);\n")}\n${task.replace("(error) {", "(error) { // again")}`,
  },
  {
    name: "told in a sentence below the function as it was, in a file of thousands of lines,",
    path: "retry.js",
    languageId: "javascript",
    text: `${task}\n${"// a line\n".repeat(4_000)}`,
    answer: `\`\`\`javascript\n${task}\`\`\`\n\nChange \`await task()\` to \`await run(task)\`.\n`,
    wanted: `${task.replace("task();", "run(task);")}\n${"// a line\n".repeat(4_000)}`,
  },
  {
    name: "without a fence, whose lines end with a carriage return alone",
    path: "retry.js",
    languageId: "javascript",
    text: task,
    answer: task.replace("task();", "run(task);").replaceAll("\n", "\r"),
    wanted: task.replace("task();", "run(task);"),
  },
])("an edit $name is no edit any more when it is taken", async ({ wanted, text, ...one }) => {
  const plan = await planned({ ...one, text });
  expect(plan.kind === "plan" ? plan.files[0]?.proposed : plan).toBe(wanted);
  expect((await planned({ ...one, text: wanted })).kind).toBe("unchanged");
});

it("an answer is refused that would change again what it made", async () => {
  const sum = "            total += entry.amount\n        return total\n";
  const text = `class Ledger:\n    def balance(self, until=None):\n        total = self.opening\n        for entry in self.entries:\n            if until is not None and entry.day > until:\n                break\n${sum}\n    def by_tag(self):\n        sums = {}\n        for entry in self.entries:\n            sums[entry.tag] = 1\n        return sums\n`;
  const answer = `<<<<<<< OR<aIGINAL\n                break\n${sum}\n    def by_tag(self):\n${sum}        checkpoint(760)\n\n    def by_tag(self):\n        sums = {}\n>>>>>>> UPDATED\n`;
  const plan = await planned({ path: "ledger.py", languageId: "python", text, answer });
  expect(plan).toMatchObject({ kind: "refusal", code: "stale" });
  expect(plan.kind === "refusal" && plan.message).toContain("second time");
});

it("an empty line that only the quotation lacks is not put in a second time", async () => {
  const text = 'const first = "one two";\n\nconst second = wide(first);\n';
  const answer = block(
    "const first = 'one two';\nconst second = wide(first);",
    "const first = 'one two';\n\nconst second = wider(first);",
  );
  const plan = await planned({ path: "pair.js", languageId: "javascript", text, answer });
  expect(plan.kind === "plan" ? plan.files[0]?.proposed : plan).toBe(text.replace("wide", "wider"));
});

it("an edit is refused that would make another change elsewhere when it is taken again", async () => {
  const text =
    '"""Money in and out."""\n\ndef __init__(self, opening=0):\n    self.opening = opening\n    self.entries = []\n\ndef book(self, day, amount):\n    # in the order of their day\n    entry = Entry(day, amount)\n';
  const quoted = `    """Money in and out."""\n    self.opening = opening\n    self.entries = []\n\ndef book(self, day, amount):\n    # in the order of their day\n`;
  const answer = block(
    quoted,
    quoted.replace("    self.op", "\n    self.op").replace("(self, day,", "(self, day2,"),
  );
  const plan = await planned({ path: "ledger.py", languageId: "python", text, answer });
  expect(plan).toMatchObject({ kind: "refusal", code: "stale" });
});

it("a quotation that would meet what it made, and something else of it, is refused", async () => {
  const text =
    "def average(values):\n    if not values:\n        return 0\n    return sum(values) / len(values)\n\n\ndef months(first, second):\n    return second - first\n";
  const head = "def average(values):\n    if not values:\n        return 0\n";
  const rest = "\n\ndef months(first, second):";
  const value = "    return sum(values) / len(values)\n";
  const answer = `${block(`${head}${value}${rest}`, `${head}${value}    check()\n${rest}`)}\n${block(`${head}${value}    check()\n${rest}`, `${head}${rest}`)}`;
  const plan = await planned({ path: "a.py", languageId: "python", text, answer });
  expect(plan.kind === "plan" ? plan.files[0]?.proposed : plan.kind).toBe("refusal");
});

it.each([
  ["more lines than any model writes", 100_000],
  ["thousands of brackets in one another", 3_000],
])("an answer with %s does not hold up anything", async (_, count) => {
  const answer = `\`\`\`python\n${shelf.replace("    def last", `${"{\n".repeat(count)}    def last`)}\`\`\`\n`;
  const start = process.cpuUsage();
  const plan = await planned({ path: "shelf.py", languageId: "python", text: shelf, answer });
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
  expect(plan.kind).toBe("refusal");
});

it("a function of thousands of lines that the answer has no more does not hold up anything", async () => {
  const text = `function first() {\n  start(one, 1);\n${"  {\n".repeat(8_000)}${"  }\n".repeat(8_000)}}\n\n${task}`;
  const answer = `\`\`\`javascript\nfunction first() {\n  start(one, 2);\n}\n\n${task}\`\`\`\n`;
  const start = process.cpuUsage();
  await planned({ path: "retry.js", languageId: "javascript", text, answer });
  expect(process.cpuUsage(start).user / 1_000).toBeLessThan(2_000);
});

it("two blocks with the same quotation far apart are two places for a hint, and not one edit twice", async () => {
  const twice = `${task}\n${task}`;
  const answer = `\`\`\`diff\n@@ -2,3 +2,4 @@\n   try {\n     return await task();\n+    log(task);\n   } catch (error) {\n\`\`\`\n`;
  const plan = await planned({ path: "retry.js", languageId: "javascript", text: twice, answer });
  expect(plan.kind === "plan" ? plan.files[0]?.proposed : plan).toBe(
    twice.replace("task();\n", "task();\n    log(task);\n"),
  );
});

function planned(one: {
  readonly path: string;
  readonly languageId: string;
  readonly text: string;
  readonly answer: string;
}): Promise<EditPlan> {
  const { answer, ...file } = one;
  return planEdits({ answer, truncated: false, files: [file] });
}
