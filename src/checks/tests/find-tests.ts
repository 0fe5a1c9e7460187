import { dirname, relative, sep } from "node:path";
import { escapeRegExp } from "../../base/escape-reg-exp";
import { languageById } from "../../base/languages/languages";
import { isNamedAsTest, stemOf, subjectOf, testsOf } from "../../base/languages/test-names";

/** More than these are not the nearest any more. */
const mostFiles = 5;
/** So many test files are looked into for what they import. */
const mostRead = 400;

/**
 * The test files nearest to a file, relative like `files`: itself where it is one, else those of
 * its name, else those that import it.
 * @param read gives a file's text.
 */
export async function nearestTests(
  file: string,
  languageId: string,
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<readonly string[]> {
  const kind = languageById(languageId)?.tests;
  // Where any test may be about the file, the language's own tool finds them.
  if (kind === undefined || kind.about === "any") return [];
  if (kind.about === "folder")
    return files.filter((each) => dirname(each) === dirname(file) && isNamedAsTest(each, kind));
  const isTest = async (each: string): Promise<boolean> =>
    isNamedAsTest(each, kind) && (kind.holds?.test(await read(each)) ?? true);
  if (await isTest(file)) return [file];
  const stem = stemOf(file);
  const candidates = files
    .filter((each) => isNamedAsTest(each, kind))
    .sort((one, other) => distance(file, one) - distance(file, other));
  const named: string[] = [];
  for (const each of candidates)
    if (subjectOf(each, kind) === stem && (await isTest(each))) named.push(each);
  if (named.length > 0) return named.slice(0, mostFiles);
  const found: string[] = [];
  for (const each of candidates.slice(0, mostRead)) {
    if (found.length === mostFiles) break;
    if (kind.imports(stem).test(await read(each)) && (await isTest(each))) found.push(each);
  }
  return found;
}

/** Whether a file of a project holds tests and nothing else. */
export async function isTestFile(
  file: string,
  read: (file: string) => Promise<string>,
): Promise<boolean> {
  const kind = testsOf(file);
  return (
    kind !== undefined && isNamedAsTest(file, kind) && (kind.holds?.test(await read(file)) ?? true)
  );
}

/**
 * Whether a test is about a file: by its name, by what it imports, or, where a language needs no
 * import, by the folder.
 */
export function speaksOf(test: string, testText: string, file: string): boolean {
  if (test === file) return true;
  const kind = testsOf(test);
  if (kind?.about === "folder") return dirname(test) === dirname(file);
  if (kind?.about === "any") return true;
  const stem = stemOf(file);
  if (kind === undefined || !isNamedAsTest(test, kind))
    return new RegExp(`\\b${escapeRegExp(stem)}\\b`).test(testText);
  return subjectOf(test, kind) === stem || kind.imports(stem).test(testText);
}

/** Steps from one file's folder to the other's. */
export function distance(one: string, other: string): number {
  return relative(dirname(one), dirname(other)).split(sep).length;
}
