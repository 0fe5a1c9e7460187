import type { Lines } from "../../base/text/lines";

/**
 * A test that stands in a text: what it is called, and its lines `[start, end)`, attributes above
 * it included.
 */
export interface TestLines {
  readonly name: string;
  readonly start: number;
  readonly end: number;
}

interface TestHead {
  readonly head: RegExp;
  /** An attribute above it says so. */
  readonly above?: RegExp;
  /** Code that is only called so asserts nothing: `class TestClient`, `def test_connection`. */
  readonly holds?: RegExp;
}

const asserts = /\bassert|\bexpect\b|\braises\b/;
/** A test beside code, by its first line; and what a file does when it is run itself. */
const testHeads: readonly TestHead[] = [
  { head: /^\s*(?:async\s+)?def (test\w*)/, holds: asserts },
  { head: /^\s*class (Test\w*|\w+(?=\([^)]*\bTestCase\b))/, holds: /^\s+(?:async\s+)?def test/ },
  {
    head: /^\s*(?:pub\s+)?(?:async\s+)?(?:fn|mod) (\w+)/,
    above: /^\s*#\[(?!.*\bnot\().*\btest\b/,
  },
  { head: /^\s*(?:describe|it|test|suite)(?:\.\w+)*\s*\(\s*(["'`].*?["'`])/ },
  { head: /^\s*if \((import\.meta\.vitest)\)/ },
  { head: /^if (__name__) ==/, holds: asserts },
  { head: /^(assert\b.*)/ },
];
const ornament = /^\s*(?:@|#\[|\/\/\/)/;

/** The tests that a text holds, by their form; an inner one stands before the one that it is in. */
export function testsIn(lines: Lines): readonly TestLines[] {
  const found: TestLines[] = [];
  for (const [at, line] of lines.bare.entries()) {
    for (const { head, above, holds } of testHeads) {
      const name = head.exec(line)?.[1];
      if (name === undefined) continue;
      let start = at;
      while (start > 0 && ornament.test(lines.at(start - 1))) start--;
      if (above !== undefined && !lines.slice(start, at).some((each) => above.test(each))) continue;
      const end = blockEnd(lines, at);
      if (holds !== undefined && !lines.slice(at, end).some((each) => holds.test(each))) continue;
      found.unshift({ name: name.trim(), start, end });
    }
  }
  return [...found, ...documentedTests(lines)];
}

/** The test that a line stands in. */
export function testAt(tests: readonly TestLines[], line: number): TestLines | undefined {
  return tests.find(({ start, end }) => line >= start && line < end);
}

/** Behind the last line that stands deeper than the head, and the brackets that close it. */
function blockEnd(lines: Lines, head: number): number {
  const depth = depthOf(lines.at(head));
  let end = head + 1;
  for (let at = head + 1; at < lines.count; at++) {
    const line = lines.at(at);
    if (line.trim() === "") continue;
    if (depthOf(line) > depth) {
      end = at + 1;
      continue;
    }
    if (depthOf(line) < depth || !/^\s*[)\]}]/.test(line)) break;
    end = at + 1;
    // `) -> None:` and `} else {` lead on.
    if (!/[:{(]\s*$/.test(line)) break;
  }
  return end;
}

function depthOf(line: string): number {
  return line.length - line.trimStart().length;
}

/** Between the fences of Rust's documentation. */
function documentedTests(lines: Lines): readonly TestLines[] {
  const found: TestLines[] = [];
  let start: number | undefined;
  for (const [at, line] of lines.bare.entries()) {
    if (!/^\s*\/\/[/!]\s*```/.test(line)) continue;
    if (start === undefined) start = at;
    else {
      const first = lines.at(start + 1).replace(/^\s*\/\/[/!]\s*/, "");
      found.push({ name: first.trim(), start, end: at + 1 });
      start = undefined;
    }
  }
  return found;
}
