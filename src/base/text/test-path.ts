const testPath = /(?:^|[/_.-])(?:tests?|specs?)(?:[/_.-]|$)|(?:Test|Tests|Spec)\.\w+$/;

/**
 * Whether a path, with `/` between its names, is called as tests are: `test/calc.ts`,
 * `calc_test.go`, `CalcTest.java`.
 */
export function isTestPath(path: string): boolean {
  return testPath.test(path);
}
