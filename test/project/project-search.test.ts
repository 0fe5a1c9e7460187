import { afterEach, describe, expect, it } from "vitest";
import { withoutDoubles } from "../../src/core/context/gather";
import { IgnoreRules } from "../../src/project/ignore-rules";
import { importTargets } from "../../src/project/import-targets";
import { ProjectSearch } from "../../src/project/project-search";
import { ProjectFolder } from "./project-folder";

const never = new AbortController().signal;
let folder: ProjectFolder;
afterEach(() => folder?.remove());

/** What a search finds from the line that holds `at`, as `kind title` with the text. */
async function found(
  contents: Readonly<Record<string, string>>,
  path: string,
  at: string,
): Promise<Readonly<Record<string, string>>> {
  folder = new ProjectFolder(contents);
  const query = await folder.query(path, contents[path] ?? "", at);
  const { pieces } = await new ProjectSearch(folder.parts).find(query, never, () => {});
  return Object.fromEntries(
    pieces.map(({ path: where, name, text }) => [`${where} ${name}`, text]),
  );
}

describe("a search over the project finds what is taken from things whose type the file names elsewhere", () => {
  const log = `package app

type Log struct {
	lines  *ring
	config Config
}

func (l *Log) Recent() []string {
	return l.lines.at(l.config.Limit)
}
`;
  const files = {
    "log.go": log,
    "ring.go":
      "package app\n\ntype ring struct{}\n\nfunc (r *ring) at(n int) []string { return nil }\n",
    "config.go": "package app\n\ntype Config struct {\n\t// Limit of lines.\n\tLimit int\n}\n",
    "other.go":
      "package app\n\ntype book struct {\n\tLimit int\n}\n\nfunc (b *book) at(n int) []string { return nil }\n",
  };

  it("a method, and a type by its field, and not what another type has of the same name", async () => {
    const pieces = await found(files, "log.go", "return l.lines");
    expect(Object.keys(pieces).sort()).toEqual([
      "config.go Config",
      "ring.go ring",
      "ring.go ring.at",
    ]);
    expect(pieces["config.go Config"]).toContain("// Limit of lines.");
  });
});

describe("what a body that is shown stands on in its own file goes along", () => {
  const shown = async (...which: Parameters<typeof found>) =>
    Object.values(await found(...which)).join("\n");
  const limits = "LIMIT = 3\nOTHER = 4\n\n\n";

  it("the values that it names, and no others", async () => {
    const files = {
      "a.py": "from b import cut\n\ndef f(x):\n    return cut(x)\n",
      "b.py": `${limits}def cut(x):\n    return x[:LIMIT]\n`,
    };
    const text = await shown(files, "a.py", "return cut");
    expect(text).toContain("LIMIT = 3");
    expect(text).not.toContain("OTHER");
  });

  it("but not where the body itself is too long to be shown", async () => {
    const long = "    x = x + [LIMIT]\n".repeat(60);
    const files = {
      "a.py": "from b import cut\n\ndef f(x):\n    return cut(x)\n",
      "b.py": `${limits}def cut(x):\n${long}`,
    };
    expect(Object.keys(await found(files, "a.py", "return cut"))).toEqual(["b.py cut"]);
  });

  it("a struct beside its implementation", async () => {
    const files = {
      "src/lib.rs":
        "use crate::past::Past;\n\npub fn undo(past: &mut Past) -> Option<String> {\n    past.pop()\n}\n",
      "src/past.rs":
        "pub struct Past {\n    texts: Vec<String>,\n}\n\nimpl Past {\n    pub fn pop(&mut self) -> Option<String> {\n        self.texts.pop()\n    }\n}\n",
    };
    folder = new ProjectFolder(files);
    const query = await folder.query("src/lib.rs", files["src/lib.rs"], "past.pop");
    const { pieces } = await new ProjectSearch(folder.parts).find(query, never, () => {});
    const kept = withoutDoubles(pieces).map(({ text }) => text.split("\n")[0]);
    expect(kept).toContain("pub struct Past {");
    expect(kept).toContain("impl Past {");
  });
});

describe("a search over the project finds what the code calls", () => {
  it.each([
    [
      "Python",
      "shop/basket.py",
      "from shop.prices import rounded\n\ndef total(items):\n    return rounded(sum(items))\n",
      "shop/prices.py",
      "def rounded(value):\n    return value\n\ndef other():\n    pass\n",
    ],
    [
      "TypeScript",
      "src/basket.ts",
      'import { rounded } from "./money/prices";\n\nexport function total(items: number[]) {\n  return rounded(items.length);\n}\n',
      "src/money/prices.ts",
      "export function rounded(value: number) {\n  return value;\n}\n\nexport function other() {}\n",
    ],
    [
      "Go",
      "basket.go",
      'package shop\n\nimport "fmt"\n\nfunc total(items []int) int {\n\tfmt.Println()\n\treturn rounded(len(items))\n}\n',
      "prices.go",
      "package shop\n\nfunc rounded(value int) int {\n\treturn value\n}\n\nfunc other() {}\n",
    ],
    [
      "Rust",
      "src/basket.rs",
      "use crate::prices::rounded;\n\nfn total(items: &[i32]) -> i32 {\n    rounded(items.len() as i32)\n}\n",
      "src/prices.rs",
      "pub fn rounded(value: i32) -> i32 {\n    value\n}\n\npub fn other() {}\n",
    ],
    [
      "Java",
      "shop/Basket.java",
      "package shop;\n\nclass Basket {\n    int total(int[] items) {\n        return Prices.rounded(items.length);\n    }\n}\n",
      "shop/Prices.java",
      "package shop;\n\nclass Prices {\n    static int rounded(int value) {\n        return value;\n    }\n}\n",
    ],
    [
      "C",
      "src/basket.c",
      '#include "prices.h"\n\nint total(int *items, int n) {\n    return rounded(items[0]);\n}\n',
      "src/prices.c",
      "int rounded(int value) {\n    return value;\n}\n\nint other(void) { return 0; }\n",
    ],
  ])("in %s", async (_language, path, text, other, otherText) => {
    const pieces = await found({ [path]: text, [other]: otherText }, path, "rounded(");
    const texts = Object.values(pieces).join("\n");
    expect(Object.keys(pieces).join()).toContain(other);
    expect(texts).toContain("value");
    expect(texts).not.toContain("other");
  });

  it("and not what another file has of the name of a variable", async () => {
    const store = {
      "store.js":
        "const people = new Map();\n\nasync function findPerson(id) {\n  return id.name;\n}\n\nmodule.exports = { findPerson };\n",
    };
    const named = (body: string): Record<string, string> => ({
      ...store,
      "people.js": `const { findPerson } = require("./store");\n\nfunction namesOf(ids) {\n${body}\n}\n`,
    });
    const local = "  const people = ids.map((id) => findPerson(id));\n  return people.length;";
    const each = "  for (const people of ids) findPerson(people);";
    const taken = '  return people.size + (people === "") + findPerson(ids);';
    for (const [body, ...others] of [[local], [each], [taken, "store.js people"]] as const)
      expect(Object.keys(await found(named(body), "people.js", "findPerson(")).sort()).toEqual([
        "store.js findPerson",
        ...others,
      ]);
  });

  it("shows a short body whole, to be edited, and of a long one the signature and the doc", async () => {
    const long = `def rounded(value):\n    """Rounds to cents."""\n${"    value = value + 1\n".repeat(60)}    return value\n`;
    const text = "from prices import rounded\n\ndef total(items):\n    return rounded(items)\n";
    folder = new ProjectFolder({ "prices.py": long, "basket.py": text });
    const query = await folder.query("basket.py", text, "rounded(items)");
    const [piece] = (await new ProjectSearch(folder.parts).find(query, never, () => {})).pieces;
    expect(piece).toMatchObject({ editable: false, name: "rounded" });
    expect(piece?.text).toBe("- `def rounded(value)`: Rounds to cents.");
    folder.write("prices.py", "def rounded(value):\n    return value\n");
    const [short] = (await new ProjectSearch(folder.parts).find(query, never, () => {})).pieces;
    expect(short).toMatchObject({ editable: true, text: "def rounded(value):\n    return value" });
    expect(short?.file?.text).toContain(short?.text);
  });

  it("and the test that names what the request is about", async () => {
    const pieces = await found(
      {
        "basket.py": "def total(items):\n    return sum(items)\n\n\ndef more():\n    pass\n",
        "tests/test_basket.py":
          "from basket import total\n\ndef test_total():\n    assert total([1, 2]) == 3\n\ndef test_more():\n    pass\n",
      },
      "basket.py",
      "sum(items)",
    );
    expect(pieces).toEqual({
      "tests/test_basket.py test_total": "def test_total():\n    assert total([1, 2]) == 3",
    });
  });

  it("and nothing that a project's rules say to leave alone, nor what holds secrets", async () => {
    const text = "from gen.prices import rounded\n\ndef total(items):\n    return rounded(items)\n";
    const prices = "def rounded(value):\n    return value\n";
    const pieces = await found(
      {
        "basket.py": text,
        "gen/prices.py": prices,
        "own/gen/prices.py": prices,
        ".gitignore": "/gen/\n",
        ".thinkaloudignore": "own\n",
      },
      "basket.py",
      "rounded(items)",
    );
    expect(pieces).toEqual({});
  });

  it("takes a name that is imported from elsewhere for no declaration beside, a dollar in it or not", async () => {
    const own =
      'import { $store } from "shelves";\n\nexport function total() {\n  return $store();\n}\n';
    const beside = "export function $store() {\n  return 1;\n}\n";
    const pieces = await found(
      { "src/basket.ts": own, "src/other.ts": beside },
      "src/basket.ts",
      "return $store",
    );
    expect(pieces).toEqual({});
  });
});

describe("imports lead to files", () => {
  const paths = ["a/words.py", "b/words.py", "a/b/words/__init__.py", "lib/words.ts", "x/other.py"];
  it.each([
    ["from a.words import trim", "x/main.py", "a/words.py"],
    ["from .words import trim", "b/main.py", "b/words.py"],
    ["from ..words import trim", "a/b/main.py", "a/words.py"],
    ["import a.b.words", "x/main.py", "a/b/words/__init__.py"],
    ['import { trim } from "../lib/words.js";', "src/main.ts", "lib/words.ts"],
  ])("%s", (imports, from, expected) => {
    expect(importTargets(imports, from, paths, 5)[0]).toBe(expected);
  });

  it("and not to files of other languages or of other names", () => {
    expect(importTargets("from words import x", "main.rb", paths, 5)).toEqual([]);
    expect(importTargets("import os\nimport sys", "x/main.py", paths, 5)).toEqual([]);
  });
});

describe("rules of what to leave alone", () => {
  it("hold in every folder, the nearest has the last word, and nothing outside of the root passes", async () => {
    folder = new ProjectFolder({
      ".gitignore": "*.log\nbuild/\n",
      "keep/.gitignore": "!kept.log\nsecret.txt\n",
    });
    const rules = new IgnoreRules(folder.path, ["**/*.min.js"]);
    const ignored = async (path: string): Promise<boolean> => await rules.isIgnored(path);
    expect(await ignored("a.log")).toBe(true);
    expect(await ignored("keep/other.log")).toBe(true);
    expect(await ignored("keep/kept.log")).toBe(false);
    expect(await ignored("keep/secret.txt")).toBe(true);
    expect(await ignored("secret.txt")).toBe(false);
    expect(await ignored("build/deep/a.py")).toBe(true);
    expect(await ignored("node_modules/a/index.js")).toBe(true);
    expect(await ignored("lib/a.min.js")).toBe(true);
    expect(await ignored("../outside.py")).toBe(true);
    expect(await ignored("src/a.py")).toBe(false);
  });
});
