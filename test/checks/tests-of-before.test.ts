import { describe, expect, it } from "vitest";
import { languageOf } from "../../src/base/languages/language-of-file";
import { testsTouched } from "../../src/checks/tests/tests-of-before";
import type { FileProposal } from "../../src/protocol/proposal";

function edit(
  path: string,
  base: string,
  proposed: string,
  change: FileProposal["change"] = "edit",
) {
  const languageId = languageOf(path, proposed);
  return { uri: `file:///p/${path}`, path, languageId, change, base, proposed } as FileProposal;
}

async function touched(path: string, base: string, proposed: string) {
  return await testsTouched(path, edit(path, base, proposed));
}

const rust = [
  "pub fn half(n: i32) -> i32 {",
  "    n / 3",
  "}",
  "",
  "#[cfg(test)]",
  "mod tests {",
  "    use super::*;",
  "",
  "    #[test]",
  "    fn halves() {",
  "        assert_eq!(half(8), 4);",
  "    }",
  "}",
  "",
].join("\n");

describe("tests beside the code", () => {
  it("are as they were, while the code is as the edit leaves it", async () => {
    const proposed = rust.replace("n / 3", "n / 2").replace("(8), 4", "(8), 2");
    const found = await touched("src/lib.rs", rust, proposed);
    expect(found).toEqual({
      text: rust.replace("n / 3", "n / 2"),
      names: ["halves"],
      isWhole: false,
    });
  });

  it("are untouched by an edit of the code alone, and by a new test", async () => {
    expect(await touched("src/lib.rs", rust, rust.replace("n / 3", "n / 2"))).toBeUndefined();
    const more = "    #[test]\n    fn nothing() {\n        assert_eq!(half(0), 0);\n    }\n}\n";
    expect(await touched("src/lib.rs", rust, rust.replace(/}\n$/, more))).toBeUndefined();
  });

  it.each([
    [
      "a mark to pass it over",
      (text: string) => text.replace("    #[test]", "    #[test]\n    #[ignore]"),
    ],
    ["an early end", (text: string) => text.replace("halves() {", "halves() {\n        return;")],
    ["its end", (text: string) => text.replace(/ {4}#\[test\][\s\S]*? {4}}\n/, "")],
    ["the end of all of them", (text: string) => text.slice(0, text.indexOf("#[cfg"))],
  ])("are changed by %s", async (_name, change) => {
    const found = await touched("src/lib.rs", rust, change(rust));
    expect(found?.text).toBe(rust);
  });

  it.each([
    [
      "calc.py",
      "def one():\n    return 2\n\ndef test_one():\n    assert one() == 1\n",
      "== 1",
      "== 2",
      "test_one",
    ],
    [
      "calc.py",
      'def one():\n    return 2\n\nif __name__ == "__main__":\n    assert one() == 1\n',
      "== 1",
      "== 2",
      "__name__",
    ],
    [
      "calc.py",
      "def one():\n    return 2\n\nassert one() == 1\n",
      "assert one() == 1\n",
      "",
      "assert one() == 1",
    ],
    [
      "calc.py",
      "import unittest\nclass One(unittest.TestCase):\n    @unittest.expectedFailure\n    def test_one(self):\n        self.assertEqual(1, 2)\n",
      "    @unittest.expectedFailure\n",
      "",
      "test_one",
    ],
    [
      "calc.ts",
      'export const one = () => 2;\nif (import.meta.vitest) {\n  it("is one", () => {\n    expect(one()).toBe(1);\n  });\n}\n',
      "toBe(1)",
      "toBe(2)",
      '"is one"',
    ],
    [
      "lib.rs",
      "/// ```\n/// assert_eq!(calc::one(), 1);\n/// ```\npub fn one() -> i32 { 2 }\n",
      ", 1)",
      ", 2)",
      "assert_eq!(calc::one(), 1);",
    ],
  ])("in %s are known by their form: %#", async (path, base, search, replace, name) => {
    const found = await touched(path, base, base.replace(search, replace));
    expect(found).toEqual({ text: base, names: [name], isWhole: false });
  });

  it.each([
    ["calc.py", "class TestClient:\n    def get(self):\n        return 1\n", "1", "2"],
    ["calc.py", "def test_connection(host):\n    return 1\n", "1", "2"],
    ["calc.py", "def f(n):\n    assert n > 0\n    return n\n", "return n", "return -n"],
    ["calc.rs", "#[cfg(not(test))]\nfn one() -> i32 {\n    1\n}\n", "    1", "    2"],
    ["calc.js", "export function test(name) {\n  return 1;\n}\n", "1", "2"],
  ])("are not what only looks like one: %s %#", async (path, base, search, replace) => {
    expect(await touched(path, base, base.replace(search, replace))).toBeUndefined();
  });
});

describe("files that are there to test", () => {
  it.each(
    [
      ["tests/test_calc.py", "tests/conftest.py", "src/__snapshots__/a.test.ts.snap", "pytest.ini"],
      [
        "half_test.go",
        "testdata/half.txt",
        "tests/data/half.json",
        "vitest.config.ts",
        "src/test/java/HalfTest.java",
      ],
    ].flat(),
  )("are as they were: %s", async (path) => {
    expect(await touched(path, "old", "new")).toMatchObject({ text: "old", isWhole: true });
  });

  it("may be new, but not what they are compared with, and not what says how they run", async () => {
    const created = async (path: string) => await testsTouched(path, edit(path, "", "x", "create"));
    expect(await created("tests/test_more.py")).toBeUndefined();
    for (const path of ["tests/conftest.py", "src/__snapshots__/a.test.ts.snap"])
      expect(await created(path)).toEqual({ text: undefined, names: [path], isWhole: true });
    expect(await created("src/calc.py")).toBeUndefined();
  });
});

describe("documented examples", () => {
  it.each([
    [
      "calc.py",
      'def one():\n    """\n    >>> one()\n    1\n    """\n    return 2\n',
      "    1\n",
      "    2\n",
    ],
    ["calc.py", 'def one():\n    """one() == 1"""\n    return 2\n', "== 1", "== 2"],
    ["calc.js", "/** one() === 1 */\nexport function one() {\n  return 2;\n}\n", "=== 1", "=== 2"],
  ])(
    "in %s that say something else are named, and the text is as the edit leaves it",
    async (path, base, search, replace) => {
      const proposed = base.replace(search, replace);
      const found = await touched(path, base, proposed);
      expect(found).toEqual({ text: proposed, names: ["one()"], isWhole: false });
      expect(await touched(path, base, base.replace("return 2", "return 1"))).toBeUndefined();
    },
  );
});
