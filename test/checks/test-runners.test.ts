import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findNode24 } from "../../scripts/setup/node24.mjs";
import { defined } from "../../src/base/defined";
import type { ProjectCheckerOptions } from "../../src/checks/project-checker";
import { nearestTests } from "../../src/checks/tests/find-tests";
import { testCases } from "../../src/checks/tests/test-lines";
import { compareCheck } from "../../src/runs/compare-checks";
import { type Checked, CheckProject, checked } from "./check-project";

const has = (command: string, ...words: readonly string[]): boolean =>
  spawnSync(command, words, { encoding: "utf8" }).status === 0;
const noPython = !has("python3", "--version");
const noPytest = noPython || !has("python3", "-c", "import pytest");
const noGo = !has("go", "version");
const noCargo = !has("cargo", "--version");
const ownModules = join(import.meta.dirname, "../../node_modules");

/** `test_one passed, test_two failed`, before and after. */
function states({ before, after }: Checked): readonly string[] {
  return [before[0], after[0]].map(
    (said) => said?.cases.map(({ name, state }) => `${name} ${state}`).join(", ") ?? "",
  );
}

const python = "def add(a, b):\n    return a - b\n";
const script = "export function add(a, b) {\n  return a - b;\n}\n";
const plus = (text: string): string => text.replace("a - b", "a + b");

describe("the nearest tests", () => {
  const files = [
    ...["src/calc.ts", "src/calc.test.ts", "test/calc.test.ts", "test/other.test.ts"],
    ...["test/helpers.ts", "lib/money.ts", "tests/test_calc.py", "tests/test_more.py", "calc.py"],
  ];
  const texts: Readonly<Record<string, string>> = {
    "test/other.test.ts": 'import { x } from "../lib/money";\nit("a", () => {});',
    "test/helpers.ts": 'import { x } from "../lib/money";',
    "tests/test_more.py": "from app.calc import add",
  };
  const read = async (file: string) => texts[file] ?? "it('works', () => {});";

  it.each([
    ["src/calc.ts", "typescript", ["src/calc.test.ts", "test/calc.test.ts"]],
    ["lib/money.ts", "typescript", ["test/other.test.ts"]],
    ["test/helpers.ts", "typescript", []],
    ["test/calc.test.ts", "typescript", ["test/calc.test.ts"]],
    ["calc.py", "python", ["tests/test_calc.py"]],
    ["readme.md", "markdown", []],
  ])("of %s are those of its name, else those that import it", async (file, language, wanted) => {
    expect(await nearestTests(file, language, files, read)).toEqual(wanted);
  });
});

describe("the tests of a project", () => {
  it.skipIf(noPytest)("run with pytest", async () => {
    const project = new CheckProject({
      "calc.py": python,
      "tests/test_calc.py":
        "from calc import add\n\ndef test_zero():\n    assert add(1, 0) == 1\n\ndef test_two():\n    assert add(1, 1) == 2\n",
    });
    const run = await checked(project, "calc.py", python, plus(python));
    expect(states(run)).toEqual([
      "tests/test_calc.py::test_zero passed, tests/test_calc.py::test_two failed",
      "tests/test_calc.py::test_zero passed, tests/test_calc.py::test_two passed",
    ]);
    expect(run.before[0]?.cases[1]?.got).toContain("assert 0 == 2");
    expect(run.labels).toEqual(["python -m pytest tests/test_calc.py"]);
  });

  const pythonTest =
    "import unittest\nfrom calc import add\n\nclass Add(unittest.TestCase):\n    def test_two(self):\n        self.assertEqual(add(1, 1), 2)\n";
  const scriptTest =
    'import assert from "node:assert";\nimport { add } from "./calc.js";\nconst two = add(1, 0) + add(1, 0);\nit("adds", () => assert.equal(add(1, 1), two));\n';
  const inPython = { file: "calc.py", text: python, test: "test_calc.py", code: pythonTest };
  const inScript = { file: "calc.js", text: script, test: "calc.test.js" };
  it.each<{
    readonly runner: string;
    readonly skip?: boolean;
    readonly file: string;
    readonly text: string;
    readonly test: string;
    readonly code: string;
    readonly options?: ProjectCheckerOptions;
    readonly packages?: string;
  }>([
    { runner: "pytest", skip: noPytest, ...inPython },
    {
      ...{ runner: "unittest", skip: noPython, ...inPython },
      options: { testWords: ["python3", "-m", "unittest", "-v", "test_calc"] },
    },
    {
      ...{ runner: "what compiles first", skip: noPython, ...inPython, test: "check.py" },
      code: 'import sys\nhas = "def add" in open("calc.py").read()\nprint("--- FAIL: TestTwo (0.00s)" if has else "calc.go:3:9: undefined: add")\nsys.exit(1)\n',
      options: { testWords: ["python3", "check.py"] },
    },
    {
      ...{
        runner: "a command that tells of no test",
        skip: noPython,
        ...inPython,
        test: "check.py",
      },
      code: 'import sys\nhas = "def add" in open("calc.py").read()\nsys.exit("AssertionError" if has else "calc.go:3:9: undefined: add")\n',
      options: { testWords: ["python3", "check.py"] },
    },
    { runner: "node:test", ...inScript, code: `import { it } from "node:test";\n${scriptTest}` },
    {
      ...{ runner: "vitest", ...inScript, code: `import { it } from "vitest";\n${scriptTest}` },
      packages: ',"devDependencies":{"vitest":"*"}',
    },
  ])(
    "that an edit keeps from being loaded got worse, with $runner",
    { timeout: 60_000 },
    async (each) => {
      if (each.skip === true) return;
      const { file, text, test, code, packages = "" } = each;
      const manifest = `{"type":"module"${packages}}`;
      const files = { "package.json": manifest, "go.mod": "module calc\n\ngo 1.20\n" };
      const project = new CheckProject({ ...files, [file]: text, [test]: code });
      if (packages !== "") symlinkSync(ownModules, project.path("node_modules"));
      const edited = text.replace("add", "plus");
      const { before, after } = await checked(project, file, text, edited, each.options);
      const check = { id: "t", kind: "tests", label: "" } as const;
      const change = compareCheck({ ...check, ...defined({ before: before[0], after: after[0] }) });
      expect([change.turned.length, change.still.length, change.worse.length]).toEqual([0, 1, 1]);
    },
  );

  it.skipIf(noPython)(
    "stand in a folder of the opened one where no manifest tells a project, and nowhere above it",
    async () => {
      const words = { "src/calc.py": python, "tests/test_calc.py": pythonTest };
      const project = new CheckProject(words);
      rmSync(project.path("pyproject.toml"));
      const openedFolder = (folder: string) => ({ openedFolder: () => folder });
      const text = plus(python);
      const run = await checked(project, "src/calc.py", python, text, openedFolder(project.root));
      expect(states(run).map((each) => each.split(" ").at(-1))).toEqual(["failed", "passed"]);
      const narrow = openedFolder(project.path("src"));
      expect((await checked(project, "src/calc.py", python, text, narrow)).labels).toEqual([]);
    },
  );

  it.skipIf(noPython || !has("git", "--version"))(
    "run where a repository around them ignores their project",
    async () => {
      const project = new CheckProject({
        ...{ ".gitignore": "*\n", "home/calc.py": python, "home/test_calc.py": pythonTest },
      });
      spawnSync("git", ["init", "-q"], { cwd: project.root });
      rmSync(project.path("pyproject.toml"));
      const run = await checked(project, "home/calc.py", python, plus(python));
      expect(states(run).map((each) => each.split(" ").at(-1))).toEqual(["failed", "passed"]);
    },
  );

  it.skipIf(noPytest)("that lack a library tell nothing", async () => {
    const project = new CheckProject({
      "calc.py": python,
      "test_calc.py": "import not_there_at_all\nfrom calc import add\n",
    });
    const { before } = await checked(project, "calc.py", python);
    expect(before[0]?.cases.map(({ state }) => state)).toEqual(["broken"]);
  });

  it("run with node:test", async () => {
    const project = new CheckProject({
      "package.json": '{"type":"module"}',
      "calc.js": script,
      "calc.test.js":
        'import { describe, it } from "node:test";\nimport assert from "node:assert";\nimport { add } from "./calc.js";\ndescribe("add", () => {\n  it("adds zero", () => assert.equal(add(1, 0), 1));\n  it("adds one", () => assert.equal(add(1, 1), 2));\n  it.skip("later", () => {});\n});\n',
    });
    const run = await checked(project, "calc.js", script, plus(script));
    expect(states(run)).toEqual([
      "adds zero passed, adds one failed",
      "adds zero passed, adds one passed",
    ]);
    expect(run.before[0]?.cases[1]?.got).toContain("0 == 2");
  });

  const nodes = [
    { which: "the Node that runs this", node: process.execPath },
    { which: "Node 24, which reads names as patterns", node: findNode24() },
  ].flatMap(({ which, node }) => (node === undefined ? [] : { which, node }));
  it.each(nodes)(
    "run with node:test in a file that is named `[id].test.js`, by $which",
    async ({ node }) => {
      const project = new CheckProject({
        "package.json": '{"type":"module"}',
        "app/[id].js": script,
        "app/[id].test.js":
          'import { it } from "node:test";\nimport assert from "node:assert";\nimport { add } from "./[id].js";\nit("adds", () => assert.equal(add(1, 1), 2));\n',
      });
      const bin = join(project.temporary, "bin");
      mkdirSync(bin);
      symlinkSync(node, join(bin, "node"));
      const environment = { ...process.env, PATH: `${bin}${delimiter}${process.env["PATH"]}` };
      const run = await checked(project, "app/[id].js", script, plus(script), { environment });
      expect(states(run)).toEqual(["adds failed", "adds passed"]);
    },
  );

  it("run with vitest, with what is installed where it is", async () => {
    const project = new CheckProject({
      "package.json": '{"type":"module","devDependencies":{"vitest":"*"}}',
      "src/calc.ts": script.replace("(a, b)", "(a: number, b: number)"),
      "test/calc.test.ts":
        'import { expect, it } from "vitest";\nimport { add } from "../src/calc";\nit("adds zero", () => expect(add(1, 0)).toBe(1));\nit("adds one", () => expect(add(1, 1)).toBe(2));\n',
    });
    symlinkSync(ownModules, project.path("node_modules"));
    const text = script.replace("(a, b)", "(a: number, b: number)");
    const run = await checked(project, "src/calc.ts", text, plus(text));
    expect(states(run)).toEqual([
      "test/calc.test.ts > adds zero passed, test/calc.test.ts > adds one failed",
      "test/calc.test.ts > adds zero passed, test/calc.test.ts > adds one passed",
    ]);
  });

  it("are told by jest in a file of ours, however much it prints", async () => {
    const file =
      '{"numFailedTests":0,"testResults":[{"assertionResults":[{"fullName":"adds","status":"passed"}]}]}';
    const project = new CheckProject({
      "package.json": '{"devDependencies":{"jest":"*"}}',
      "node_modules/jest/package.json": '{"bin":"jest.js"}',
      "node_modules/jest/jest.js": `const told = process.argv.find((word) => word.startsWith("--outputFile="));\nrequire("node:fs").writeFileSync(told.slice(13), ${JSON.stringify(file)});\nconsole.log("x".repeat(9000000));\n`,
      "calc.js": script,
      "calc.test.js": 'test("adds", () => {});',
    });
    const { before, labels } = await checked(project, "calc.js", script);
    expect(labels).toEqual(["jest calc.test.js"]);
    expect(before[0]?.cases).toEqual([{ name: "adds", state: "passed" }]);
  });

  it.skipIf(process.platform === "win32")(
    "run with dotnet: those that refer to the file's project, with the packages that were fetched before",
    async () => {
      const text = "class Half {\n  static int Of(int n) => n / 3;\n}\n";
      const script = [
        "#!/bin/sh",
        'test -d "$NUGET_FALLBACK_PACKAGES/xunit" || exit 2',
        "says=Failed; grep -q '/ 2;' ../Half/Half.cs && says=Passed",
        "mkdir -p TestResults",
        'result="<UnitTestResult testName=\\"$2\\" outcome=\\"$says\\" />"',
        'echo "<TestRun><Results>$result</Results></TestRun>" > TestResults/run.trx',
      ].join("\n");
      const refers = (name: string): string =>
        `<Project><ItemGroup><ProjectReference Include="..\\${name}\\${name}.csproj" /></ItemGroup></Project>`;
      const project = new CheckProject({
        "Half/Half.csproj": "<Project/>",
        "Half/Half.cs": text,
        "Half.Tests/Half.Tests.csproj": refers("Half"),
        "A.Tests/A.Tests.csproj": refers("A"),
        "Z.Tests/Z.Tests.csproj": refers("Z"),
      });
      const bin = join(project.temporary, "bin");
      const packages = join(project.temporary, "packages");
      mkdirSync(bin);
      mkdirSync(join(packages, "xunit"), { recursive: true });
      writeFileSync(join(bin, "dotnet"), script, { mode: 0o755 });
      const environment = { PATH: `${bin}:${process.env["PATH"]}`, NUGET_PACKAGES: packages };
      const right = text.replace("/ 3", "/ 2");
      const run = await checked(project, "Half/Half.cs", text, right, { environment });
      const name = "Half.Tests.csproj";
      expect(states(run)).toEqual([`${name} failed`, `${name} passed`]);
      expect(run.labels).toEqual(["dotnet test Half.Tests/Half.Tests.csproj"]);
    },
  );

  it.skipIf(process.platform === "win32")(
    "run with the Gradle that the project names, which writes nowhere but into the copy, and are read from its reports",
    async () => {
      const text = "class Half {\n  static int half(int n) {\n    return n / 3;\n  }\n}\n";
      const script = [
        "#!/bin/sh",
        'mkdir -p "$GRADLE_USER_HOME/caches" build/test-results/test || exit 2',
        'case "$*" in *HalfTest*) ;; *) exit 3 ;; esac',
        "grep -q later Half.java && { echo 'BUILD FAILED: it cannot be reached'; exit 1; }",
        "says=; grep -q '3;$' Half.java && says='<failure message=\"2\"/>'",
        'name=\'name="halves()" classname="HalfTest"\'',
        'echo "<testcase $name>$says</testcase>" > build/test-results/test/TEST-HalfTest.xml',
        "echo BUILD FAILED",
        "exit 1",
      ].join("\n");
      const project = new CheckProject({
        "build.gradle": "",
        "gradle/wrapper/gradle-wrapper.properties":
          "distributionUrl=https\\://example.org/distributions/gradle-8.5-bin.zip\n",
        "Half.java": text,
        "HalfTest.java": "class HalfTest {}\n",
      });
      const home = project.temporary;
      const bin = join(home, ".gradle/wrapper/dists/gradle-8.5-bin/abc/gradle-8.5/bin");
      mkdirSync(bin, { recursive: true });
      writeFileSync(join(bin, "gradle"), script, { mode: 0o755 });
      const environment = { ...process.env, HOME: home };
      const right = text.replace("3", "2");
      const run = await checked(project, "Half.java", text, right, { environment });
      expect(states(run)).toEqual(["HalfTest.halves failed", "HalfTest.halves passed"]);
      expect(run.labels).toEqual(["gradle test HalfTest"]);
      // What ends before its tests tells nothing of them, whatever an earlier run left.
      const later = await checked(project, "Half.java", text, `${text}// later\n`, { environment });
      expect(later.after[0]).toMatchObject({
        cases: [],
        broken: "No test was told of; the runner ended with code 1.",
      });
    },
  );

  it.skipIf(noGo)(
    "run with go test",
    async () => {
      const text = "package calc\n\nfunc Add(a, b int) int {\n\treturn a - b\n}\n";
      const project = new CheckProject({
        "go.mod": "module example.org/calc\n\ngo 1.20\n",
        "calc.go": text,
        "calc_test.go":
          'package calc\n\nimport "testing"\n\nfunc TestZero(t *testing.T) {\n\tif Add(1, 0) != 1 {\n\t\tt.Fatal("zero")\n\t}\n}\n\nfunc TestOne(t *testing.T) {\n\tif got := Add(1, 1); got != 2 {\n\t\tt.Fatalf("got %d", got)\n\t}\n}\n',
        "example_test.go":
          'package calc\n\nimport "fmt"\n\nfunc ExampleAdd() {\n\tfmt.Println(Add(2, 2))\n\t// Output: 4\n}\n',
      });
      const kept = join(tmpdir(), "thinkaloud-kept");
      const run = await checked(project, "calc.go", text, plus(text), { kept });
      expect(states(run)).toEqual([
        "TestZero passed, TestOne failed, ExampleAdd failed",
        "TestZero passed, TestOne passed, ExampleAdd passed",
      ]);
      expect(run.before[0]?.cases[1]?.got).toContain("got 0");
      expect(run.before[0]?.cases[2]).toMatchObject({ expected: "4", got: "0" });
    },
    180_000,
  );

  it.skipIf(noCargo)(
    "run with cargo test, the documented examples with them",
    async () => {
      const text =
        "/// ```\n/// assert_eq!(calc::add(2, 2), 4);\n/// ```\npub fn add(a: i32, b: i32) -> i32 {\n    a - b\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn zero() {\n        assert_eq!(super::add(1, 0), 1);\n    }\n    #[test]\n    fn one() {\n        assert_eq!(super::add(1, 1), 2);\n    }\n}\n";
      const project = new CheckProject({
        "Cargo.toml": '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
        "src/lib.rs": text,
      });
      const run = await checked(project, "src/lib.rs", text, plus(text));
      const sorted = states(run).map((each) => each.split(", ").sort());
      expect(sorted).toEqual([
        ["src/lib.rs - add failed", "tests::one failed", "tests::zero passed"],
        ["src/lib.rs - add passed", "tests::one passed", "tests::zero passed"],
      ]);
      expect(existsSync(project.path("target"))).toBe(false);
    },
    180_000,
  );

  it.skipIf(noPython)(
    "run with the task of the project where no runner is known, and with it alone there",
    async () => {
      const test = "import sys\nsys.exit('a - b' in open('calc.txt').read())\n";
      const project = new CheckProject({
        "calc.txt": python,
        "sub/try.py": test,
        "test_calc.py": "",
      });
      const task = {
        name: "try it",
        words: ["python3", "sub/try.py"] as const,
        folder: project.root,
      };
      const options = { taskFor: async () => task };
      const run = await checked(project, "calc.txt", python, plus(python), options);
      expect(states(run)).toEqual(["try it failed", "try it passed"]);
      const elsewhere = { taskFor: async () => ({ ...task, folder: tmpdir() }) };
      expect((await checked(project, "calc.txt", python, undefined, elsewhere)).labels).toEqual([]);
    },
  );

  it.skipIf(noPython)("run with a command that the person typed, word by word", async () => {
    const test =
      "import calc, sys\nprint(sys.argv[1])\nassert calc.add(1, 1) == 2, 'one and one'\n";
    const project = new CheckProject({ "calc.py": python, "try it.py": test });
    const run = await checked(project, "calc.py", python, plus(python), {
      testWords: ["python3", "try it.py", "$(touch hacked)"],
    });
    expect(run.before[0]?.cases).toEqual([
      {
        name: "python3 try it.py $(touch hacked)",
        state: "failed",
        got: expect.stringContaining("AssertionError: one and one"),
        failedAt: "loading",
      },
    ]);
    expect(run.after[0]?.cases.map(({ state }) => state)).toEqual(["passed"]);
  });

  it("that nothing here can run are named, with the reason", async () => {
    const project = new CheckProject({
      "package.json": '{"devDependencies":{"jest":"*"}}',
      "calc.js": script,
      "calc.test.js": 'test("a", () => {});',
    });
    const { unchecked, labels } = await checked(project, "calc.js", script);
    expect(labels).toEqual([]);
    expect(unchecked[0]).toBe(
      "The tests are not run: jest is named in package.json, and not installed.",
    );
  });
});

describe("what a runner prints", () => {
  it("is told to the model without the frames of the runner", () => {
    const failed =
      '{"numFailedTests":1,"testResults":[{"assertionResults":[{"fullName":"adds","status":"failed","failureMessages":["Error: got 0\\n    at Object.<anonymous> (calc.test.js:2:139)\\n    at Promise.then (/x/node_modules/jest-circus/a.js:1:2)\\n    at new Promise (<anonymous>)\\n    at processTicks (node:internal/a:1:1)"]}]}]}';
    expect(testCases(failed, "jest")[0]?.got).toBe(
      "Error: got 0\n    at Object.<anonymous> (calc.test.js:2:139)",
    );
  });

  it.each([
    [
      "unittest" as const,
      "test_one (test_calc.Calc.test_one) ... FAIL\ntest_zero (test_calc.Calc.test_zero)\nAdds nothing. ... ok\n\n======================================================================\nFAIL: test_one (test_calc.Calc.test_one)\n----------------------------------------------------------------------\nTraceback (most recent call last):\nAssertionError: 0 != 2\n\n----------------------------------------------------------------------\nRan 2 tests\n",
      ["test_calc.Calc.test_one failed", "test_calc.Calc.test_zero passed"],
    ],
    [
      "jest" as const,
      'noise {"numFailedTests":1,"testResults":[{"name":"a.test.js","status":"failed","assertionResults":[{"fullName":"adds one","status":"failed","failureMessages":["Expected: 2"]},{"fullName":"adds zero","status":"passed","failureMessages":[]},{"fullName":"later","status":"pending"}]}]}',
      ["adds one failed", "adds zero passed"],
    ],
    [
      "tap" as const,
      "1..3\nok 1 add adds zero\nnot ok 2 add adds one\n  AssertionError: 0 == 2\nok 3 later # SKIP -\n",
      ["add adds zero passed", "add adds one failed"],
    ],
    [
      "go" as const,
      "=== RUN   TestAll\n--- FAIL: TestAll (0.00s)\n    --- PASS: TestAll/zero (0.00s)\n    --- FAIL: TestAll/one (0.00s)\n        calc_test.go:9: got 0\nFAIL\n",
      ["TestAll failed", "TestAll/zero passed", "TestAll/one failed"],
    ],
  ])("is read: %s", (form, output, wanted) => {
    expect(testCases(output, form).map(({ name, state }) => `${name} ${state}`)).toEqual(wanted);
    expect(testCases(output).length).toBe(wanted.length);
  });
});
