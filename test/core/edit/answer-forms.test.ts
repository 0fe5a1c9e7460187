import { describe, expect, it } from "vitest";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import { block, mended, type Sample, samples } from "./support/samples";

const wrong = (one: Sample): string => one.search[one.changed] ?? "";
const right = (one: Sample): string => one.replace[one.changed] ?? "";
const s = (one: Sample): string => one.search.join("\n");
const r = (one: Sample): string => one.replace.join("\n");
const signed = (one: Sample, blank = " "): string =>
  one.search
    .flatMap((line, at) =>
      at === one.changed ? [`-${line}`, `+${one.replace[at]}`] : [blank + line],
    )
    .join("\n");
const json = (value: unknown): string => JSON.stringify(value, null, 2);

/** The same edit, in every form that models write edits in. */
const forms: Readonly<Record<string, (one: Sample) => string>> = {
  "a block": (one) => block(s(one), r(one)),
  "a block in a fence": (one) => `\`\`\`${one.language}\n${block(s(one), r(one))}\`\`\``,
  "a block below a path": (one) => `${one.path}\n${block(s(one), r(one))}`,
  "a path two lines above the fence": (one) =>
    `${one.path}\n\n\`\`\`\n${block(s(one), r(one))}\`\`\``,
  "a path on the fence's first line": (one) =>
    `\`\`\`\n${one.path}\n${block(s(one), r(one))}\`\`\``,
  "a path in the fence's info": (one) =>
    `\`\`\`${one.language} ${one.path}\n${block(s(one), r(one))}\`\`\``,
  "a bold path": (one) => `**${one.path}**\n\n${block(s(one), r(one))}`,
  "a path in backticks with a colon": (one) => `\`${one.path}\`:\n${block(s(one), r(one))}`,
  "a path as a heading": (one) => `### ${one.path}\n${block(s(one), r(one))}`,
  "a numbered heading with the path in backticks": (one) =>
    `1. \`${one.path}\`\n${block(s(one), r(one))}`,
  "a label in front of the path": (one) => `File: ${one.path}\n${block(s(one), r(one))}`,
  "a path from a diff": (one) => `a/${one.path}\n${block(s(one), r(one))}`,
  "a path with a dot in front": (one) => `./${one.path}\n${block(s(one), r(one))}`,
  "a path with backslashes": (one) => `${one.path.replace(/\//g, "\\")}\n${block(s(one), r(one))}`,
  "five signs a mark": (one) => `<<<<< SEARCH\n${s(one)}\n=====\n${r(one)}\n>>>>> REPLACE`,
  "nine signs a mark": (one) =>
    `<<<<<<<<< SEARCH\n${s(one)}\n=========\n${r(one)}\n>>>>>>>>> REPLACE`,
  "marks of different lengths": (one) =>
    `<<<<<< SEARCH\n${s(one)}\n========\n${r(one)}\n>>>>>> REPLACE`,
  "marks in lower case": (one) => `<<<<<<< search\n${s(one)}\n=======\n${r(one)}\n>>>>>>> replace`,
  "indented marks": (one) =>
    `   <<<<<<< SEARCH\n${s(one)}\n   =======\n${r(one)}\n   >>>>>>> REPLACE`,
  "marks without a space": (one) => `<<<<<<<SEARCH\n${s(one)}\n=======\n${r(one)}\n>>>>>>>REPLACE`,
  "marks with a colon": (one) => `<<<<<<< SEARCH:\n${s(one)}\n=======\n${r(one)}\n>>>>>>> REPLACE:`,
  "marks with signs behind": (one) =>
    `<<<<<<< SEARCH >>>>>>>\n${s(one)}\n=======\n${r(one)}\n>>>>>>> REPLACE <<<<<<<`,
  "the marks of a merge conflict": (one) =>
    `<<<<<<< HEAD\n${s(one)}\n=======\n${r(one)}\n>>>>>>> feature/fix`,
  "ORIGINAL and UPDATED": (one) =>
    `<<<<<<< ORIGINAL\n${s(one)}\n=======\n${r(one)}\n>>>>>>> UPDATED`,
  "OLD and NEW": (one) => `<<<<<<< OLD\n${s(one)}\n=======\n${r(one)}\n>>>>>>> NEW`,
  "dashes and pluses": (one) => `------- SEARCH\n${s(one)}\n=======\n${r(one)}\n+++++++ REPLACE`,
  "short dashes and pluses": (one) => `--- SEARCH\n${s(one)}\n===\n${r(one)}\n+++ REPLACE`,
  "a line number below the mark": (one) =>
    `<<<<<<< SEARCH\n:start_line:16\n-------\n${s(one)}\n=======\n${r(one)}\n>>>>>>> REPLACE`,
  "a first and a last line number below the mark": (one) =>
    `<<<<<<< SEARCH\n:start_line:16\n:end_line:21\n-------\n${s(one)}\n=======\n${r(one)}\n>>>>>>> REPLACE`,
  "dashes as divider": (one) => `<<<<<<< SEARCH\n${s(one)}\n-------\n${r(one)}\n>>>>>>> REPLACE`,
  "a REPLACE mark as divider": (one) =>
    `<<<<<<< SEARCH\n${s(one)}\n<<<<<<< REPLACE\n${r(one)}\n>>>>>>> REPLACE`,
  "a closed SEARCH and an opened REPLACE": (one) =>
    `<<<<<<< SEARCH\n${s(one)}\n>>>>>>> SEARCH\n<<<<<<< REPLACE\n${r(one)}\n>>>>>>> REPLACE`,
  "a divider that names what comes": (one) =>
    `<<<<<<< SEARCH\n${s(one)}\n======= REPLACE\n${r(one)}\n>>>>>>> REPLACE`,
  "text behind the block": (one) =>
    `${block(s(one), r(one))}\nThis makes the limit inclusive, as the name says.`,
  "a second divider as the end": (one) =>
    `<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n=======\n`,
  "a second divider above the end": (one) =>
    `<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n=======\n>>>>>>> REPLACE`,
  "a second divider as the end, in a fence": (one) =>
    `\`\`\`\n<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n=======\n\`\`\``,
  "a path alone in a fence above": (one) =>
    `\`\`\`\n${one.path}\n\`\`\`\n\`\`\`\n${block(s(one), r(one))}\`\`\``,
  "a path and a fence in each half": (one) => {
    const wrapped = (half: string): string => `${one.path}\n\`\`\`${one.language}\n${half}\n\`\`\``;
    return `<<<<<<< SEARCH\n${wrapped(s(one))}\n=======\n${wrapped(r(one))}\n>>>>>>> REPLACE`;
  },
  "a line number in brackets below the mark": (one) =>
    `<<<<<<< SEARCH\n:start_line: [16]\n-------\n${s(one)}\n=======\n${r(one)}\n>>>>>>> REPLACE`,
  "no end but the fence's": (one) =>
    `\`\`\`\n<<<<<<< SEARCH\n${s(one)}\n=======\n${r(one)}\n\`\`\`\nThat is all.`,
  "a fence in each half": (one) =>
    `<<<<<<< SEARCH\n\`\`\`${one.language}\n${s(one)}\n\`\`\`\n=======\n\`\`\`${one.language}\n${r(one)}\n\`\`\`\n>>>>>>> REPLACE`,
  "a fence around fences": (one) =>
    `\`\`\`\`markdown\n\`\`\`${one.language}\n${block(s(one), r(one))}\`\`\`\n\`\`\`\``,
  "the block twice": (one) => block(s(one), r(one)).repeat(2),
  "reasoning in front, with a draft": (one) =>
    `<think>\nMaybe\n${block(s(one), "")}\n</think>\n${block(s(one), r(one))}`,
  "the end of reasoning alone": (one) =>
    `so I try\n${block(s(one), "")}\n</think>\n\n${block(s(one), r(one))}`,
  "a unified diff": (one) =>
    `\`\`\`diff\n--- a/${one.path}\n+++ b/${one.path}\n@@ -1,6 +1,6 @@\n${signed(one)}\n\`\`\``,
  "a unified diff with wrong counts": (one) =>
    `\`\`\`diff\n--- ${one.path}\n+++ ${one.path}\n@@ -400,2 +411,90 @@\n${signed(one)}\n\`\`\``,
  "a unified diff without numbers": (one) =>
    `\`\`\`diff\n--- ${one.path}\n+++ ${one.path}\n@@ ... @@\n${signed(one)}\n\`\`\``,
  "a unified diff without any header": (one) => `\`\`\`diff\n${signed(one)}\n\`\`\``,
  "a diff without the blank before unchanged lines": (one) =>
    `\`\`\`diff\n@@ @@\n${signed(one, "")}\n\`\`\``,
  "a diff from version control": (one) =>
    `\`\`\`diff\ndiff --git a/${one.path} b/${one.path}\nindex 83db48f..bf2a1c0 100644\n--- a/${one.path}\n+++ b/${one.path}\n@@ -16,6 +16,6 @@ class Stock:\n${signed(one)}\n\`\`\``,
  "a diff without a fence": (one) =>
    `Here is the diff:\n\n--- a/${one.path}\n+++ b/${one.path}\n@@ -16,6 +16,6 @@\n${signed(one)}\n\nThat is all.`,
  "a diff of the one line": (one) => `\`\`\`diff\n-${wrong(one)}\n+${right(one)}\n\`\`\``,
  "a patch": (one) =>
    `*** Begin Patch\n*** Update File: ${one.path}\n@@\n${signed(one)}\n*** End Patch`,
  "a patch in a fence": (one) =>
    `\`\`\`\n*** Begin Patch\n*** Update File: ${one.path}\n@@\n${signed(one)}\n*** End Patch\n\`\`\``,
  "a patch without a beginning": (one) => `*** Update File: ${one.path}\n@@\n${signed(one)}\n`,
  "a patch with a heading line": (one) =>
    `*** Begin Patch\n*** Update File: ${one.path}\n@@ ${one.text.split("\n")[1]}\n${signed(one)}\n*** End Patch`,
  "a patch without an end, below an unchanged line": (one) => {
    const { comment, changed } = one;
    const upTo = one.search.slice(0, Math.max(comment, changed) + 2);
    const lines = upTo.flatMap((line, at) =>
      at === changed ? [`-${line}`, `+${one.replace[at]}`] : [` ${line}`],
    );
    return `*** Begin Patch\n*** Update File: ${one.path}\n@@\n${lines.join("\n")}\n`;
  },
  "a patch in a shell command": (one) =>
    `\`\`\`bash\napply_patch <<'EOF'\n*** Begin Patch\n*** Update File: ${one.path}\n@@\n${signed(one)}\n*** End Patch\nEOF\n\`\`\``,
  "JSON with old and new": (one) =>
    `\`\`\`json\n${json({ path: one.path, old_string: s(one), new_string: r(one) })}\n\`\`\``,
  "JSON with search and replace": (one) =>
    `\`\`\`json\n${json([{ file: one.path, search: s(one), replace: r(one) }])}\n\`\`\``,
  "JSON with a list of edits": (one) =>
    `\`\`\`json\n${json({ edits: [{ filePath: one.path, oldText: s(one), newText: r(one) }] })}\n\`\`\``,
  "JSON without a fence": (one) =>
    json({ file_path: one.path, old_string: s(one), new_string: r(one) }),
  "JSON as a tool's call": (one) =>
    json({ name: "replace", arguments: { path: one.path, old_str: s(one), new_str: r(one) } }),
  "JSON with line breaks in its strings": (one) =>
    `\`\`\`json\n{"path": "${one.path}", "old_string": "${s(one).replace(/\\/g, "\\\\").replace(/"/g, '\\"')}", "new_string": "${r(one).replace(/\\/g, "\\\\").replace(/"/g, '\\"')}",}\n\`\`\``,
  "JSON with the whole file": (one) =>
    `\`\`\`json\n${json({ path: one.path, content: mended(one) })}\n\`\`\``,
  "tags called search and replace": (one) =>
    `<search>\n${s(one)}\n</search>\n<replace>\n${r(one)}\n</replace>`,
  "tags in a tag": (one) =>
    `<edit>\n<old_string>${s(one)}</old_string>\n<new_string>${r(one)}</new_string>\n</edit>`,
  "tags with the path in them": (one) =>
    `<edit path="${one.path}">\n<search>\n${s(one)}\n</search>\n<replace>\n${r(one)}\n</replace>\n</edit>`,
  "two replace tags with labels": (one) =>
    `<replace>the wrong line: ${wrong(one).trim()}</replace>\n<replace>the right line: ${right(one).trim()}</replace>`,
  "two fences, before and after": (one) =>
    `The problem is here:\n\`\`\`${one.language}\n${s(one)}\n\`\`\`\nIt should be:\n\`\`\`${one.language}\n${r(one)}\n\`\`\``,
  "two fences of the one line": (one) =>
    `Change\n\`\`\`\n${wrong(one).trim()}\n\`\`\`\nto\n\`\`\`\n${right(one).trim()}\n\`\`\``,
  "two fences with bold labels": (one) =>
    `**Before:**\n\`\`\`${one.language}\n${s(one)}\n\`\`\`\n\n**After:**\n\`\`\`${one.language}\n${r(one)}\n\`\`\``,
  "the whole file": (one) => `\`\`\`${one.language}\n${mended(one)}\`\`\``,
  "the whole file below its path": (one) =>
    `${one.path}\n\`\`\`${one.language}\n${mended(one)}\`\`\``,
  "the whole file with its path in a comment": (one) =>
    `\`\`\`${one.language}\n${one.mark} ${one.path}\n${mended(one)}\`\`\``,
  "the whole file in a fence that names it": (one) =>
    `\`\`\`${one.language}:${one.path}\n${mended(one)}\`\`\``,
  "the whole file without an end of its fence": (one) => `\`\`\`${one.language}\n${mended(one)}`,
  "a block without an old half, but the whole file": (one) =>
    `${one.path}\n${block("", mended(one).trimEnd())}`,
};

describe.each(samples)("in $language", (one) => {
  it.each(Object.entries(forms))("%s is read", async (_, form) => {
    expect(outcomeOf(await planOf(one, `The comparison is off by one.\n\n${form(one)}\n`))).toBe(
      mended(one),
    );
  });
});

it("a form that was not asked for, or a mark that was mended, is told", async () => {
  const [one] = samples;
  if (!one) throw new Error("no sample");
  for (const form of ["no end but the fence's"] as const)
    expect(noticesOf(await planOf(one, forms[form]?.(one) ?? ""))).not.toBe("");
});
