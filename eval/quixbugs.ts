import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { EvalCase } from "./eval-case";

/**
 * First arguments that QuixBugs' own tests pass over: a right program takes minutes for them, or
 * more memory than a test is given.
 */
const tooSlow = [6_404_180, "amanaplanacanalpanama"];

/** Compares what a program gives with the pairs of arguments and results of its file. */
const comparing = (name: string): string => `import inspect
import json
import os
import unittest

from python_programs.${name} import ${name}

HERE = os.path.dirname(os.path.abspath(__file__))
TOO_SLOW = ${JSON.stringify(tooSlow)}


def plain(value):
    if inspect.isgenerator(value) or isinstance(value, tuple):
        value = list(value)
    return [plain(each) for each in value] if isinstance(value, list) else value


class Test(unittest.TestCase):
    def test_all(self):
        with open(os.path.join(HERE, "${name}.json"), encoding="utf-8") as lines:
            for line in lines:
                if not line.strip():
                    continue
                given, wanted = json.loads(line)
                arguments = given if isinstance(given, list) else [given]
                if arguments and arguments[0] in TOO_SLOW:
                    continue
                got = plain(${name}(*arguments))
                if isinstance(wanted, float):
                    self.assertAlmostEqual(got, wanted, delta=max(0.01, abs(wanted) * 1e-6))
                else:
                    self.assertEqual(got, wanted)
`;

const conftest = "import pytest\n\npytest.use_correct = False\npytest.run_slow = False\n";

/**
 * The Python programs of a QuixBugs checkout, each with its tests: those with a file of arguments
 * and results by comparing, the others, which are about graphs, by their own tests under pytest.
 * Throws an Error when the folder is none.
 */
export async function readQuixBugs(folder: string): Promise<readonly EvalCase[]> {
  const read = async (...path: readonly string[]): Promise<string | undefined> =>
    await readFile(join(folder, ...path), "utf8").catch(() => undefined);
  const programs = await readdir(join(folder, "python_programs")).catch(() => {
    throw new Error(`${folder} has no folder python_programs: it is no checkout of QuixBugs.`);
  });
  const node = await read("python_programs", "node.py");
  const cases: EvalCase[] = [];
  for (const file of programs.sort()) {
    const name = file.replace(/\.py$/, "");
    const text = await read("python_programs", file);
    if (!file.endsWith(".py") || name.endsWith("_test") || name === "node" || text === undefined)
      continue;
    const pairs = await read("json_testcases", `${name}.json`);
    const own = await read("python_testcases", `test_${name}.py`);
    if (pairs === undefined && own === undefined) continue;
    const path = `python_programs/${file}`;
    const fixed = await read("correct_python_programs", file);
    const files = new Map([[path, text]]);
    if (pairs === undefined && node !== undefined) files.set("python_programs/node.py", node);
    const line = text.split("\n").findIndex((each) => each.startsWith(`def ${name}(`));
    cases.push({
      name: `quixbugs-${name}`,
      title: `${name} is wrong`,
      language: "python",
      second: "none",
      at: { path, line: Math.max(0, line) },
      files,
      ...(fixed === undefined ? {} : { fixed: new Map([...files, [path, fixed]]) }),
      ...(pairs === undefined
        ? {
            tests: new Map([
              [`test_${name}.py`, own ?? ""],
              ["conftest.py", conftest],
              ["node.py", node ?? ""],
            ]),
            testWords: ["python3", "-m", "pytest", "-q", "-p", "no:cacheprovider"] as const,
          }
        : {
            tests: new Map([
              [`test_${name}.py`, comparing(name)],
              [`${name}.json`, pairs],
            ]),
          }),
    });
  }
  return cases;
}
