import { describe, expect, it } from "vitest";
import type { EditPlan } from "../../../src/core/edit/edit-plan";
import { planEdits } from "../../../src/core/edit/plan-edits";
import { noticesOf, outcomeOf, planOf } from "./support/outcome";
import { block, mended, type Sample, samples } from "./support/samples";

const lines = (one: Sample): string[] => one.text.split("\n");
/**
 * A second edit in the same file, far from the first: the line with `text` gets a comment behind
 * it.
 */
const other = (one: Sample): { before: string; after: string } => {
  const before = lines(one).find((line) => /^(?:import|use|#include|package)/.test(line)) ?? "";
  return { before, after: `${before} ${one.mark} needed` };
};
const both = (one: Sample): string =>
  mended(one).replace(other(one).before, () => other(one).after);
const first = (one: Sample): string => block(one.search, one.replace);
const second = (one: Sample): string => block(other(one).before, other(one).after);

describe.each(samples)("in $language, edits", (one) => {
  it("in any order are all applied", async () => {
    expect(outcomeOf(await planOf(one, first(one) + second(one)))).toBe(both(one));
    expect(outcomeOf(await planOf(one, second(one) + first(one)))).toBe(both(one));
  });

  it("that build on one another are chained", async () => {
    const last = one.replace.map((line, at) =>
      at === one.changed ? line.replace(/</, "!<") : line.replace(/>/, "!>"),
    );
    const answer = first(one) + block(one.replace, last);
    expect(outcomeOf(await planOf(one, answer))).toBe(mended(one, last));
  });

  it("that overlap in lines neither changes fit together", async () => {
    const from = one.changed;
    const early = block(one.search.slice(0, from + 1), one.replace.slice(0, from + 1));
    const tail = one.search.slice(from + 1);
    const fresh = tail.map((line, at) => (at === 0 ? `${line} ${one.mark} late` : line));
    const late = block([one.search[from] ?? "", ...tail], [one.search[from] ?? "", ...fresh]);
    const wanted = mended(one, [...one.replace.slice(0, from + 1), ...fresh]);
    expect(outcomeOf(await planOf(one, early + late))).toBe(wanted);
    expect(outcomeOf(await planOf(one, late + early))).toBe(wanted);
  });

  it("that contradict each other are refused, and nothing is applied", async () => {
    const another = one.replace.map((line, at) =>
      at === one.changed ? `${line} ${one.mark} other` : line,
    );
    const plan = await planOf(one, first(one) + block(one.search, another));
    expect(plan).toMatchObject({ kind: "refusal", code: "overlap" });
    const line = one.search[one.changed] ?? "";
    const small = await planOf(
      one,
      first(one) + block(line, `${line.replace(/\w+/, "differently")} `),
    );
    expect(small.kind).toBe("refusal");
  });

  it("given twice are applied once", async () => {
    const plan = await planOf(one, first(one) + second(one) + first(one));
    expect(outcomeOf(plan)).toBe(both(one));
    expect(noticesOf(plan)).toMatch(/twice|already/);
  });

  it("of which one fails are all left, and the refusal says which failed and which are fine", async () => {
    const lost = block("nothing_like_this(1, 2)\nis_in_the_file(3)", "x");
    const plan = await planOf(one, second(one) + lost + first(one));
    expect(plan).toMatchObject({
      kind: "refusal",
      code: "noMatch",
      failed: {
        number: 2,
        form: "searchReplace",
        path: one.path,
        search: "nothing_like_this(1, 2)\nis_in_the_file(3)",
        replace: "x",
      },
      fine: [
        { number: 1, search: other(one).before, replace: other(one).after },
        { number: 3, search: one.search.join("\n") },
      ],
    });
  });
});

const [py, ts] = [samples[0], samples[1]] as [Sample, Sample];
const shown = [py, ts].map((one) => ({ path: one.path, languageId: one.language, text: one.text }));
const plan = (answer: string, mayCreate = false): Promise<EditPlan> =>
  planEdits({ answer, truncated: false, files: shown, mayCreate });
const texts = (result: EditPlan): Record<string, string> =>
  result.kind === "plan"
    ? Object.fromEntries(result.files.map((file) => [file.path, file.proposed]))
    : { refused: JSON.stringify(result) };
const all = { [py.path]: mended(py), [ts.path]: mended(ts) };

describe("an answer about several files", () => {
  it.each([
    ["blocks below their paths", `${py.path}\n${first(py)}\n${ts.path}\n${first(ts)}`],
    [
      "blocks of several files in one fence",
      `\`\`\`\n${py.path}\n${first(py)}\n${ts.path}\n${first(ts)}\`\`\``,
    ],
    ["blocks without paths, found by their text", `${first(ts)}\n${first(py)}`],
    [
      "whole files in fences",
      `### ${py.path}\n\`\`\`python\n${mended(py)}\`\`\`\n### ${ts.path}\n\`\`\`ts\n${mended(ts)}\`\`\``,
    ],
    [
      "one diff",
      `\`\`\`diff\n${[py, ts].map((one) => `--- a/${one.path}\n+++ b/${one.path}\n@@ -1 +1 @@\n-${one.search[one.changed]}\n+${one.replace[one.changed]}`).join("\n")}\n\`\`\``,
    ],
    [
      "one patch",
      `*** Begin Patch\n${[py, ts].map((one) => `*** Update File: ${one.path}\n@@\n-${one.search[one.changed]}\n+${one.replace[one.changed]}`).join("\n")}\n*** End Patch`,
    ],
    [
      "a list in JSON",
      JSON.stringify(
        [py, ts].map((one) => ({
          path: one.path,
          old_string: one.search.join("\n"),
          new_string: one.replace.join("\n"),
        })),
      ),
    ],
  ])("as %s changes each", async (_, answer) => {
    expect(texts(await plan(answer))).toEqual(all);
  });

  it("changes none when one edit has no place", async () => {
    expect(
      await plan(
        `${py.path}\n${first(py)}\n${ts.path}\n${block("not.in(the, file);\nat.all();", "x")}`,
      ),
    ).toMatchObject({
      kind: "refusal",
      code: "noMatch",
      failed: { number: 2, path: ts.path },
      fine: [{ number: 1, path: py.path }],
    });
  });

  it("is refused when what it quotes without a path is in both", async () => {
    const text = "first line of it all\nsecond line of it all\n";
    const files = ["a.txt", "b.txt"].map((path) => ({ path, languageId: "plaintext", text }));
    const answer = block("second line of it all", "third");
    expect(await planEdits({ answer, truncated: false, files })).toMatchObject({
      kind: "refusal",
      code: "ambiguous",
    });
  });

  it("goes to the file that was asked about when one that was shown beside it has the quoted line too", async () => {
    const text = "first line of it all\nsecond line of it all\n";
    const start = { line: 0, character: 0 };
    const asked = { path: "b.txt", targetRange: { start, end: start } };
    const files = [{ path: "a.txt" }, asked].map((file) => ({
      languageId: "plaintext",
      text,
      ...file,
    }));
    const answer = block("second line of it all", "third");
    expect(texts(await planEdits({ answer, truncated: false, files }))).toEqual({
      "b.txt": "first line of it all\nthird\n",
    });
  });

  it("waits for its place in the file that was asked about when it fits only what was not shown of another", async () => {
    const start = { line: 0, character: 0 };
    const asked = { path: "b.txt", text: "nothing alike\n", targetRange: { start, end: start } };
    const end = { line: 1, character: 0 };
    const other = (lines: number) => ({
      path: "a.txt",
      text: "first line of it all\nsecond line of it all\n",
      shown: [{ start, end: { ...end, line: lines } }],
    });
    const answer = block("second line of it all", "third");
    const planned = (lines: number) =>
      planEdits({
        answer,
        truncated: false,
        files: [other(lines), asked].map((file) => ({ languageId: "plaintext", ...file })),
      });
    expect(await planned(1)).toMatchObject({ kind: "refusal", failed: { path: "b.txt" } });
    expect(texts(await planned(2))).toEqual({ "a.txt": "first line of it all\nthird\n" });
  });

  it("brings a new file only when that is allowed", async () => {
    const fresh = "shop/new_thing.py\n```python\ndef fresh():\n    return 1\n```\n";
    const forms = [
      fresh,
      `shop/new_thing.py\n${block("", "def fresh():\n    return 1")}`,
      "*** Begin Patch\n*** Add File: shop/new_thing.py\n+def fresh():\n+    return 1\n*** End Patch",
      "```diff\n--- /dev/null\n+++ b/shop/new_thing.py\n@@ -0,0 +1,2 @@\n+def fresh():\n+    return 1\n```",
    ];
    for (const form of forms) {
      const made = await plan(`${py.path}\n${first(py)}\n\n${form}`, true);
      expect(texts(made)).toEqual({
        [py.path]: mended(py),
        "shop/new_thing.py": "def fresh():\n    return 1\n",
      });
      expect(made).toMatchObject({ files: [{ change: "edit" }, { change: "create" }] });
    }
    for (const form of forms.slice(1))
      expect(await plan(form)).toMatchObject({ kind: "refusal", code: "path" });
    for (const path of [
      "../out.py",
      "/etc/out.py",
      ".git/hooks/out.py",
      "~/out.py",
      "C:\\out.py",
    ]) {
      expect(await plan(`${path}\n${block("", "x = 1")}`, true)).toMatchObject({
        kind: "refusal",
        code: "path",
      });
    }
  });

  it("that adds a file which is there already, or that has lines without a plus, is refused", async () => {
    const add = (path: string, lines: string): string =>
      `*** Begin Patch\n*** Add File: ${path}\n${lines}\n*** End Patch`;
    const known = await plan(add(py.path, "+x = 1"), true);
    expect(known).toMatchObject({ kind: "refusal", code: "path" });
    const prose = await plan(
      add("shop/new_thing.py", "+x = 1\n+y = 2\n\nThis adds the file with both."),
      true,
    );
    expect(prose).toMatchObject({ kind: "refusal" });
    expect(texts(await plan(add("shop/new_thing.py", "x = 1\ny = 2"), true))).toEqual({
      "shop/new_thing.py": "x = 1\ny = 2\n",
    });
    const begun = "*** Add File: shop/new_thing.py\n+x = 1\n*** End Patch";
    expect(texts(await plan(begun, true))).toEqual({ "shop/new_thing.py": "x = 1\n" });
  });

  it("goes to the file whose path stands alone in a fence above it", async () => {
    const alone = (path: string): string => `\`\`\`\n${path}\n\`\`\`\n`;
    const both = "first line of it all\nsecond line of it all\n";
    const files = ["a.py", "b.py"].map((path) => ({ path, languageId: "python", text: both }));
    const answer = `${alone("b.py")}${block("second line of it all", "third")}`;
    const made = await planEdits({ answer, truncated: false, files });
    expect(texts(made)).toEqual({ "b.py": "first line of it all\nthird\n" });
  });

  it("that deletes or renames a file is refused", async () => {
    for (const head of [
      "*** Delete File: shop/stock.py",
      "*** Update File: shop/stock.py\n*** Move to: shop/else.py",
    ]) {
      expect(await plan(`*** Begin Patch\n${head}\n*** End Patch`)).toMatchObject({
        kind: "refusal",
      });
    }
  });
});

it("an empty file is filled by an edit without an old half", async () => {
  for (const text of ["", "\n", "\uFEFF"]) {
    const plan = await planOf(py, `${py.path}\n${block("", "x = 1\ny = 2")}`, { text });
    expect(outcomeOf(plan).replace("\uFEFF", "").trim()).toBe("x = 1\ny = 2");
  }
  expect(await planOf(py, `${py.path}\n${block("", "x = 1\ny = 2")}`)).toMatchObject({
    kind: "refusal",
  });
});
