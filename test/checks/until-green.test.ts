import { spawnSync } from "node:child_process";
import { readdirSync, readFileSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import type { GreenLimits } from "../../src/core/run/checks/checker";
import { Interventions } from "../../src/core/run/interventions";
import type { RunEvent } from "../../src/protocol/run-events";
import { compareCheck } from "../../src/runs/compare-checks";
import { collected, proposalIn, RunWorld } from "../core/run/run-world";
import { pom } from "../support/maven-project";
import { CheckProject } from "./check-project";

const has = (command: string, ...words: readonly string[]): boolean =>
  spawnSync(command, words, { encoding: "utf8" }).status === 0;
const noPython = !has("python3", "--version");
/** The others take seconds each, and differ in the reading of output that is tested for itself. */
const onlySome = process.env["THINKALOUD_GREEN_CASES"] !== "all";
const ownModules = join(import.meta.dirname, "../../node_modules");
const kept = join(tmpdir(), "thinkaloud-kept");

interface Wish {
  /** The file that the person asks about. */
  readonly file: string;
  readonly limits?: GreenLimits;
  readonly testWords?: readonly [string, ...string[]];
  /** By turns; the last one again and again. */
  readonly answers: readonly string[];
  readonly interventions?: Interventions;
  readonly model?: string;
}

interface Came {
  readonly events: readonly RunEvent[];
  readonly prompts: readonly string[];
  /** Of the proposal: the files and what they become. */
  readonly files: Readonly<Record<string, string>>;
  readonly detail: string | undefined;
  readonly outcome: string;
  /** Of the first check of the proposal: what still fails, by name. */
  readonly still: readonly string[];
}

async function untilGreen(
  files: Readonly<Record<string, string>> | CheckProject,
  wish: Wish,
): Promise<Came> {
  const made = files instanceof CheckProject ? files : new CheckProject(files);
  const before = tree(made.root);
  const target = (name: string, line = 0) => {
    const text = readFileSync(made.path(name), "utf8");
    const start = { line, character: 0 };
    return { ...made.target(name, text), range: { start, end: start } };
  };
  const world = await RunWorld.start(wish.answers, {
    environment: {
      checkers: [made.checker({ kept, ...(wish.testWords ? { testWords: wish.testWords } : {}) })],
      greenLimits: () => wish.limits ?? { rounds: 4, seconds: 600, tries: 2 },
      takeFile: async (uri, line) => target(relative(made.root, fileURLToPath(uri)), line),
    },
  });
  const request = { target: target(wish.file), untilGreen: true } as const;
  const events = await collected(world.run(request, wish.interventions));
  const last = events.at(-1);
  const proposal = events.findLast((event) => event.kind === "proposal")?.proposal;
  // Nothing of the person's was touched, and no copy is left.
  expect(tree(made.root)).toEqual(before);
  expect(made.copies()).toEqual([]);
  return {
    events,
    prompts: world.prompts(),
    files: Object.fromEntries(
      (proposal?.files ?? []).map(({ path, proposed }) => [path, proposed]),
    ),
    outcome: last?.kind === "finished" ? last.outcome : JSON.stringify(last),
    detail: last?.kind === "finished" ? last.detail : undefined,
    still: (proposal?.checks ?? []).flatMap((check) => {
      const { still, worse } = compareCheck(check);
      return [...still, ...worse].map(({ name }) => name);
    }),
  };
}

function tree(folder: string): Readonly<Record<string, string>> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true });
  return Object.fromEntries(
    names.flatMap((entry) => {
      const path = join(entry.parentPath, entry.name);
      return entry.isFile() && !path.includes("node_modules")
        ? [[relative(folder, path), readFileSync(path, "utf8")]]
        : [];
    }),
  );
}

function edit(path: string, search: string, replace: string): string {
  return `${path}\n<<<<<<< SEARCH\n${search}\n=======\n${replace}\n>>>>>>> REPLACE\n\nIt was wrong.`;
}

const net = "def net(price, rate):\n    return price * rate\n";
const tax = "def tax(price):\n    return price // 5 + 1\n";
const shop = {
  "shop/__init__.py": "",
  "shop/net.py": net,
  "shop/tax.py": tax,
  "tests/test_shop.py": [
    "from unittest import TestCase",
    "from shop.net import net",
    "from shop.tax import tax",
    "",
    "class Shop(TestCase):",
    "    def test_net(self):",
    "        self.assertEqual(net(12, 3), 4)",
    "",
    "    def test_tax(self):",
    "        self.assertEqual(tax(10), 2)",
    "",
    "    def test_zero(self):",
    "        self.assertEqual(net(0, 1), 0)",
    "",
  ].join("\n"),
};
const netRight = edit("shop/net.py", "    return price * rate", "    return price // rate");
const netWrong = edit("shop/net.py", "    return price * rate", "    return price + rate");
const taxWrong = edit("shop/tax.py", "    return price // 5 + 1", "    return price // 6");
const taxRight = edit("shop/tax.py", "    return price // 5 + 1", "    return price // 5");

const unittest = (module: string) => ["python3", "-m", "unittest", "-v", module] as const;
const askedOf = (file: string) => ({ file, testWords: unittest("tests.test_shop") });
/** One try each. */
const inRounds = (rounds: number) => ({ limits: { rounds, seconds: 600, tries: 1 } });

describe("fixing until all passes", () => {
  it.skipIf(noPython)("mends one file after the other, and proposes them as one", async () => {
    const came = await untilGreen(shop, {
      ...askedOf("tests/test_shop.py"),
      answers: [netWrong, netRight, taxRight],
    });
    expect(came.outcome).toBe("proposed");
    expect(came.detail).toBe("All that failed passes now, in round 2.");
    expect(came.files).toEqual({
      "shop/net.py": net.replace("*", "//"),
      "shop/tax.py": tax.replace(" + 1", ""),
    });
    expect(came.still).toEqual([]);
    // The first asks where the first failure leads: not about the test.
    expect(came.prompts[0]).toContain("[file name]: shop/net.py\n");
    expect(came.prompts[0]).toContain('File "tests/test_shop.py", line 7, in test_net');
    // The second round is about what fails then.
    expect(came.prompts[2]).toContain("[file name]: shop/tax.py\n");
    expect(came.prompts[2]).not.toContain("in test_net");
    const tried = came.events.flatMap((event) =>
      event.kind === "tried" ? [event.proposal.files.map(({ path }) => path).join(" ")] : [],
    );
    expect(tried).toEqual(["shop/net.py", "shop/net.py"]);
  });

  it.skipIf(noPython)("says what still fails, and keeps what is better", async () => {
    const came = await untilGreen(shop, {
      ...askedOf("shop/net.py"),
      answers: [netRight, taxWrong],
      ...inRounds(2),
    });
    expect(came.files).toEqual({ "shop/net.py": net.replace("*", "//") });
    expect(came.still).toEqual(["tests.test_shop.Shop.test_tax"]);
    expect(came.detail).toBe(
      "Still 1 of 3 failing: `tests.test_shop.Shop.test_tax`. Changes that were tried: 2.",
    );
  });

  it.skipIf(noPython)("takes what mends several files at once", async () => {
    const came = await untilGreen(shop, {
      ...askedOf("tests/test_shop.py"),
      answers: [`${netRight}\n\n${taxRight}`],
    });
    expect(came.detail).toBe("All that failed passes now, in round 1.");
    expect(Object.keys(came.files).sort()).toEqual(["shop/net.py", "shop/tax.py"]);
  });

  it.skipIf(noPython)("proposes nothing where no change makes fewer fail", async () => {
    const came = await untilGreen(shop, {
      ...askedOf("shop/net.py"),
      answers: [netWrong, taxWrong],
      ...inRounds(2),
    });
    expect(came.outcome).toBe("answered");
    expect(came.files).toEqual({});
    expect(came.detail).toContain("Still 2 of 3 failing");
  });

  it.skipIf(noPython)("takes no change of the test for a repair", async () => {
    const came = await untilGreen(shop, {
      ...askedOf("shop/net.py"),
      answers: [
        `${netRight}\n${edit("tests/test_shop.py", "        self.assertEqual(tax(10), 2)", "        self.assertEqual(tax(10), 3)")}`,
      ],
      ...inRounds(1),
    });
    expect(came.files["tests/test_shop.py"]).toBeUndefined();
  });

  it.skipIf(noPython)("takes no weaker test beside the code for a repair", async () => {
    const text = [
      "import unittest",
      "",
      "def half(n):",
      "    return n // 3",
      "",
      "class Half(unittest.TestCase):",
      "    def test_half(self):",
      "        self.assertEqual(half(8), 4)",
      "",
    ].join("\n");
    const skipped = edit(
      "calc.py",
      "    def test_half(self):",
      '    @unittest.skip("later")\n    def test_half(self):',
    );
    const right = edit("calc.py", "    return n // 3", "    return n // 2");
    const came = await untilGreen(
      { "calc.py": text },
      {
        file: "calc.py",
        testWords: unittest("calc"),
        answers: [skipped, right],
        ...inRounds(2),
      },
    );
    expect(came.detail).toBe("All that failed passes now, in round 2.");
    expect(came.files).toEqual({ "calc.py": text.replace("// 3", "// 2") });
    const tried = came.events.flatMap((event) =>
      event.kind === "tried" ? event.proposal.files.flatMap(({ notices }) => notices) : [],
    );
    const said =
      "This edit also changes what checks it: `test_half`. What was there before counts.";
    expect(tried).toEqual([said]);
  });

  it.skipIf(noPython)("knows what is there to test, and what only stands beside it", async () => {
    const project = new CheckProject(shop);
    const target = project.target("shop/net.py", net);
    const { signal } = new AbortController();
    const prepared = await project.checker().prepare({ target }, signal);
    const isTest = (name: string) => prepared.isTest?.(project.target(name, "").uri);
    expect(await isTest("tests/test_shop.py")).toBe(true);
    // Who asks about the settings of the tests may have them changed.
    expect(await isTest("tests/conftest.py")).toBe(true);
    expect(await isTest("shop/net.py")).toBe(false);
    await prepared.dispose();
  });

  it.skipIf(noPython)("says so where only a change of the test itself was to be had", async () => {
    const test = [
      "import unittest",
      "class One(unittest.TestCase):",
      "    def test_one(self):",
      "        self.assertEqual(len([1]), 2)",
      "",
    ].join("\n");
    const came = await untilGreen(
      { "test_one.py": test },
      {
        file: "test_one.py",
        testWords: unittest("test_one"),
        answers: [edit("test_one.py", "len([1]), 2", "len([1]), 1")],
      },
    );
    expect(came.outcome).toBe("proposed");
    expect(came.detail).toBe(
      "Nothing fails any more; but the change is one of tests as well: look at it.",
    );
    expect(proposalIn(came.events)?.checks?.[0]?.after?.cases).toEqual([
      expect.objectContaining({ state: "broken", ownTest: true }),
    ]);
  });

  it.skipIf(noPython)("has nothing to do where nothing fails", async () => {
    const came = await untilGreen(
      {
        "calc.py": "def one():\n    return 1\n",
        "test_calc.py": `import unittest\nfrom calc import one\nclass One(unittest.TestCase):\n    def test_one(self):\n        self.assertEqual(one(), 1)\n`,
      },
      {
        file: "calc.py",
        testWords: unittest("test_calc"),
        answers: ["never asked"],
      },
    );
    expect([came.outcome, came.detail]).toEqual(["answered", "Nothing fails: 1 of 1 pass."]);
    expect(came.prompts).toEqual([]);
  });

  it.skipIf(noPython)(
    "mends a file that cannot be loaded, and then what it did not let run",
    async () => {
      const calc = "def half(n)\n    return n // 3\n";
      const came = await untilGreen(
        {
          "calc.py": calc,
          "test_calc.py": `import unittest\nfrom calc import half\nclass Half(unittest.TestCase):\n    def test_half(self):\n        self.assertEqual(half(8), 4)\n`,
        },
        {
          file: "test_calc.py",
          testWords: unittest("test_calc"),
          answers: [
            edit("calc.py", "def half(n)", "def half(n):"),
            edit("calc.py", "    return n // 3", "    return n // 2"),
          ],
          ...inRounds(4),
        },
      );
      expect(came.files["calc.py"]).toBe("def half(n):\n    return n // 2\n");
      expect(came.still).toEqual([]);
    },
  );

  it.skipIf(noPython)("leaves nothing behind when it is stopped while the tests run", async () => {
    const interventions = new Interventions();
    setTimeout(() => interventions.stop(), 700);
    const file = "tests/test_shop.py";
    const testWords = ["python3", "-c", "import time; time.sleep(60)"] as const;
    const came = await untilGreen(shop, { file, testWords, answers: [], interventions });
    expect(came.outcome).toBe("stopped");
  });
});

describe("fixing until all passes works with", () => {
  it.each<{ name: string; skip: boolean; files: Record<string, string>; wish: Wish }>([
    {
      name: "pytest",
      skip: !has("python3", "-c", "import pytest"),
      files: {
        "calc.py": "def half(n):\n    return n // 3\n",
        "test_calc.py": "from calc import half\n\ndef test_half():\n    assert half(8) == 4\n",
      },
      wish: {
        file: "test_calc.py",
        answers: [edit("calc.py", "    return n // 3", "    return n // 2")],
      },
    },
    {
      name: "node:test",
      skip: false,
      files: {
        "package.json": '{"type": "module"}',
        "src/half.js": "export function half(n) {\n  return n.value / 2;\n}\n",
        "test/half.test.js":
          'import assert from "node:assert";\nimport test from "node:test";\nimport { half } from "../src/half.js";\n\ntest("halves", () => assert.equal(half(8), 4));\n',
      },
      wish: {
        file: "test/half.test.js",
        answers: [edit("src/half.js", "  return n.value / 2;", "  return n / 2;")],
      },
    },
    {
      name: "vitest",
      skip: onlySome,
      files: {
        "package.json": '{"type": "module", "devDependencies": {"vitest": "*"}}',
        "src/half.ts": "export function half(n: number): number {\n  return n / 3;\n}\n",
        "src/half.test.ts":
          'import { expect, test } from "vitest";\nimport { half } from "./half";\n\ntest("halves", () => {\n  expect(half(8)).toBe(4);\n});\n',
      },
      wish: {
        file: "src/half.test.ts",
        answers: [edit("src/half.ts", "  return n / 3;", "  return n / 2;")],
      },
    },
    {
      name: "Go, from code that does not compile",
      skip: !has("go", "version"),
      files: {
        "go.mod": "module example.org/calc\n\ngo 1.20\n",
        "other.go": "package calc\n\nfunc other(n int) int {\n\treturn n\n}\n",
        "half.go": "package calc\n\nfunc Half(n int) int {\n\treturn m / 3\n}\n",
        "half_test.go":
          'package calc\n\nimport "testing"\n\nfunc TestHalf(t *testing.T) {\n\tif got := Half(8); got != 4 {\n\t\tt.Fatalf("got %d", got)\n\t}\n}\n',
      },
      wish: {
        file: "half_test.go",
        ...inRounds(4),
        answers: [
          edit("half.go", "\treturn m / 3", "\treturn n / 3"),
          edit("half.go", "\treturn n / 3", "\treturn n / 2"),
        ],
      },
    },
    {
      name: "Rust, with tests beside the code",
      skip: onlySome || !has("cargo", "--version"),
      files: {
        "Cargo.toml": '[package]\nname = "calc"\nversion = "0.1.0"\nedition = "2021"\n',
        "src/lib.rs":
          "pub fn half(n: i32) -> i32 {\n    n / 3\n}\n\n#[cfg(test)]\nmod tests {\n    #[test]\n    fn halves() {\n        assert_eq!(super::half(8), 4);\n    }\n}\n",
      },
      wish: { file: "src/lib.rs", answers: [edit("src/lib.rs", "    n / 3", "    n / 2")] },
    },
    {
      name: "Maven",
      skip: onlySome || !has("mvn", "--version"),
      files: {
        "pom.xml": pom,
        "src/main/java/shop/Half.java":
          "package shop;\n\npublic class Half {\n  public static int half(int n) {\n    return n / 3;\n  }\n}\n",
        "src/main/java/shop/Other.java": "package shop;\n\nclass Other {}\n",
        "src/test/java/shop/HalfTest.java":
          "package shop;\n\nimport static org.junit.jupiter.api.Assertions.assertEquals;\n\nimport org.junit.jupiter.api.Test;\n\nclass HalfTest {\n  @Test\n  void halves() {\n    assertEquals(4, Half.half(8));\n  }\n\n  @Test\n  void zero() {\n    assertEquals(0, Half.half(0));\n  }\n}\n",
      },
      wish: {
        file: "src/test/java/shop/HalfTest.java",
        answers: [edit("src/main/java/shop/Half.java", "    return n / 3;", "    return n / 2;")],
      },
    },
    {
      name: "Java, by a command of the person's own",
      skip: onlySome || !has("javac", "-version"),
      files: {
        "pom.xml": "<project/>",
        "src/Half.java": "class Half {\n  static int half(int n) {\n    return n / 3;\n  }\n}\n",
        "src/HalfTest.java":
          'class HalfTest {\n  public static void main(String[] words) {\n    if (Half.half(8) != 4) throw new AssertionError("half of 8");\n  }\n}\n',
        "run.sh": "javac -d out src/*.java && java -cp out HalfTest\n",
      },
      wish: {
        file: "src/HalfTest.java",
        testWords: ["sh", "run.sh"],
        answers: [edit("src/Half.java", "    return n / 3;", "    return n / 2;")],
      },
    },
  ])(
    "$name",
    async ({ skip, files, wish, name }) => {
      if (skip) return;
      const project = new CheckProject(files);
      if (name === "vitest") symlinkSync(ownModules, project.path("node_modules"));
      const came = await untilGreen(project, wish);
      expect(came.detail).toContain("All that failed passes now");
      expect(came.still).toEqual([]);
      expect(Object.values(came.files).join("\n")).toMatch(/n \/\/? 2/);
    },
    300_000,
  );
});
