import { describe, expect, it } from "vitest";
import { ParsedText } from "../../src/syntax/parsed-text";
import { installedGrammars } from "./place";

const grammars = installedGrammars();

async function errorsIn(languageId: string, text: string) {
  const grammar = await grammars.load(languageId);
  const parsed = grammar && ParsedText.of(text, grammar);
  try {
    return parsed?.check().errors.map(({ start, end }) => [start.line, end.line]);
  } finally {
    parsed?.delete();
  }
}

describe("a statement outside of all functions, which the grammar lets pass", () => {
  it.each([
    ["python", "def f():\n    return 1\n", "return 1 + min(\n    2,\n)\n", [2, 4]],
    ["javascript", "function f() {}\nf();\n", "return 1;\n", [2, 2]],
    ["typescript", "const a = 1;\nif (a) f();\n", "return 1;\n", [2, 2]],
    ["go", "package a\n\nvar x = 1\n", "return x\n", [3, 3]],
    ["rust", "const A: i32 = 1;\nthread_local! {}\n", "let x = 1;\n", [2, 2]],
    ["java", "class A {}\nvoid main() {}\n", "return 1;\n", [2, 2]],
    ["cpp", "int x = 1;\nMODULE_LICENSE(GPL);\n", "return 1;\n", [2, 2]],
  ])("is an error in %s", async (languageId, sound, stray, [start, end]) => {
    expect(await errorsIn(languageId, sound)).toEqual([]);
    expect(await errorsIn(languageId, sound + stray)).toEqual([[start, end]]);
  });

  it("is none where the language allows it", async () => {
    expect(await errorsIn("php", "<?php\nreturn [1];\n")).toEqual([]);
    expect(await errorsIn("csharp", "var x = 1;\nreturn x;\n")).toEqual([]);
    expect(await errorsIn("ruby", "return 1\n")).toEqual([]);
  });
});
