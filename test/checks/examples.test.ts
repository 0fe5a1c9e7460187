import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { claimIn, isScriptLiteral } from "../../src/checks/examples/claims";
import { pythonSessions } from "../../src/checks/examples/python-examples";
import { scriptExamples } from "../../src/checks/examples/script-examples";
import { CheckProject, checked, told } from "./check-project";

const noPython = spawnSync("python3", ["--version"]).status !== 0;

describe("a claim in a line of documentation", () => {
  it.each([
    ["clamp(5, 0, 3) == 3", "clamp(5, 0, 3)", "3"],
    ["- `clamp(5, 0, 3)` -> `3`.", "clamp(5, 0, 3)", "3"],
    ["Example: clamp(5, 0, 3) => 3", "clamp(5, 0, 3)", "3"],
    ["e.g. shout('a -> b') returns 'A -> B'", "shout('a -> b')", "'A -> B'"],
    ["pairs([1, 2]) → [(1, 2)]", "pairs([1, 2])", "[(1, 2)]"],
    ["clamp(5, 0, 3)  # => 3", "clamp(5, 0, 3)", "3"],
    ["new Queue(2).take() === undefined", "new Queue(2).take()", "undefined"],
  ])("is read: %s", (line, call, value) => {
    expect(claimIn(line)).toEqual({ call, value });
  });

  it.each([
    "clamp(value, low, high) -> int",
    "clamp(5, 0, 3) == 3 == low",
    "Returns 3 when clamp(5, 0, 3) is called.",
    "if clamp(a, b) == 3",
    "clamp(5, 0, 3 == 3",
    "x == 3",
    "clamp(5, 0, 3) returns the middle one",
  ])("is none, as it cannot be read with certainty: %s", (line) => {
    expect(claimIn(line)).toBeUndefined();
  });

  it("has a value of JavaScript only when nothing in it is called or looked up", () => {
    for (const text of ["[1, -2.5]", "{ a: [true], 'b c': null }", '"fetch()"', "undefined", "7n"])
      expect(isScriptLiteral(text), text).toBe(true);
    for (const text of ["fetch()", "[process.env]", "`$" + "{x}`", "new Date()", "a => a", ""])
      expect(isScriptLiteral(text), text).toBe(false);
  });
});

describe("the examples of a file", () => {
  it("are found in docstrings and comments, and not in code or strings", () => {
    const text = [
      "def add(a, b):",
      '    """add(1, 2) == 3"""',
      "    # add(2, 2) -> 4",
      "    other(1) == 2  # add(0, 0) == 0",
      '    return "add(5, 5) == 10"',
      "# unknown(1) == 1",
    ].join("\n");
    expect(pythonSessions(text)).toEqual([
      { kind: "claims", claims: [{ call: "add(1, 2)", value: "3" }] },
      { kind: "claims", claims: [{ call: "add(2, 2)", value: "4" }] },
    ]);
  });

  it("are read from @example statement by statement", () => {
    const text = [
      "/**",
      " * Adds.",
      " * @example",
      " * ```js",
      ' * import { add } from "./add.js";',
      " * const three = add(1, 2); // 3",
      " * add(three, 1)",
      " * // => 4",
      " * console.log(add(",
      " *   2, 2)); // 4",
      " * add(1, later) // whatever comes",
      " * ```",
      " * @returns {number}",
      " */",
      "export function add(a, b) { return a + b; }",
    ].join("\n");
    expect(scriptExamples(text, "javascript").cases).toEqual([
      { name: "add(1, 2)", expected: "3" },
      { name: "add(three, 1)", expected: "4" },
      { name: "add( 2, 2)", expected: "4" },
    ]);
  });
});

describe.skipIf(noPython)("the examples of a Python file", () => {
  it("run with the Python that the person chose, wherever it lies", async () => {
    const text =
      'import sys\n\ndef home():\n    """\n    >>> home()\n    True\n    """\n    return sys.prefix != sys.base_prefix\n';
    const project = new CheckProject({ "act.py": text });
    const chosen = join(project.temporary, "elsewhere");
    spawnSync("python3", ["-m", "venv", "--without-pip", chosen]);
    const chosenPython = async () => join(chosen, "bin", "python");
    const withIt = await checked(project, "act.py", text, undefined, { chosenPython });
    expect(withIt.before.flatMap(told)).toEqual(["home() passed"]);
    const without = await checked(project, "act.py", text);
    expect(without.before.flatMap(told)).toEqual(["home() failed: expected True, got False"]);
  });

  const buggy = [
    "import math",
    "",
    "def mean(values):",
    '    """The mean.',
    "",
    "    >>> mean([1, 2, 3])",
    "    2.0",
    "    >>> values = [4]",
    "    >>> mean(",
    "    ...     values)",
    "    4.0",
    "    >>> mean([])",
    "    Traceback (most recent call last):",
    "    ZeroDivisionError: division by zero",
    '    """',
    "    return sum(values) / (len(values) + 1)",
    "",
    "def circle(radius):",
    '    """circle(1) == 3.14"""',
    "    return math.pi * radius ** 2",
    "",
    "def lost(x):",
    '    """',
    "    >>> lost(unknown_name)",
    "    1",
    '    """',
    "    return x",
  ].join("\n");
  const fixed = buggy.replace("(len(values) + 1)", "len(values)");

  it("run on the code as it is and as proposed, with what was expected and what came", async () => {
    const project = new CheckProject({ "lib/stats.py": buggy });
    const { before, after } = await checked(project, "lib/stats.py", buggy, fixed);
    expect(told(before[0])).toEqual([
      "mean([1, 2, 3]) failed: expected 2.0, got 1.5",
      "mean( ... values) failed: expected 4.0, got 2.0".replace("... ", ""),
      "mean([]) failed: expected ZeroDivisionError: division by zero, got no error",
      "circle(1) passed",
      "lost(unknown_name) broken: expected 1, got NameError: name 'unknown_name' is not defined",
    ]);
    expect(after[0]?.cases.map(({ state }) => state)).toEqual([
      ...["passed", "passed", "passed", "passed", "broken"],
    ]);
  });

  it("are those of the code as it was, whatever the edit makes of its documentation", async () => {
    const cheat = buggy.replace("    2.0", "    1.5");
    const project = new CheckProject({ "stats.py": buggy });
    const { after } = await checked(project, "stats.py", buggy, cheat);
    expect(told(after[0])[0]).toBe("mean([1, 2, 3]) failed: expected 2.0, got 1.5");
  });

  it("fail all where the file itself does not load, and tell nothing where a library is missing", async () => {
    const text = 'def one():\n    """one() == 1"""\n    return 1\n';
    const project = new CheckProject({ "one.py": text });
    const broken = await checked(project, "one.py", `${text}}`, text);
    expect(told(broken.before[0])[0]).toContain("one() failed: expected 1, got");
    expect(broken.before[0]?.unloaded).toBe(true);
    expect(told(broken.after[0])).toEqual(["one() passed"]);
    expect(broken.after[0]?.unloaded).toBeUndefined();
    const lacking = await checked(project, "one.py", `import not_there_at_all\n${text}`);
    expect(told(lacking.before[0])).toEqual([
      "one() broken: expected 1, got ModuleNotFoundError: No module named 'not_there_at_all'",
    ]);
  });

  it("that have no end fail alone, and cost their two seconds", async () => {
    const text =
      'def spin(n):\n    """\n    >>> spin(0)\n    0\n    >>> spin(1)\n    1\n    """\n    while n:\n        pass\n    return n\n';
    const project = new CheckProject({ "spin.py": text });
    const { before } = await checked(project, "spin.py", text);
    expect(told(before[0])).toEqual([
      "spin(0) passed",
      "spin(1) failed: expected 1, got no end within 2 s",
    ]);
  });

  it("use the packages that the file is in, and the file as it is in the editor", async () => {
    const text =
      'from .base import two\n\ndef four():\n    """four() == 4"""\n    return two() * 2\n';
    const project = new CheckProject({
      "app/__init__.py": "",
      "app/base.py": "def two():\n    return 2\n",
      "app/four.py": "as it was saved",
    });
    const { before } = await checked(project, "app/four.py", text);
    expect(told(before[0])).toEqual(["four() passed"]);
  });

  it("find what the project's other folders hold, before what is installed", async () => {
    const text =
      'import helper, inner\n\ndef three():\n    """three() == 3"""\n    return helper.ONE + inner.TWO\n';
    const project = new CheckProject({
      "scripts/three.py": text,
      "helper.py": "ONE = 1\n",
      "src/inner.py": "TWO = 2\n",
    });
    const { before } = await checked(project, "scripts/three.py", text);
    expect(told(before[0])).toEqual(["three() passed"]);
  });

  it("that do not speak of the function in question are beside it", async () => {
    const project = new CheckProject({ "stats.py": buggy });
    const { before } = await checked(project, "stats.py", buggy, undefined, { symbol: "circle" });
    expect(before[0]?.cases.map(({ beside }) => beside ?? false)).toEqual([
      ...[true, true, true, false, true],
    ]);
  });
});

describe("the examples of a JavaScript file", () => {
  const text = [
    "/**",
    " * @example",
    " * const queue = new Queue(1);",
    ' * queue.put("a") // true',
    ' * queue.put("b") // => false',
    " */",
    "class Queue {",
    "  constructor(limit) { this.limit = limit; this.items = []; }",
    "  put(item) { if (this.items.length > this.limit) return false; this.items.push(item); return true; }",
    "}",
    "// half(3) -> 1.5",
    "// half(nothing) -> 1",
    "// spin() == 1",
    "const half = (n) => n / 2;",
    "function spin() { for (;;); }",
  ].join("\n");

  it.each(["queue.mjs", "queue.cjs"])("run with all that %s has, exported or not", async (name) => {
    const project = new CheckProject({ [name]: text });
    const fixed = text.replace("> this.limit", ">= this.limit");
    const { before, after } = await checked(project, name, text, fixed);
    expect(told(before[0])).toEqual([
      'queue.put("a") passed',
      'queue.put("b") failed: expected false, got true',
      "half(3) passed",
      "spin() failed: expected 1, got no end within 2 s",
    ]);
    expect(told(after[0])[1]).toBe('queue.put("b") passed');
  });

  it("are passed over, with the reason, where this Node runs no TypeScript, and run where it does", async () => {
    const typed =
      "/** twice(2) == 4 */\nexport function twice(n: number): number {\n  return n + n;\n}\n";
    const project = new CheckProject({ "twice.ts": typed });
    const { before, unchecked } = await checked(project, "twice.ts", typed);
    const strips = Number(process.versions.node.split(".")[0]) >= 23;
    if (strips) expect(told(before[0])).toEqual(["twice(2) passed"]);
    else expect(unchecked.join()).toContain("The examples are not run: Node runs TypeScript");
  });
});
