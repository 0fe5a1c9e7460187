import { spawnSync } from "node:child_process";
import { mkdirSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { compilerErrors } from "../../src/checks/compile/compiler-lines";
import { compareCheck } from "../../src/runs/compare-checks";
import { CheckProject, checked } from "./check-project";

const has = (command: string, ...words: readonly string[]): boolean =>
  spawnSync(command, words).status === 0;
const ownModules = join(import.meta.dirname, "../../node_modules");

const go = "package shop\n\nfunc Cents(a int) int {\n\treturn a\n}\n";
const rust = "pub fn cents(a: u32) -> u32 {\n    a\n}\n";
const java =
  "package shop.till;\n\nclass Till {\n    int cents(Rate rate) {\n        return rate.of(1);\n    }\n}\n";
const typescript =
  'import { rate } from "./rate";\n\nexport const cents = (a: number): number => a * rate;\n';

describe("what no test compiles is compiled", () => {
  it.skipIf(!has("go", "version")).each([["go vet .", "shop.go", go]])(
    "by %s",
    async (label, name, text) => {
      const project = new CheckProject({ "go.mod": "module shop\n\ngo 1.21\n", [name]: text });
      await brings(project, label, name, text, ["return a", "return b"], "shop.go: undefined: b");
    },
  );

  it.skipIf(!has("cargo", "--version"))("by cargo check", async () => {
    const project = new CheckProject({
      "Cargo.toml": '[package]\nname = "shop"\nversion = "0.1.0"\nedition = "2021"\n',
      "src/lib.rs": rust,
    });
    const name = "src/lib.rs";
    await brings(
      project,
      "cargo check",
      name,
      rust,
      ["    a\n", '    "a"\n'],
      `${name}: mismatched types`,
    );
  });

  it.skipIf(!has("javac", "-version"))(
    "by javac, with the files beside that it needs",
    async () => {
      const name = "src/shop/till/Till.java";
      const project = new CheckProject({
        [name]: java,
        "src/shop/till/Rate.java":
          "package shop.till;\n\nclass Rate {\n    int of(int a) {\n        return a;\n    }\n}\n",
      });
      await brings(
        project,
        `javac ${name}`,
        name,
        java,
        ["rate.of(1)", "rate.with(1)"],
        `${name}: cannot find symbol`,
      );
    },
  );

  it("but not what Gradle alone knows the libraries of", async () => {
    const name = "src/shop/till/Till.java";
    const project = new CheckProject({ "build.gradle": "", [name]: java });
    expect((await checked(project, name, java)).labels).toEqual([]);
  });

  it("by the project's own TypeScript, where no editor knows better", async () => {
    const name = "src/shop.ts";
    const project = new CheckProject({
      "tsconfig.json": '{ "compilerOptions": { "strict": true, "types": [] } }',
      "src/rate.ts": "export const rate = 2;\n",
      [name]: typescript,
    });
    mkdirSync(project.path("node_modules"));
    for (const each of ["typescript", "@typescript"])
      symlinkSync(join(ownModules, each), project.path(`node_modules/${each}`));
    const label = "tsc --noEmit";
    await brings(project, label, name, typescript, ["a * rate", "String(a)"], `${name}: TS2322:`);
    const served = await checked(project, name, typescript, undefined, { hasServices: true });
    expect(served.labels).toEqual([]);
  });
});

/** The check of this label knows no error before the edit, and one with it. */
async function brings(
  project: CheckProject,
  label: string,
  name: string,
  text: string,
  [from, to]: readonly [string, string],
  error: string,
): Promise<void> {
  const { labels, before, after } = await checked(project, name, text, text.replace(from, to));
  expect([labels, before[0]?.cases, before[0]?.broken]).toEqual([[label], [], undefined]);
  const [was, now] = [before[0], after[0]];
  if (was === undefined || now === undefined) throw new Error("nothing was compiled");
  const change = compareCheck({ id: "compiler", kind: "problems", label, before: was, after: now });
  expect(change.worse.map((each) => each.name.slice(0, error.length))).toEqual([error]);
  expect(change.worse[0]?.at).toMatch(new RegExp(`^${name}:\\d$`));
}

describe("the errors of a compiler", () => {
  it.each([
    ["vet: ./shop.go:4:2: undefined: cents", "./shop.go", 4, "undefined: cents"],
    ["src/lib.rs:2:5: error[E0308]: mismatched types", "src/lib.rs", 2, "mismatched types"],
    ["a b/Shop.java:4: error: ';' expected", "a b/Shop.java", 4, "';' expected"],
    ["[ERROR] /p/Shop.java:[4,9] ';' expected", "/p/Shop.java", 4, "';' expected"],
    ["src/[id].ts(4,3): error TS2345: No.", "src/[id].ts", 4, "TS2345: No."],
  ])("are read: %s", (printed, path, line, message) => {
    const output = `${printed}\nsomething else\n${printed}\n`;
    expect(compilerErrors(output)).toEqual([{ path, line, message }]);
  });

  it.each([
    "src/lib.rs:2:5: warning: unused variable: `a`",
    "error: could not compile `shop` (lib) due to 1 previous error",
    "# shop",
  ])("are not: %s", (printed) => {
    expect(compilerErrors(printed)).toEqual([]);
  });

  it.each([
    "shop.go:3:8: no required module provides package example.com/x; to add it:",
    "Shop.java:3: error: package org.junit does not exist",
  ])("tell nothing where libraries are missing: %s", (printed) => {
    expect(compilerErrors(`${printed}\nShop.java:9: error: cannot find symbol\n`)).toBeUndefined();
  });
});
