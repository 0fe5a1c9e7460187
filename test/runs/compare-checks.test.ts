import { describe, expect, it } from "vitest";
import { defined } from "../../src/base/defined";
import type { CaseState, Check, CheckCase, CheckSaid } from "../../src/protocol/checks";
import { compareBehaviour } from "../../src/runs/compare-behaviour";
import { checkWords, compareCheck, gotWorse, isGreen } from "../../src/runs/compare-checks";

type States = Readonly<Record<string, CaseState>>;

function check(
  before: States | undefined,
  after?: States,
  kind: Check["kind"] = "examples",
): Check {
  const said = (states: States) => ({
    cases: Object.entries(states).map(([name, state]) => ({ name, state })),
    output: "",
    tookMs: 1,
  });
  return {
    id: "c",
    kind,
    label: "",
    ...(before === undefined ? {} : { before: said(before) }),
    ...(after === undefined ? {} : { after: said(after) }),
  };
}

const names = (list: readonly { readonly name: string }[]) => list.map(({ name }) => name).join();

describe("what an edit did to a check", () => {
  it("is nothing where problems could not be named before, and are now", () => {
    const { before, ...rest } = check({}, { "a.go: no such name": "failed" }, "problems");
    const untold = { ...rest, before: { cases: [], output: "", tookMs: 1, broken: "Too slow." } };
    expect(gotWorse([untold])).toBe(false);
    expect(gotWorse([before === undefined ? rest : { ...rest, before }])).toBe(true);
  });

  it("is told case by case: what turned, what still fails, what got worse", () => {
    const change = compareCheck(
      check(
        { a: "failed", b: "failed", c: "passed", d: "passed", e: "broken", f: "broken" },
        { a: "passed", b: "failed", c: "failed", d: "broken", e: "failed", f: "passed" },
      ),
    );
    expect(names(change.turned)).toBe("a");
    expect(names(change.still)).toBe("b");
    expect(names(change.worse)).toBe("c,d");
    expect(names(change.passing)).toBe("a,f");
  });

  it("counts a case that is not there any more as worse when it passed, and as nothing new when it failed", () => {
    const change = compareCheck(check({ a: "passed", b: "failed", c: "broken" }, {}));
    expect(names(change.worse)).toBe("a");
    expect(names(change.still)).toBe("b");
  });

  it("knows a file that cannot be loaded from the tests that it stands for, on either side", () => {
    const said = (...cases: readonly CheckCase[]) => ({ cases, output: "", tookMs: 1 });
    const file: CheckCase = { name: "test_a.py", state: "failed", failedAt: "loading" };
    const one: CheckCase = { name: "test_a.py::one", state: "failed" };
    const two: CheckCase = { name: "test_a.py::two", state: "failed" };
    const tests = { id: "t", kind: "tests", label: "" } as const;
    const mended = compareCheck({ ...tests, before: said(file), after: said(one, two) });
    expect([names(mended.turned), names(mended.still), names(mended.worse)]).toEqual([
      "test_a.py",
      "test_a.py::one,test_a.py::two",
      "",
    ]);
    const lost = compareCheck({ ...tests, before: said(one, two), after: said(file) });
    expect([names(lost.turned), names(lost.still), names(lost.worse)]).toEqual([
      "",
      "test_a.py::one,test_a.py::two",
      "test_a.py",
    ]);
    const code: CheckCase = { name: "it compiles", state: "failed", failedAt: "compiling" };
    const compiled = compareCheck({ ...tests, before: said(code), after: said(file) });
    expect([names(compiled.turned), names(compiled.still), names(compiled.worse)]).toEqual([
      "it compiles",
      "test_a.py",
      "",
    ]);
    const broken = compareCheck({ ...tests, before: said(file), after: said(code) });
    expect([names(broken.still), names(broken.worse)]).toEqual(["test_a.py", "it compiles"]);
  });

  it("is worse where the file loads no more, also when nothing was to be told of a case", () => {
    const said = (state: CaseState) => ({ cases: [{ name: "a", state }], output: "", tookMs: 1 });
    const unloaded = { ...said("failed"), broken: "It does not load.", unloaded: true } as const;
    const examples = { id: "e", kind: "examples", label: "", before: said("broken") } as const;
    expect(gotWorse([{ ...examples, after: unloaded }])).toBe(true);
    expect(gotWorse([{ ...examples, after: said("failed") }])).toBe(false);
    expect(gotWorse([{ ...examples, before: unloaded, after: unloaded }])).toBe(false);
  });

  it("does not hold a failure against an edit when nothing is known of before", () => {
    const only = check(undefined, { a: "failed" });
    expect(names(compareCheck(only).still)).toBe("a");
    expect(gotWorse([only])).toBe(false);
  });
});

describe("what an edit changes of what the code does", () => {
  const said = (cases: readonly (readonly [CaseState, string])[]) => ({
    cases: cases.map(([state, got], at) => ({ name: `f(${at})`, state, got })),
    output: "",
    tookMs: 1,
  });
  const name = { id: "b", kind: "behaviour", label: "" } as const;
  const before = said([
    ...([
      ["passed", "1"],
      ["passed", "2"],
      ["failed", "raises KeyError"],
      ["broken", ""],
    ] as const),
  ]);

  it("is what each call comes to that could be compared, neither good nor bad", () => {
    const after = said([
      ["passed", "1"],
      ["failed", "raises TypeError"],
      ["passed", "3"],
      ["passed", "4"],
    ]);
    const changed: Check = { ...name, before, after };
    expect(names(compareBehaviour(changed).changed)).toBe("f(1),f(2)");
    expect(checkWords(changed)).toBe(
      "differs from before on 2 of 3 inputs, 1 now without a result",
    );
    expect(compareCheck(changed)).toEqual({ turned: [], still: [], worse: [], passing: [] });
    expect(gotWorse([changed])).toBe(false);
    expect(checkWords({ ...name, before, after: before })).toBe(
      "does the same as before on 3 inputs",
    );
    const one = { ...before, cases: before.cases.slice(0, 1) };
    expect(checkWords({ ...name, before: one, after: one })).toBe(
      "does the same as before on 1 input",
    );
  });

  it("is told as unknown where nothing could be compared", () => {
    expect(checkWords({ ...name, before, after: said([]) })).toBe(
      "what it does: nothing could be told",
    );
  });
});

describe("a run until green", () => {
  it("is green where nothing fails any more, and not because an edit changed a test", () => {
    expect(isGreen([check({ a: "failed", b: "passed" }, { a: "passed", b: "passed" })])).toBe(true);
    expect(isGreen([check({ a: "failed" }, { a: "failed" })])).toBe(false);
    const untold = { name: "a", state: "broken", ownTest: true } as const;
    const said = { cases: [untold], output: "", tookMs: 1 };
    expect(isGreen([{ ...check({}), before: said, after: said }])).toBe(false);
  });
});

/** All that fails is about other code than was asked about. */
function besideOf({ before, after, ...rest }: Check): Check {
  const marked = (said: CheckSaid | undefined): CheckSaid | undefined =>
    said && {
      ...said,
      cases: said.cases.map((each) => (each.state === "failed" ? { ...each, beside: true } : each)),
    };
  return { ...rest, ...defined({ before: marked(before), after: marked(after) }) };
}

describe("the words for a check", () => {
  it.each([
    [check({ a: "failed", b: "passed" }), "2 examples: 1 failed"],
    [
      check({ a: "failed", b: "passed" }, { a: "passed", b: "passed" }),
      "2 examples: 1 failed, now 0",
    ],
    [check({ a: "passed" }, { a: "passed" }, "tests"), "1 test passes"],
    [check({ a: "passed", b: "passed" }, { a: "passed", b: "passed" }, "tests"), "2 tests pass"],
    [check({ a: "passed" }, { a: "broken" }), "examples: no longer run"],
    [check({ a: "broken" }, { a: "broken" }), "examples: nothing could be told"],
    [
      check({ a: "passed", b: "passed" }, { a: "passed", b: "failed" }),
      "2 examples: 0 failed, now 1",
    ],
    [
      besideOf(check({ a: "passed", b: "failed" }, { a: "passed", b: "failed" })),
      "2 examples: 1 failed, now 1, 1 of them of other code",
    ],
    [
      besideOf(check({ a: "failed", b: "passed" }, { a: "passed", b: "passed" })),
      "2 examples: 1 failed, now 0",
    ],
  ])("%#: are short and count what was told only", (given, words) => {
    expect(checkWords(given)).toBe(words);
  });
});
