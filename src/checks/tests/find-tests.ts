import { basename, dirname, extname, relative, sep } from "node:path";
import { escapeRegExp } from "../../base/escape-reg-exp";

/** Which files of a project are tests, and what they call what they test. */
interface TestFiles {
  readonly isTest: RegExp;
  /** What the text of a test file holds, where its name alone does not tell. */
  readonly holds?: RegExp;
  /** What is left of a test file's name when the part that makes it one is gone. */
  readonly subject: (stem: string) => string;
  /** Whether a test's text speaks of a module of this name. */
  readonly imports: (stem: string) => RegExp;
}

const python: TestFiles = {
  isTest: /(?:^|[\\/])(?:test_[^\\/]*|[^\\/]*_test)\.py$/,
  subject: (stem) => stem.replace(/^test_|_test$/g, ""),
  imports: (stem) =>
    new RegExp(`^\\s*(?:import|from)\\s[^\\n]*(?<!\\w)${escapeRegExp(stem)}(?!\\w)`, "m"),
};
const script: TestFiles = {
  isTest:
    /(?:\.(?:test|spec)\.[cm]?[jt]sx?|(?:^|[\\/])(?:tests?|__tests__)[\\/](?:.*[\\/])?[^\\/]+\.[cm]?[jt]sx?)$/,
  holds: /\b(?:describe|it|test|suite)(?:\.\w+)*\s*\(/,
  subject: (stem) => stem.replace(/\.(?:test|spec)$/, ""),
  imports: (stem) => new RegExp(`["'][^"'\\n]*/${escapeRegExp(stem)}(?:\\.[cm]?[jt]sx?)?["']`),
};
const java: TestFiles = {
  isTest: /(?:Tests?|IT)\.(?:java|kt)$/,
  subject: (stem) => stem.replace(/(?:Tests?|IT)$/, ""),
  imports: (stem) => new RegExp(`\\b${escapeRegExp(stem)}\\b`),
};

/** Their tests are found by their own tools; these only tell them from the code. */
const go: TestFiles = {
  ...java,
  isTest: /_test\.go$/,
  subject: (stem) => stem.replace(/_test$/, ""),
};
const rust: TestFiles = { ...java, isTest: /(?:^|[\\/])tests[\\/](?:.*[\\/])?[^\\/]+\.rs$/ };

const byLanguage: Readonly<Record<string, TestFiles>> = {
  python,
  javascript: script,
  javascriptreact: script,
  typescript: script,
  typescriptreact: script,
  java,
  kotlin: java,
};

/** More than these are not the nearest any more. */
const mostFiles = 5;
/** So many test files are looked into for what they import. */
const mostRead = 400;

/**
 * The test files nearest to a file, relative like `files`: itself where it is one, else those of its name, else those that import it.
 * @param read gives a file's text.
 */
export async function nearestTests(
  file: string,
  languageId: string,
  files: readonly string[],
  read: (file: string) => Promise<string>,
): Promise<readonly string[]> {
  if (languageId === "go")
    return files.filter((each) => go.isTest.test(each) && dirname(each) === dirname(file));
  const kind = byLanguage[languageId];
  if (kind === undefined) return [];
  const isTest = async (each: string): Promise<boolean> =>
    kind.isTest.test(each) && (kind.holds?.test(await read(each)) ?? true);
  if (await isTest(file)) return [file];
  const stem = stemOf(file);
  const candidates = files
    .filter((each) => kind.isTest.test(each))
    .sort((one, other) => distance(file, one) - distance(file, other));
  const named: string[] = [];
  for (const each of candidates)
    if (kind.subject(stemOf(each)) === stem && (await isTest(each))) named.push(each);
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
  for (const { isTest, holds } of [...Object.values(byLanguage), go, rust])
    if (isTest.test(file) && (holds?.test(await read(file)) ?? true)) return true;
  return false;
}

/** Whether a test is about a file: by its name, by what it imports, or, where a language needs no import, by the folder. */
export function speaksOf(test: string, testText: string, file: string): boolean {
  const stem = stemOf(file);
  if (test === file) return true;
  if (test.endsWith(".go")) return dirname(test) === dirname(file);
  if (test.endsWith(".rs")) return true;
  const kind = Object.values(byLanguage).find(({ isTest }) => isTest.test(test)) ?? java;
  return kind.subject(stemOf(test)) === stem || kind.imports(stem).test(testText);
}

function stemOf(file: string): string {
  return basename(file, extname(file));
}

/** Steps from one file's folder to the other's. */
export function distance(one: string, other: string): number {
  return relative(dirname(one), dirname(other)).split(sep).length;
}
