import { describe, expect, it } from "vitest";
import { createSyntaxSource } from "../../src/syntax/syntax-source";
import { cut, installedGrammars, place } from "./place";

const source = createSyntaxSource(installedGrammars());

async function at(languageId: string, marked: string) {
  const { text, range } = place(marked);
  const context = await source.context({ languageId, text, range });
  const enclosing = context?.enclosing;
  return {
    name: enclosing?.name,
    kind: enclosing?.kind,
    container: enclosing?.container,
    around: context?.container?.name,
    signature: enclosing?.signature,
    doc: enclosing?.doc,
    range: enclosing && cut(text, enclosing.range),
    body: enclosing && cut(text, enclosing.bodyRange),
    imports: context?.imports.map((found) => cut(text, found)),
  };
}

describe("The symbol at the cursor", () => {
  it("a Python method comes with its decorators, its comment and its docstring", async () => {
    const found = await at(
      "python",
      `import os
from typing import (List,
    Dict)

class Stack(Base):
    """A stack."""

    # keeps the order
    @property
    @cached(size=3)
    async def top(self, n: int = 1) -> List[
        int
    ]:
        """The top.

        >>> 1
        """
        return self.items[‸-n:]

    def other(self): pass
`,
    );
    expect(found).toEqual({
      name: "top",
      kind: "method",
      container: "Stack",
      around: "Stack",
      signature: "async def top(self, n: int = 1) -> List[ int ]",
      doc: '"""The top.\n\n        >>> 1\n        """',
      range: expect.stringMatching(/^# keeps the order\n {4}@property\n[\s\S]*self\.items\[-n:\]$/),
      body: expect.stringMatching(/^async def top[\s\S]*self\.items\[-n:\]$/),
      imports: ["import os", "from typing import (List,\n    Dict)"],
    });
  });

  it("the first method of a Python class keeps the comment in front of it", async () => {
    const found = await at(
      "python",
      "class A:\n    # first\n    def f(self):\n        return ‸1\n",
    );
    expect(found.range).toBe("# first\n    def f(self):\n        return 1");
    expect((await at("python", "class A‸:\n    # first\n    x = 1\n")).signature).toBe("class A");
  });

  it("a Python function in a function is found before the one around it", async () => {
    const found = await at(
      "python",
      "def outer():\n    def inner():\n        ‸return 1\n    return inner\n",
    );
    expect(found).toMatchObject({
      name: "inner",
      kind: "function",
      around: undefined,
      container: undefined,
    });
    expect(
      await at("python", "def outer():\n    def inner():\n        return 1\n    return ‸inner\n"),
    ).toMatchObject({ name: "outer" });
  });

  it("an exported TypeScript function comes with export and JSDoc, and a comment behind an empty line stays out", async () => {
    const found = await at(
      "typescript",
      `import { a } from "x";
// unrelated

/** Adds. */
export async function add<T>(a: number, b = { x: 1 }): Promise<T> {
  return ‸a + b;
}
`,
    );
    expect(found).toEqual({
      name: "add",
      kind: "function",
      container: undefined,
      around: undefined,
      signature: "export async function add<T>(a: number, b = { x: 1 }): Promise<T>",
      doc: "/** Adds. */",
      range: expect.stringMatching(/^\/\*\* Adds\. \*\/\nexport[\s\S]*\}$/),
      body: expect.stringMatching(/^export async[\s\S]*\}$/),
      imports: ['import { a } from "x";'],
    });
  });

  it("a decorated TypeScript method keeps its decorators in the range and out of the body", async () => {
    const found = await at(
      "typescript",
      "@Injectable()\nexport class A {\n  x = 1;\n  /** m */\n  @Get('/')\n  @Auth\n  async m(): Promise<void> { ‸ }\n}\n",
    );
    expect(found).toMatchObject({
      name: "m",
      kind: "method",
      container: "A",
      around: "A",
      signature: "async m(): Promise<void>",
      doc: "/** m */",
    });
    expect(found.range).toBe("/** m */\n  @Get('/')\n  @Auth\n  async m(): Promise<void> {  }");
    expect(found.body).toBe("async m(): Promise<void> {  }");
    const around = await at("typescript", "@Injectable()\nexport class A {‸\n}\n");
    expect(around).toMatchObject({
      range: "@Injectable()\nexport class A {\n}",
      body: "export class A {\n}",
      signature: "export class A",
    });
  });

  it.each([
    ["javascript", "const f = (a) => {‸ return 1; };\n", "f", "function", "const f = (a)"],
    [
      "javascript",
      "exports.f = function (a) { ‸ };\n",
      "f",
      "function",
      "exports.f = function (a)",
    ],
    [
      "javascript",
      "Q.prototype.f = function () { ‸ };\n",
      "f",
      "method",
      "Q.prototype.f = function ()",
    ],
    ["javascript", "module.exports = { f() { ‸ } };\n", "f", "method", "f()"],
    [
      "javascript",
      "export default function () { ‸ }\n",
      "default",
      "function",
      "export default function ()",
    ],
    [
      "javascriptreact",
      "export const App = () => <div>‸{1}</div>;\n",
      "App",
      "function",
      "export const App = ()",
    ],
    [
      "typescriptreact",
      "export const App: FC<P> = ({ a }) => { return <b>‸{a}</b>; };\n",
      "App",
      "function",
      "export const App: FC<P> = ({ a })",
    ],
    [
      "typescript",
      "class A { private f = async (x: number) => { ‸ }; }\n",
      "f",
      "method",
      "private f = async (x: number)",
    ],
    ["typescript", "interface I { a: ‸string }\n", "I", "interface", "interface I"],
    ["typescript", "export enum E { ‸A }\n", "E", "enum", "export enum E"],
    [
      "go",
      "package p\nfunc (s *Stack[T]) Push(a int) (int, error) { ‸return 1, nil }\n",
      "Push",
      "method",
      "func (s *Stack[T]) Push(a int) (int, error)",
    ],
    ["go", "package p\ntype S struct {\n\ta ‸int\n}\n", "S", "class", "type S struct"],
    [
      "rust",
      "impl<T> fmt::Display for S<T> {\n  fn m(&self) -> i32 where T: Copy { ‸1 }\n}\n",
      "m",
      "method",
      "fn m(&self) -> i32 where T: Copy",
    ],
    ["java", "class A { A(int x) { ‸ } }\n", "A", "method", "A(int x)"],
    [
      "c",
      "static int *first(int *xs, int n)\n{\n  return ‸xs;\n}\n",
      "first",
      "function",
      "static int *first(int *xs, int n)",
    ],
    [
      "cpp",
      "int ns::Stack::pop() const { return ‸1; }\n",
      "pop",
      "method",
      "int ns::Stack::pop() const",
    ],
    [
      "cpp",
      "template <typename T>\nT max(T a, T b) { return ‸a; }\n",
      "max",
      "function",
      "template <typename T> T max(T a, T b)",
    ],
    [
      "csharp",
      "namespace N { public class A { public int M(int a) { ‸return 1; } } }\n",
      "M",
      "method",
      "public int M(int a)",
    ],
    [
      "ruby",
      "class A < B\n  def m(a, b = 1)\n    ‸a\n  end\nend\n",
      "m",
      "method",
      "def m(a, b = 1)",
    ],
    ["ruby", "def self.s(x)\n  ‸x\nend\n", "s", "method", "def self.s(x)"],
    [
      "php",
      "<?php\nclass A { public function m(int $a): int { ‸return 1; } }\n",
      "m",
      "method",
      "public function m(int $a): int",
    ],
    ["shellscript", "#!/bin/bash\nf() {\n  echo ‸1\n}\n", "f", "function", "f()"],
    ["css", ".a, .b > c { color: ‸red; }\n", ".a, .b > c", "other", ".a, .b > c"],
  ])("in %s, %j is in %s", async (languageId, marked, name, kind, signature) => {
    expect(await at(languageId, marked)).toMatchObject({ name, kind, signature });
  });

  it.each([
    [
      "go",
      "package p\n// Pop takes\n// the last.\nfunc Pop() int { ‸ }\n",
      "// Pop takes\n// the last.",
    ],
    [
      "rust",
      "/// One\n/// Two\n#[inline]\n#[must_use]\npub fn f() -> i32 { ‸1 }\n",
      "/// One\n/// Two",
    ],
    ["java", "class A {\n  /** Doc. */\n  @Override\n  public int m() { ‸ }\n}\n", "/** Doc. */"],
    ["cpp", "/// Doc\ntemplate <class T>\nclass A { ‸ };\n", "/// Doc"],
    [
      "csharp",
      "/// <summary>x</summary>\n[Attr]\npublic class A { ‸ }\n",
      "/// <summary>x</summary>",
    ],
    ["ruby", "# Doc\nclass A\n  ‸\nend\n", "# Doc"],
    ["php", "<?php\n/** Doc */\n#[Attr]\nfunction f() { ‸ }\n", "/** Doc */"],
    ["shellscript", "#!/bin/bash\n# Doc\nf() { ‸:; }\n", "# Doc"],
    ["javascript", "/**\n * Doc\n */\nconst f = () => { ‸ };\n", "/**\n * Doc\n */"],
  ])(
    "in %s the comment in front of %j is its documentation and inside its range",
    async (languageId, marked, doc) => {
      const found = await at(languageId, marked);
      expect(found.doc).toBe(doc);
      expect(found.range?.startsWith(doc)).toBe(true);
    },
  );

  it.each([
    [
      "go",
      'package p\nimport (\n\t"fmt"\n)\nimport "os"\n‸',
      ['import (\n\t"fmt"\n)', 'import "os"'],
    ],
    [
      "rust",
      "use std::fmt;\nextern crate x;\nfn f() { use a::b; }\n‸",
      ["use std::fmt;", "extern crate x;"],
    ],
    ["java", "package a;\nimport java.util.List;\n‸", ["import java.util.List;"]],
    [
      "cpp",
      '#include <a>\n#ifndef X\n#include "b.h"\n#endif\n‸',
      ["#include <a>", '#include "b.h"'],
    ],
    ["csharp", "using System;\n‸", ["using System;"]],
    [
      "ruby",
      "require 'x'\nrequire_relative \"y\"\nputs 'require'\n‸",
      ["require 'x'", 'require_relative "y"'],
    ],
    ["php", "<?php\nuse B\\C;\nrequire_once 'x.php';\n‸", ["use B\\C;", "require_once 'x.php'"]],
    ["shellscript", "source ./x.sh\n. y.sh\necho source\n‸", ["source ./x.sh", ". y.sh"]],
    [
      "javascript",
      'import a from "x";\nconst b = require("y");\nconst c = 1;\n‸',
      ['import a from "x";', 'const b = require("y");'],
    ],
    ["css", '@import "x";\n‸', ['@import "x";']],
  ])("in %s the imports of %j are found, and nothing else", async (languageId, marked, imports) => {
    expect((await at(languageId, marked)).imports).toEqual(imports);
  });

  it("emoji and letters outside the basic plane are counted as the editor counts them", async () => {
    const marked = 's = "😀𝒳😀"; t = "é"\ndef f(a="😀"):\n    """😀 doc"""\n    return "𝒳" + ‸a\n';
    const { text, range } = place(marked);
    const found = (await source.context({ languageId: "python", text, range }))?.enclosing;
    expect(found).toMatchObject({ signature: 'def f(a="😀")', doc: '"""😀 doc"""' });
    expect(found?.range).toEqual({
      start: { line: 1, character: 0 },
      end: { line: 3, character: 19 },
    });
  });

  it("two declarations on one line behind an emoji are told apart", async () => {
    expect(await at("javascript", 'function f() { "😀😀"; } function g() { ‸ }')).toMatchObject({
      name: "g",
      range: "function g() {  }",
    });
  });

  it.each([
    ["CRLF", "\r\n"],
    ["lone CR", "\r"],
    ["LF", "\n"],
  ])("line ends of kind %s do not move a place", async (_, lineEnd) => {
    const marked = `class A {${lineEnd}\t/** d */${lineEnd}\tm() {${lineEnd}\t\treturn ‸1;${lineEnd}\t}${lineEnd}}${lineEnd}`;
    const found = await at("typescript", marked);
    expect(found).toMatchObject({
      name: "m",
      doc: "/** d */",
      range: `/** d */${lineEnd}\tm() {${lineEnd}\t\treturn 1;${lineEnd}\t}`,
    });
    const { text, range } = place(marked);
    expect(
      (await source.context({ languageId: "typescript", text, range }))?.enclosing?.range,
    ).toEqual({ start: { line: 1, character: 1 }, end: { line: 4, character: 2 } });
  });

  it("a selection over two methods is about their class", async () => {
    expect(
      await at(
        "python",
        "class A:\n    def f(self):\n        ret‸urn 1\n    def g(self):\n        ret‸urn 2\n",
      ),
    ).toMatchObject({ name: "A", kind: "class" });
  });

  it("a selection of whole lines up to the next line's start is about what it covers", async () => {
    expect(await at("python", "‸def f():\n    return 1\n‸def g(): pass\n")).toMatchObject({
      name: "f",
    });
  });

  it("a cursor in the indentation in front of a method is about that method", async () => {
    expect(await at("python", "class A:\n  ‸  def f(self):\n        return 1\n")).toMatchObject({
      name: "f",
    });
  });

  it("a cursor in the doc comment is about the function below it", async () => {
    expect(await at("typescript", "/** d‸oc */\nfunction f() {}\n")).toMatchObject({ name: "f" });
  });

  it("between two functions there is no symbol", async () => {
    expect((await at("python", "def f(): pass\n\n‸\n\ndef g(): pass\n")).name).toBeUndefined();
  });

  it("broken code still has the functions that can be made out", async () => {
    expect(await at("python", "def f(:\n    pass\n\ndef g(a):\n    return ‸a\n")).toMatchObject({
      name: "g",
    });
    expect(await at("typescript", "function f() { if (\n}\nclass B { m() { ‸ } }\n")).toMatchObject(
      { name: "m" },
    );
  });

  it("the last comment of a Python block is not about the function below it", async () => {
    expect(
      (await at("python", "def f():\n    return 1\n    # done\ndef g():\n    return ‸2\n")).range,
    ).toBe("def g():\n    return 2");
  });

  it("a comment behind code on the line above belongs to that code", async () => {
    expect((await at("cpp", "int x; // about x\nint f() { return ‸1; }\n")).doc).toBeUndefined();
  });

  it("a language without a grammar, and a name from Object's prototype, are answered with undefined", async () => {
    const range = { start: { line: 0, character: 0 }, end: { line: 0, character: 0 } };
    for (const languageId of ["lua", "constructor", "", "__proto__"]) {
      expect(await source.context({ languageId, text: "x", range })).toBeUndefined();
      expect(await source.outline(languageId, "x")).toBeUndefined();
      expect(await source.check(languageId, "x")).toBeUndefined();
    }
  });

  it("positions outside the text are taken as its ends", async () => {
    const range = { start: { line: 99, character: 99 }, end: { line: 999, character: 1 } };
    expect(
      (await source.context({ languageId: "python", text: "def f(): pass", range }))?.enclosing
        ?.name,
    ).toBe("f");
  });
});
