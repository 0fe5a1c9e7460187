import { expect, it } from "vitest";
import { isTestPath } from "../../../src/base/languages/test-names";

it.each([
  ["test/calc.ts", true],
  ["src/calc.spec.ts", true],
  ["pkg/calc_test.go", true],
  ["test_calc.py", true],
  // In any language.
  ["lib/calc_test.ex", true],
  ["src/CalcTest.kt", true],
  // As its language alone says it.
  ["src/main/CartIT.java", true],
  ["src/CartIT.py", false],
  ["src/contest.py", false],
  ["src/latest/calc.ts", false],
])("%s is called as a test is: %s", (path, isTest) => {
  expect(isTestPath(path)).toBe(isTest);
});
