import { spawnSync } from "node:child_process";
import { readFileSync, symlinkSync } from "node:fs";
import { delimiter, join } from "node:path";
import { describe, expect, it } from "vitest";
import { findNode24 } from "../../scripts/setup/node24.mjs";
import { defined } from "../../src/base/defined";
import { callsIn } from "../../src/checks/behaviour/example-calls";
import { variedCalls } from "../../src/checks/behaviour/varied-calls";
import { confinement } from "../../src/checks/process/confinement";
import type { Check } from "../../src/protocol/checks";
import { behaviourWords, compareBehaviour } from "../../src/runs/compare-behaviour";
import { behaviour, CheckProject } from "./check-project";

const noPython = spawnSync("python3", ["--version"]).status !== 0;
const { closed } = await confinement();

/** The calls near those of the code, without their callee. */
function near(code: string, most = 40): readonly string[] {
  const calls = callsIn(code, new Set(["f", "Stack"]));
  return variedCalls(calls, most).map(({ name }) => name.replace(/^f/, ""));
}

describe("the calls in an example", () => {
  it.each([
    ["f(1, [2, 'x'])", ["f"]],
    ["sorted(f({1: 'a'}, key=None)) == 3", ["f"]],
    ["new Stack([1]).push(2)", ["new Stack", "new Stack([1]).push"]],
    ["f(f(1))", ["f"]],
    ['f({ a: true, b: null }, -1.5e3, "it\'s")', ["f"]],
    ["f((1,), b'raw', set_size=2)", ["f"]],
  ])("are read where all their arguments are written out: %s", (code, callees) => {
    expect(callsIn(code, new Set(["f", "Stack"])).map(({ callee }) => callee)).toEqual(callees);
  });

  it.each([
    "f(values)",
    "f(*[1])",
    "f(x => x)",
    "f(1 + 2)",
    'f("a" "b")',
    "f('''a''')",
    "g(1)",
    "f",
  ])("are none where one is not, or another's function is called: %s", (code) => {
    expect(callsIn(code, new Set(["f"]))).toEqual([]);
  });
});

describe("arguments near those of an example", () => {
  it("are the edges of their kind, one changed at a time, and the same each time", () => {
    expect(near("f(3, 'ab')", 12)).toEqual([
      ...["(3, 'ab')", "(4, 'ab')", '(3, "")', "(0, 'ab')", '(3, "a")', "(2, 'ab')"],
      ...['(3, "ba")', "(1, 'ab')", '(3, "b")', "(-1, 'ab')", '(3, "aab")', "(6, 'ab')"],
    ]);
    expect(near("f(3, 'ab')", 12)).toEqual(near("f(3, 'ab')", 12));
  });

  it("are lists with fewer, more, other and turned elements, nested ones too", () => {
    const calls = near("f([[2, 1], [3]])");
    expect(calls).toHaveLength(40);
    for (const each of ["([])", "([[2, 1]])", "([[3], [2, 1]])", "([[], [3]])", "([[2, 1], []])"])
      expect(calls).toContain(each);
    expect(near("f((2, 1))")).toEqual(expect.arrayContaining(["(())", "((2,))", "((1, 2))"]));
    expect(near("f({'a': 1})")).toEqual(expect.arrayContaining(["({})", "({'a': 0})"]));
  });

  it("swap two of the same kind, and never put in a None of their own", () => {
    expect(near("f(1, 7)")).toContain("(7, 1)");
    expect(near("f(1, None, True)").every((each) => each.includes("None, "))).toBe(true);
    expect(near("f(1, None, True)")).toContain("(1, None, False)");
    expect(near("f(2.0)").filter((each) => !each.includes("."))).toEqual([]);
  });

  it("are none where nothing can be changed: what the examples come to is known", () => {
    expect(near("f()")).toEqual([]);
    expect(near("f(None)")).toEqual([]);
  });
});

/** The calls that an edit changes, as `f(1): 2 -> 3`. */
function changes(check: Check | undefined): readonly string[] {
  if (check === undefined) return ["no check"];
  return compareBehaviour(check).changed.map(
    ({ name, before, after }) => `${name}: ${before.got} -> ${after.got}`,
  );
}

function words(check: Check | undefined): string {
  return check === undefined ? "no check" : behaviourWords(check);
}

/** A file of functions of one argument, each with the example that documents it and its body. */
function python(...functions: readonly (readonly [example: string, body: string])[]): string {
  const texts = functions.map(([example, body]) => {
    const name = example.slice(0, example.indexOf("("));
    const lines = body.split("; ").map((line) => `    ${line}`);
    return [`def ${name}(x):`, `    """${example}"""`, ...lines].join("\n");
  });
  return `import os, random, shutil, sys, threading, time\nSEEN = []\n${texts.join("\n\n")}\n`;
}

/** What the last code stood in. */
let project: CheckProject;

async function inPython(before: string, after: string, symbol?: string) {
  project = new CheckProject({ "f.py": before, "precious.txt": "here" });
  return await behaviour(project, "f.py", before, after, defined({ symbol }));
}

describe.skipIf(noPython || !closed)("what Python code does", () => {
  it("is the same for an equal rewrite, in another order that does not matter, and wherever it is in memory", async () => {
    const before = python(
      ["add([1, 2]) == 3", "return sum(x)"],
      ["tag(['a', 'b']) == 2", "return {each: set('xyz' + each) for each in x}, 0.1 + 0.2"],
      ["mix('abc') == 1", "return list(set(x + 'defgh'))"],
      ["hold(2) == 2", "hold.held = [object(), x]; return hold, vars(hold)"],
      ["count(2) == 1", "SEEN.append(x); return len(SEEN)"],
      ["leave(2) == 2", "sys.exit(x)"],
      ["start(2) == 2", "threading.Thread(target=time.sleep, args=(60,)).start(); return x"],
    );
    const after = before
      .replace("return sum(x)", "total = 0\n    for y in x: total += y\n    return total  # Fixed.")
      .replace("set('xyz' + each) for", "set(each + 'zyx') for")
      .replace("0.1 + 0.2", "0.3");
    const check = await inPython(before, after);
    expect(changes(check)).toEqual([]);
    expect(words(check)).toBe("does the same as before on 40 inputs");
    expect(check?.before?.cases.find(({ name }) => name === "leave(2)")).toEqual({
      name: "leave(2)",
      state: "failed",
      got: "raises SystemExit",
    });
  });

  it("is told call by call where it differs: by result, error, end, print, arguments, what it yields and holds", async () => {
    const before = python(
      ["add([1, 2]) == 3", "return sum(x)"],
      ["share([1, 2]) == 3", "return sum(x)"],
      ["wait(2) == 2", "return x"],
      ["show([1, 2]) == 3", "return print(sum(x))"],
      ["order([1, 2]) == 3", "return x.sort()"],
      ["each([1, 2]) == 3", "yield from x"],
      ["box(2) == 2", "class Box: pass; box = Box(); box.held = [x]; return box"],
      ["long('a') == 1", "return x * 1000 + 'a'"],
    );
    const after = before
      .replace("return sum(x)", "return sum(x) if x else None")
      .replace("return sum(x)\n", "return sum(x) // len(x)\n")
      .replace("return x\n", "while x == 3: pass\n    return x\n")
      .replace("print(sum(x))", "print(len(x))")
      .replace("x.sort()", "x.sort(reverse=True)")
      .replace("yield from x", "yield from x[1:]")
      .replace("[x]", "[x, x]")
      .replace("+ 'a'", "+ 'b'");
    const check = await inPython(before, after);
    const told = changes(check);
    expect(told).toEqual(
      expect.arrayContaining([
        "add([]): 0 -> None",
        "share([]): 0 -> raises ZeroDivisionError",
        "wait(3): 3 -> no end within 0.5 s",
        "show([1, 2]): None, printed: '3\\n' -> None, printed: '2\\n'",
        "order([1, 2]): None -> None, arguments then: [2, 1]",
        "each([1, 2]): iterator of [1, 2] -> iterator of [2]",
        "box(2): <Box 'held': [2]> -> <Box 'held': [2, 2]>",
      ]),
    );
    expect(told.find((each) => each.startsWith("long('a')"))).toMatch(/characters, \w{8}\)$/);
    expect(words(check)).toMatch(
      /^differs from before on \d+ of 40 inputs, \d+ now without a result$/,
    );
  });

  it.each([
    ["what the example computed before", "\n    >>> values = [1]\n    >>> f(values)\n    1\n    "],
    ["nothing", "f() == 2"],
  ])("is not asked about where examples give %s", async (_what, example) => {
    const text = `def f(x=1):\n    """${example}"""\n    return x\n`;
    expect(await inPython(text, text)).toBeUndefined();
  });

  it("is asked of the function in question only, where an example calls it", async () => {
    const text = python(["f(1) == 1", "return x"], ["g(1) == 1", "return 0 + x"]);
    const check = await inPython(text, text.replace("0 + x", "-x"), "g");
    expect(changes(check)[0]).toBe("g(1): 1 -> -1");
    expect(check?.before?.cases.every(({ name }) => name.startsWith("g("))).toBe(true);
  });
});

describe.skipIf(noPython || !closed)("code that is called with other arguments", () => {
  it("deletes nothing of the project's, and where it ends the program it did so in that call", async () => {
    const wreck = "shutil.rmtree(os.path.dirname(__file__)); return 1";
    const text = python(["f(2) == 2", "if x == 0: os._exit(3)"], ["wreck('a') == 1", wreck]);
    const check = await inPython(text, text.replace("os._exit(3)", "return 0"));
    expect(changes(check)).toEqual(["f(0): It ended early, with code 3. -> 0"]);
    expect(check?.before?.cases.length).toBeLessThan(check?.after?.cases.length ?? 0);
    expect(readFileSync(project.path("precious.txt"), "utf8")).toBe("here");
    expect(project.copies()).toEqual([]);
  });

  it("never ends or prints without end: a few such calls are waited for, and no more", async () => {
    const flood = "while x != 2: print('x' * 1000); return x";
    const text = python(["f(2) == 2", "while x != 2: pass; return x"], ["g(2) == 2", flood]);
    const endless = text.replaceAll("; return", "\n    return");
    const check = await inPython(endless, python(["f(2) == 2", "return x"]));
    expect(check?.before?.tookMs).toBeLessThan(8_000);
    const results = check?.before?.cases.slice(0, 4).map(({ got }) => got);
    expect(results).toEqual(["2", "2", "no end within 0.5 s", "no end within 0.5 s"]);
    expect(check?.before?.cases.length).toBeLessThan(10);
  });
});

describe.skipIf(!closed)("what JavaScript code does", () => {
  const text = [
    "/** @example",
    " * new Queue([1]).first(2) // 1",
    " */",
    "class Queue { constructor(items) { this.items = items; } first(n) { return this.items[n - 2]; } }",
    "// add([1, 2]) == 3",
    "const add = (all) => { let sum = 0; for (const each of all) sum += each; return sum; };",
    "// show([1, 2]) == 2",
    "export function show(all) { return all.at(-1); }",
    "// wait(2) == 2",
    "export const wait = async (n) => n;",
  ].join("\n");

  async function inNode(after: string): Promise<Check | undefined> {
    const project = new CheckProject({ "add.mjs": text });
    return await behaviour(project, "add.mjs", text, after);
  }

  it("is the same for an equal rewrite", async () => {
    const same = text.replace(/let sum.*return sum;/, "return all.reduce((a, b) => a + b, 0);");
    expect(words(await inNode(same))).toBe("does the same as before on 40 inputs");
  });

  const node24 = findNode24();
  it.skipIf(node24 === undefined)("is told of TypeScript where Node runs it", async () => {
    const typed =
      "/** twice(2) == 4 */\nexport function twice(n: number): number {\n  return n + n;\n}\n";
    const project = new CheckProject({ "twice.ts": typed });
    symlinkSync(node24 ?? "", join(project.temporary, "node"));
    const environment = { ...process.env, PATH: `${project.temporary}${delimiter}/usr/bin` };
    const after = typed.replace("n + n", "n ** 2");
    const check = await behaviour(project, "twice.ts", typed, after, { environment });
    expect(changes(check)[0]).toBe("twice(3): 6 -> 9");
  });

  it("is told call by call where it differs: by result, error, end, print and arguments", async () => {
    const after = text
      .replace("[n - 2]", "[n - 1]")
      .replace("let sum", "if (all.length === 0) throw new RangeError(); let sum")
      .replace("all.at(-1)", "(console.log(all[0]), all.pop())")
      .replace("async (n) => n", "async (n) => { while (n === 3); return n; }");
    expect(changes(await inNode(after))).toEqual(
      expect.arrayContaining([
        "new Queue([1]).first(2): 1 -> undefined",
        "add([]): 0 -> raises RangeError",
        "show([1, 2]): 2 -> 2, printed: 1, arguments then: [1]",
        "wait(3): 3 -> no end within 0.5 s",
      ]),
    );
  });
});
