import { describe, expect, it } from "vitest";
import { moveLines } from "../../../src/core/edit/code/fit/move-lines";
import type { LineWriter, Versions } from "../../../src/core/edit/code/fit/moved-text";
import { planEdits } from "../../../src/core/edit/plan-edits";

const said = (lines: readonly string[]): Versions["file"] => ({
  lines,
  roles: lines.map((line) => (line === "" ? "blank" : line.startsWith("#") ? "comment" : "code")),
  scan: [],
  declarations: [],
});

/** Between `a` and `z`, which both have. */
function moved(
  own: readonly string[],
  theirs: readonly string[],
  silence: Partial<Versions["silence"]>,
): readonly string[] {
  const file = ["a", ...own, "z"];
  const answer = ["a", ...theirs, "z"];
  const [last, end] = [file.length - 1, answer.length - 1];
  const writer: LineWriter = {
    repeated: (line) => file[line] ?? "",
    changed: (_, line) => `${answer[line] ?? ""}!`,
    fresh: (line) => answer[line] ?? "",
  };
  const versions: Versions = {
    file: said(file),
    answer: said(answer),
    steps: [
      { kind: "pair", file: 0, answer: 0, isHead: false },
      { kind: "gap", file: { start: 1, end: last }, answer: { start: 1, end } },
      { kind: "pair", file: last, answer: end, isHead: false },
    ],
    silence: { kept: new Set(), dropped: new Set(), changed: new Map(), ...silence },
  };
  const ops = moveLines(versions, writer, true);
  expect(ops.map((op) => [op.start, op.end])).toEqual([
    [0, 1],
    [1, last],
    [last, last + 1],
  ]);
  return ops.flatMap((op) => op.lines).slice(1, -1);
}

describe("Between two lines that both sides have", () => {
  it("the answer's lines take the place of the file's", () => {
    expect(moved(["b"], ["c", "d"], {})).toEqual(["c", "d"]);
    expect(moved(["b"], [], {})).toEqual([]);
  });

  it("what became another line is written as such", () => {
    expect(moved(["b"], ["c", "d"], { changed: new Map([[1, 2]]) })).toEqual(["c", "d!"]);
  });

  it("what the answer is silent about stays, before the line that it stood before", () => {
    const kept = new Set([1]);
    expect(moved(["#", "b"], ["c"], { kept, changed: new Map([[2, 1]]) })).toEqual(["#", "c!"]);
    expect(moved(["#", "b"], ["c", "d"], { kept })).toEqual(["#", "c", "d"]);
  });

  it("what is no code for the file is left out", () => {
    expect(moved([], ["#", "c"], { dropped: new Set([1]) })).toEqual(["c"]);
  });
});

it("a plan names the way that found the place", async () => {
  const files = [
    {
      path: "a.py",
      languageId: "python",
      text: "def a():\n    return 1\n\n\ndef b():\n    pass\n",
    },
  ];
  const by = async (answer: string): Promise<unknown> => {
    const plan = await planEdits({ answer, truncated: false, files });
    return plan.kind === "plan" && plan.files.map((file) => file.by);
  };
  expect(
    await by("<<<<<<< SEARCH\n    return 1\n=======\n    return 2\n>>>>>>> REPLACE\n"),
  ).toEqual([["placeQuoted"]]);
  expect(await by("```python\ndef a():\n    return sum(2)\n```\n")).toEqual([
    ["placeDeclarations"],
  ]);
});
