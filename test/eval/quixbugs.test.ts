import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, expect, it } from "vitest";
import { projectOf } from "../../eval/languages";
import { readQuixBugs } from "../../eval/quixbugs";
import { runTests, writeTexts } from "../../eval/run-tests";
import { folderForTest } from "../support/folder-for-test";

let folder: string;
beforeEach(() => {
  folder = folderForTest("quixbugs-");
});

const body = (sign: string): string => `def total(values):
    result = 0
    for value in values:
        result ${sign}= value
    return result
`;

async function checkout(): Promise<string> {
  const at = join(folder, "checkout");
  for (const name of ["python_programs", "correct_python_programs", "json_testcases"])
    await mkdir(join(at, name), { recursive: true });
  await writeFile(join(at, "python_programs/total.py"), body("-"));
  await writeFile(join(at, "python_programs/total_test.py"), "");
  await writeFile(join(at, "correct_python_programs/total.py"), body("+"));
  const pairs = [
    [[[1, 2, 3]], 6],
    // The first argument of an input that the programs' own tests pass over.
    [[6_404_180, []], 0],
  ];
  await writeFile(
    join(at, "json_testcases/total.json"),
    pairs.map((pair) => JSON.stringify(pair)).join("\n"),
  );
  return at;
}

it("a program of QuixBugs fails its pairs of arguments and results as it is, and passes them when it is right", async () => {
  const [one, ...others] = await readQuixBugs(await checkout());
  if (one === undefined) throw new Error("no program was found");
  expect(others).toEqual([]);
  expect(one).toMatchObject({ name: "quixbugs-total", at: { path: "python_programs/total.py" } });
  const project = join(folder, "project");
  const { signal } = new AbortController();
  await writeTexts(project, projectOf(one));
  const before = await runTests(one, project, folder, signal);
  if (before.missing !== undefined) return;
  expect(before.passed, before.output).toBe(false);
  await writeTexts(project, one.fixed ?? new Map());
  const after = await runTests(one, project, folder, signal);
  expect(after.passed, after.output).toBe(true);
});

it("a folder that is no checkout of QuixBugs is said to be none", async () => {
  await expect(readQuixBugs(folder)).rejects.toThrow("has no folder python_programs");
});
