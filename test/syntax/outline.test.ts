import { describe, expect, test } from "vitest";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { installedGrammars } from "./place";

const source = createSyntaxSource(installedGrammars());
const names = async (languageId: string, text: string) =>
  (await source.outline(languageId, text))?.map((symbol) =>
    [symbol.kind, symbol.container ? `${symbol.container}.${symbol.name}` : symbol.name].join(" "),
  );

describe("The outline", () => {
  test("names what a Python file declares, outermost first", async () => {
    expect(
      await names(
        "python",
        "LIMIT = 3\nAGE: int = 4\ndef f():\n    inner = 1\n    def g(): pass\nclass A:\n    x = 1\n    def m(self):\n        def h(): pass\n    class B:\n        def n(self): pass\n",
      ),
    ).toEqual([
      "variable LIMIT",
      "variable AGE",
      "function f",
      "function g",
      "class A",
      "method A.m",
      "function A.h",
      "class A.B",
      "method B.n",
    ]);
  });

  test("names what a TypeScript file declares", async () => {
    expect(
      await names(
        "typescript",
        `export const limit = 3;
const fs = require("fs");
const f = () => { const local = 1; const g = () => {}; };
export abstract class A { x = 1; h = () => {}; abstract q(): void; get p() { return 1; } }
namespace N { export function z() {} }
type T = { a: string };
declare function over(a: string): void;
export default class extends A {}
`,
      ),
    ).toEqual([
      "variable limit",
      "function f",
      "function g",
      "class A",
      "method A.h",
      "method A.q",
      "method A.p",
      "module N",
      "function N.z",
      "type T",
      "function over",
      "class default",
    ]);
  });

  test("names what a Go file declares", async () => {
    expect(
      await names(
        "go",
        "package p\nconst C = 1\nvar (\n\tD = 2\n\tE = 3\n)\ntype (\n\tA int\n\tB interface{ M() }\n)\nfunc (s *S) P() { x := 1; const y = 2 }\nfunc main() {}\n",
      ),
    ).toEqual(["variable C", "variable D", "variable E", "type A", "interface B", "method S.P", "function main"]);
  });

  test("names what a Rust file declares", async () => {
    expect(
      await names(
        "rust",
        "const C: i32 = 1;\nstruct S { a: i32 }\nimpl S { const K: i32 = 2; fn new() -> S { S { a: 1 } } }\ntrait T { fn q(&self); }\nmod tests { fn t() {} }\n",
      ),
    ).toEqual(["variable C", "class S", "class S", "method S.new", "interface T", "method T.q", "module tests", "function tests.t"]);
  });

  test("names what a C++ file declares", async () => {
    expect(
      await names(
        "cpp",
        "namespace n {\nstruct P { int x; int len() const { return x; } ~P() {} bool operator==(const P& o) const { return true; } };\n}\nstruct P p;\ntypedef int id;\nint &ref(int &a) { return a; }\n",
      ),
    ).toEqual(["module n", "class n.P", "method P.len", "method P.~P", "method P.operator==", "type id", "function ref"]);
  });
});

describe("The syntax check", () => {
  test("finds nothing in sound code", async () => {
    expect(await source.check("python", "def f():\n    return 1\n")).toEqual({ errors: [] });
  });

  test("finds what does not fit, where it is", async () => {
    const errors = (await source.check("python", "x = '😀'\ndef f(:\n    return 1\n"))?.errors;
    expect(errors?.length).toBeGreaterThan(0);
    expect(errors?.[0]?.start.line).toBe(1);
  });

  test("finds what is missing as an empty place", async () => {
    const errors = (await source.check("javascript", "function f() { return (1; }\n"))?.errors;
    expect(errors?.some((range) => range.start.line === 0 && range.start.character === range.end.character)).toBe(true);
  });

  test("finds what is missing where the tree does not show it", async () => {
    expect((await source.check("python", "def f():\n    'doc' return 1\n"))?.errors).toHaveLength(1);
  });

  test("stops at a hundred errors", async () => {
    const broken = "function () { ) ] \n".repeat(1_000);
    expect((await source.check("javascript", broken))?.errors.length).toBeLessThanOrEqual(100);
    const many = "const a = ;\nlet b = 1;\n".repeat(300);
    expect((await source.check("javascript", many))?.errors).toHaveLength(100);
  });
});
