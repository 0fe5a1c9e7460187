import { expect, test } from "vitest";
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

test.each([
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
])("an edit $name is no edit any more when it is taken", async ({ wanted, text, ...one }) => {
  const plan = await planned({ ...one, text });
  expect(plan.kind === "plan" ? plan.files[0]?.proposed : plan).toBe(wanted);
  expect((await planned({ ...one, text: wanted })).kind).toBe("unchanged");
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
