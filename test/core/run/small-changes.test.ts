import { describe, expect, it } from "vitest";
import { Lines } from "../../../src/base/text/lines";
import type { Place } from "../../../src/core/run/attempts/lines-in-question";
import { smallChanges } from "../../../src/core/run/attempts/small-changes";

/** What each line of a declaration might have been meant as, without its indentation. */
function changesOf(languageId: string, ...code: readonly string[]): readonly string[] {
  return changesFor(true, languageId, code);
}

function changesFor(
  mayCount: boolean,
  languageId: string,
  code: readonly string[],
): readonly string[] {
  const text = `${code.join("\n")}\n`;
  const end = { line: code.length, character: 0 };
  const place: Place = {
    file: { uri: "file:///a", path: "a", languageId, text },
    range: { start: { line: 0, character: 0 }, end },
    from: 0,
    beside: "",
    lines: Lines.of(text),
    shown: Lines.from(code),
  };
  const questions = code.map((_, line) => ({ place, line }));
  return smallChanges(questions, mayCount).map((each) => each.text.trim());
}

describe("small changes of a line", () => {
  const meant: readonly [string, languageId: string, was: string, meant: string][] = [
    ["a comparison", "python", "while low < high:", "while low <= high:"],
    ["its other side", "typescript", "while (low <= high) {", "while (low >= high) {"],
    ["an operator", "go", "return a - b", "return a + b"],
    ["an operator without spaces", "python", "x[n-1] = 0", "x[n+1] = 0"],
    ["an assignment that counts", "rust", "n ^= n - 1;", "n &= n - 1;"],
    ["a logical word", "python", "if a and b:", "if a or b:"],
    ["a logical sign", "java", "if (a && b) {", "if (a || b) {"],
    ["a constant", "javascript", "let found = false;", "let found = true;"],
    ["a function's counterpart", "python", "if any(x for x in a):", "if all(x for x in a):"],
    ["a method's counterpart", "typescript", "return a.some(f);", "return a.every(f);"],
    ["one that is called of an object", "java", "return Math.min(a, b);", "return Math.max(a, b);"],
    ["a denial", "python", "if not a:", "if a:"],
    ["a denial by sign", "go", "if !a {", "if a {"],
    ["a number one more", "python", "return a[:2]", "return a[:3]"],
    ["a number one less", "rust", "let x = a[1];", "let x = a[0];"],
    ["a number behind its sign", "python", "return -1", "return -2"],
    ["no longer one less", "python", "for i in range(n - 1):", "for i in range(n):"],
    ["a call one less", "python", "for i in range(len(a)):", "for i in range(len(a) - 1):"],
    ["an element one more", "go", "return a[b[i]]", "return a[b[i] + 1]"],
    ["arguments", "python", "return gcd(n, m)", "return gcd(m, n)"],
    ["the last two of three", "python", "hanoi(n - 1, start, end)", "hanoi(n - 1, end, start)"],
    ["operands", "javascript", "return a - b;", "return b - a;"],
  ];
  it.each(meant)("know %s in %s", (_, languageId, was, wanted) => {
    expect(changesOf(languageId, "head", was)).toContain(wanted);
  });

  const named: readonly [string, string, string, string, string][] = [
    ["python", "def f(arr, k):", "counts = [0] * k", "for x in arr:", "for x in counts:"],
    ["typescript", "function f(start: number, end: number) {", "", "g(start);", "g(end);"],
    ["go", "func f(a int, b int) int {", "c := a + b", "return a", "return c"],
    ["java", "int f(int low, int high) {", "int mid = low;", "return high;", "return mid;"],
    ["rust", "fn f(a: u32, b: u32) -> u32 {", "let mut c = a;", "g(b)", "g(c)"],
    ["python", "def f(a, low):", "mid = low", "return f(a, mid)", "return f(a, mid + 1)"],
  ];
  it.each(named)("know the names of a declaration in %s", (languageId, head, one, was, wanted) => {
    expect(changesOf(languageId, head, one, was)).toContain(wanted);
  });

  it("come in the order of what is likely, whatever the line", () => {
    const found = changesOf("python", "def f(a, b):", "    c = g(a)", "    return a < c");
    expect(found).toContain("c = g(b)");
    expect(found.indexOf("return a <= c")).toBeLessThan(found.indexOf("c = g(b)"));
  });

  const kept: readonly [string, string, string, ...string[]][] = [
    ["in a string", "python", 'return "a < b - 1 and c"'],
    ["in a comment", "python", "return a  # not < 1"],
    ["in the head", "python", "", "def f(a=1):"],
    ["of a type", "typescript", "const a: Map<string> = g(h);"],
    ["of an arrow", "rust", "_ => g,"],
    ["of a keyword argument's name", "python", "return g(key=h)"],
  ];
  it.each(kept)("leave alone what stands %s", (_, languageId, line, head = "head") => {
    const found = changesOf(languageId, head, line);
    expect(found.filter((each) => /<=|>=|or|>$|2|0|\+/.test(each))).toEqual([]);
  });

  it("count nothing where that can make no difference", () => {
    const found = changesFor(false, "python", ["def double(n):", "    return n + 2"]);
    expect(found).toContain("return n * 2");
    expect(found.filter((each) => /[13]/.test(each))).toEqual([]);
  });

  it("make no comment of an operator, and compare nothing with itself", () => {
    expect(changesOf("javascript", "head", "return a / b;")).not.toContain("return a // b;");
    const found = changesOf("python", "def f(start, end):", "    while start < end:");
    expect(found).toContain("while start <= end:");
    expect(found).not.toContain("while end < end:");
  });
});
