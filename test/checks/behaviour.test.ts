import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, describe, expect, it } from "vitest";
import { callsIn } from "../../src/checks/behaviour/example-calls";
import { variedCalls } from "../../src/checks/behaviour/varied-calls";
import { confinement } from "../../src/checks/process/confinement";
import type { Check } from "../../src/protocol/checks";
import { behaviourWords, compareBehaviour } from "../../src/runs/compare-behaviour";
import { behaviour, CheckProject } from "./check-project";

const noPython = spawnSync("python3", ["--version"]).status !== 0;
const { closed } = await confinement();

let project: CheckProject | undefined;
afterEach(() => {
  project?.remove();
  project = undefined;
});

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

/** A documented function of one argument with this body. */
function python(example: string, ...body: readonly string[]): string {
  return [
    "import os, random, sys, time",
    "SEEN = []",
    "def f(x):",
    `    """${example}"""`,
    ...body.map((line) => `    ${line}`),
    "",
  ].join("\n");
}

async function inPython(before: string, after: string, symbol = "f"): Promise<Check | undefined> {
  project = new CheckProject({ "f.py": before, "precious.txt": "here" });
  return await behaviour(project, "f.py", before, after, symbol);
}

describe.skipIf(noPython || !closed)("what Python code does", () => {
  const total = (body: string): string => python("f([1, 2]) == 3", body);

  it("is the same for an equal rewrite, a comment, another name, an order that does not matter", async () => {
    const loop = ["total = 0", "for each in x: total += each", "return total"];
    const check = await inPython(
      total("return sum(x)"),
      python("f([1, 2]) == 3", "# Fixed.", ...loop),
    );
    expect(words(check)).toBe("does the same as before on 40 inputs");
    const tags = python(
      "f(['a', 'b']) == 2",
      "return {each: set('xyz' + each) for each in x}, 0.1 + 0.2",
    );
    const other = tags.replace("'xyz' + each", "each + 'zyx'").replace("0.1 + 0.2", "0.3");
    expect(words(await inPython(tags, other))).toBe("does the same as before on 40 inputs");
  });

  it("is told call by call where it differs", async () => {
    const check = await inPython(total("return sum(x)"), total("return sum(x) if x else None"));
    expect(changes(check)).toEqual(["f([]): 0 -> None"]);
    expect(words(check)).toBe("differs from before on 1 of 40 inputs");
  });

  it("is told where a call raises that gave a result, and one that has no end", async () => {
    const raising = await inPython(total("return sum(x)"), total("return sum(x) // len(x)"));
    expect(changes(raising)).toContain("f([]): 0 -> raises ZeroDivisionError");
    expect(words(raising)).toMatch(
      /^differs from before on \d+ of 40 inputs, 1 now without a result$/,
    );
    const endless = "while len(x) == 1: pass";
    const check = await inPython(
      total("return sum(x)"),
      python("f([1, 2]) == 3", endless, "return sum(x)"),
    );
    expect(changes(check)).toContain("f([1]): 1 -> no end within 0.5 s");
  });

  it("counts what it prints, what it makes of its arguments, and what it yields", async () => {
    const printing = await inPython(total("return print(sum(x))"), total("return print(len(x))"));
    expect(changes(printing)[0]).toBe("f([1, 2]): None, printed: '3\\n' -> None, printed: '2\\n'");
    const sorting = await inPython(total("x.sort()"), total("x.sort(reverse=True)"));
    expect(changes(sorting)[0]).toBe("f([1, 2]): None -> None, arguments then: [2, 1]");
    const yielding = await inPython(total("yield from x"), total("yield from x[1:]"));
    expect(changes(yielding)[0]).toBe("f([1, 2]): iterator of [1, 2] -> iterator of [2]");
  });

  it("is told of objects by what they hold, wherever they are in memory, and of long results by all of them", async () => {
    const holding = python(
      "f(2) == 2",
      "class Box: pass",
      "box = Box()",
      "box.held = [x]",
      "return box",
    );
    expect(words(await inPython(holding, holding))).toContain("does the same as before");
    expect(changes(await inPython(holding, holding.replace("[x]", "[x, x]")))[0]).toMatch(
      /^f\(2\): <.*Box object 'held': \[2\]> -> <.*Box object 'held': \[2, 2\]>$/,
    );
    const long = python("f('a') == 1", "return x * 1000 + 'a'");
    expect(changes(await inPython(long, long.replace("'a'\n", "'b'\n")))[0]).toMatch(
      /characters, \w{8}\)$/,
    );
  });

  it.each([
    ["what the example computed before", "values = [1]\n>>> f(values)\n1"],
    ["nothing", "f() == 2"],
  ])("is not asked about where examples give %s", async (_what, example) => {
    const text = python(example.startsWith("f(") ? example : `\n>>> ${example}\n`, "return x");
    expect(await inPython(text, text)).toBeUndefined();
  });

  it("is asked of the function in question only, where an example calls it", async () => {
    const other = "def g(x):\n    '''g(1) == 2'''\n    return x\n".replaceAll("'''", '"""');
    const text = total("return sum(x)") + other;
    const check = await inPython(text, text.replace("return x\n", "return -x\n"), "g");
    expect(changes(check)[0]).toBe("g(1): 1 -> -1");
    expect(check?.before?.cases.every(({ name }) => name.startsWith("g("))).toBe(true);
  });
});

describe.skipIf(noPython || !closed)(
  "code that is called with other arguments and means harm",
  () => {
    it("deletes nothing of the project's", async () => {
      const text = python(
        "f('a') == 1",
        "import shutil",
        "shutil.rmtree(os.path.dirname(__file__))",
        "return 1",
      );
      await inPython(text, text);
      expect(readFileSync(project?.path("precious.txt") ?? "", "utf8")).toBe("here");
      expect(project?.copies()).toEqual([]);
    });

    it("ends the program: it did so in that call, and those before it are compared", async () => {
      const text = python("f(2) == 2", "if x == 0: os._exit(3)", "return x");
      const check = await inPython(text, text.replace("os._exit(3)", "return 0"));
      expect(changes(check)).toEqual(["f(0): It ended early, with code 3. -> 0"]);
      expect(compareBehaviour(check as Check).compared).toBe(3);
      const exits = python("f(2) == 2", "if x == 0: sys.exit(3)", "return x");
      expect(words(await inPython(exits, exits))).toBe("does the same as before on 40 inputs");
    });

    it("never ends: a few such calls are waited for, and no more", async () => {
      const text = python("f(2) == 2", "while x != 2: pass", "return x");
      const began = performance.now();
      const check = await inPython(text, text);
      expect(check?.before?.tookMs).toBeLessThan(8_000);
      expect(performance.now() - began).toBeLessThan(16_000);
      expect(check?.before?.cases.slice(0, 2).map(({ got }) => got)).toEqual([
        "2",
        "no end within 0.5 s",
      ]);
    });

    it("prints without end, or leaves a thread behind that runs on", async () => {
      const flood = python("f(2) == 2", "while x == 3: print('x' * 1000)", "return x");
      const check = await inPython(flood, flood);
      expect(check?.before?.cases.find(({ name }) => name === "f(3)")?.got).toBe(
        "no end within 0.5 s",
      );
      const thread = python(
        "f(2) == 2",
        "import threading",
        "threading.Thread(target=time.sleep, args=(60,)).start()",
        "return x",
      );
      expect(words(await inPython(thread, thread))).toBe("does the same as before on 40 inputs");
    });

    it("keeps what it was called with: the same calls in the same order come to the same", async () => {
      const text = python("f(2) == 1", "SEEN.append(x)", "return len(SEEN)");
      expect(words(await inPython(text, text))).toBe("does the same as before on 40 inputs");
    });
  },
);

describe.skipIf(!closed)("what JavaScript code does", () => {
  const text = [
    "/** add([1, 2]) == 3; */",
    "/** @example",
    " * new Queue([1]).first(2) // 1",
    " */",
    "class Queue { constructor(items) { this.items = items; } first(n) { return this.items[n - 2]; } }",
    "// add([1, 2]) == 3",
    "const add = (all) => { let sum = 0; for (const each of all) sum += each; return sum; };",
  ].join("\n");

  async function inNode(after: string, symbol: string): Promise<Check | undefined> {
    project = new CheckProject({ "add.mjs": text });
    return await behaviour(project, "add.mjs", text, after, symbol);
  }

  it("is the same for an equal rewrite, and told call by call where it differs", async () => {
    const same = text.replace(/let sum.*return sum;/, "return all.reduce((a, b) => a + b, 0);");
    expect(words(await inNode(same, "add"))).toBe("does the same as before on 40 inputs");
    const guarded = text.replace(
      "let sum",
      "if (all.length === 0) throw new RangeError(); let sum",
    );
    expect(changes(await inNode(guarded, "add"))).toEqual(["add([]): 0 -> raises RangeError"]);
    const loops = text.replace("let sum", "while (all.length === 1); let sum");
    expect(changes(await inNode(loops, "add"))).toContain("add([1]): 1 -> no end within 0.5 s");
  });

  it("is told of methods, of what is printed and of arguments that are changed", async () => {
    const method = await inNode(text.replace("[n - 2]", "[n - 1]"), "first");
    expect(changes(method)[0]).toBe("new Queue([1]).first(2): 1 -> undefined");
    const noisy = text.replace("let sum", "console.log(all.pop()); let sum");
    expect(changes(await inNode(noisy, "add"))[0]).toBe(
      "add([1, 2]): 3 -> 1, printed: 2, arguments then: [1]",
    );
  });
});
