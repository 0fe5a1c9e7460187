import { describe, expect, it } from "vitest";
import { problemNamed, problemsCheck, saidOfCopy } from "../../src/checks/problems-check";
import type { Diagnostic } from "../../src/protocol/document";
import { checkWords, compareCheck } from "../../src/runs/compare-checks";

function problem(message: string, line: number, severity: Diagnostic["severity"] = "error") {
  const place = { line, character: 0 };
  return { range: { start: place, end: place }, message, severity, source: "ts", code: "2304" };
}

const inFile = (...problems: Diagnostic[]) => [{ path: "a.ts", problems }];

describe("the problems of a file, before an edit and after", () => {
  it("are the same although the edit moved them, and are told by number", () => {
    const before = inFile(problem("Cannot find name 'x'.", 3), problem("Cannot find name 'y'.", 9));
    const check = problemsCheck(before, inFile(problem("Cannot find name 'y'.", 12)), 5);
    expect(compareCheck(check).turned.map(({ name }) => name)).toEqual([
      "a.ts: Cannot find name 'x'. (ts 2304)",
    ]);
    expect(checkWords(check)).toBe("1 problem fixed, 0 new, 1 left");
  });

  it("are new where the words were not there, or not as often", () => {
    const same = problem("Cannot find name 'x'.", 3);
    const check = problemsCheck(inFile(same), inFile(same, { ...same }, problem("Odd.", 1)), 5);
    expect(compareCheck(check).worse.map(({ name }) => name)).toEqual([
      "a.ts: Cannot find name 'x'. (ts 2304) #2",
      "a.ts: Odd. (ts 2304)",
    ]);
    expect(checkWords(check)).toBe("0 problems fixed, 2 new, 1 left");
  });

  it("are called by who found them as far as that says who it is", () => {
    const { source: _source, code: _code, ...bare } = problem("Odd.", 1);
    const check = problemsCheck([], inFile(bare, { ...bare, source: "", code: "E1" }), 5);
    expect(compareCheck(check).worse.map(({ name }) => name)).toEqual([
      "a.ts: Odd.",
      "a.ts: Odd. (E1)",
    ]);
  });

  it("are not told where the service was silent, and a hint is none", () => {
    const check = problemsCheck(inFile(problem("Odd.", 1)), undefined, 3_000);
    expect(compareCheck(check)).toMatchObject({ turned: [], worse: [] });
    expect(checkWords(check)).toBe("problems: nothing could be told");
    const hints = problemsCheck(inFile(), inFile(problem("Unused.", 1, "hint")), 5);
    expect(checkWords(hints)).toBe("no problems");
  });
});

it("of a copy only errors count and what was asked about; what nobody asked about is beside", () => {
  const asked = [problem("Unused x.", 1, "warning")];
  const problems = [...asked, problem("Odd.", 2), problem("Style.", 3, "warning")];
  const { cases } = saidOfCopy("a.ts", problems, asked, 5);
  expect(cases.map(({ name, beside = false }) => [name, beside])).toEqual([
    ["a.ts: Unused x. (ts 2304)", false],
    ["a.ts: Odd. (ts 2304)", true],
  ]);
  expect(saidOfCopy("a.ts", undefined, asked, 5).broken).toContain("in time");
});

it("a problem is found again by the name of its case", () => {
  const [file] = inFile(problem("Odd.", 2), problem("Even.", 4));
  const found = file && problemNamed(file, new Set(["a.ts: Even. (ts 2304)"]));
  expect(found?.message).toBe("Even.");
});
