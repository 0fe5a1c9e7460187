import { fileNameOf } from "../text/file-name";
import type { TestFiles } from "./language";
import { languageOf } from "./language-of-file";
import { languageById, wordsOf } from "./languages";

/** What is called so is a test in any language: `test/calc.ts`, `calc_test.x`, `CalcTest.x`. */
const testPath = /(?:^|[/_.-])(?:tests?|specs?)(?:[/_.-]|$)|(?:Test|Tests|Spec)\.\w+$/;

/**
 * Whether a path, with `/` between its names, is called as tests are, in its own language or in
 * any.
 */
export function isTestPath(path: string): boolean {
  const kind = testsOf(path);
  return testPath.test(path) || (kind !== undefined && isNamedAsTest(path, kind));
}

/** What a file's language says of tests. */
export function testsOf(path: string): TestFiles | undefined {
  return languageById(languageOf(path, ""))?.tests;
}

/** Whether the name of a file says that it is a test of such a language. */
export function isNamedAsTest(path: string, kind: TestFiles): boolean {
  if (testsOf(path) !== kind) return false;
  const folders = path.split(/[\\/]/).slice(0, -1);
  return (
    nameAround(path, kind) !== undefined ||
    folders.some((folder) => wordsOf(kind.folders).includes(folder))
  );
}

/** What a test file is about, by its name. */
export function subjectOf(path: string, kind: TestFiles): string {
  const stem = stemOf(path);
  const [before = "", after = ""] = nameAround(path, kind) ?? [];
  return stem.slice(before.length, stem.length - after.length);
}

/** A file's name without its ending. */
export function stemOf(path: string): string {
  return fileNameOf(path.replaceAll("\\", "/")).replace(/(?<=.)\.[^.]*$/, "");
}

/** What stands around the name of what is tested: `test_` and nothing in `test_shop.py`. */
function nameAround(path: string, { names }: TestFiles): readonly string[] | undefined {
  const stem = stemOf(path);
  return wordsOf(names)
    .map((name) => name.split("*"))
    .find(([before = "", after = ""]) => stem.startsWith(before) && stem.endsWith(after));
}
