import { dirname, extname, sep } from "node:path";
import { defined } from "../../base/defined";
import { escapeRegExp } from "../../base/escape-reg-exp";
import { lineOf } from "../../base/text/line-ends";
import { Lines } from "../../base/text/lines";
import type { CheckCase } from "../../protocol/checks";
import { distance, isTestFile, speaksOf } from "./find-tests";
import { testAt, testsIn } from "./lines-of-tests";

/** A place that may hold the cause of a failure. */
export interface SuspectPlace {
  /** Relative, like the project's files. */
  readonly file: string;
  /** Zero-based; absent where only the file is known. */
  readonly line?: number;
}

export interface Suspicion {
  /** What fails. */
  readonly failing: readonly CheckCase[];
  /** The project's files, relative. */
  readonly files: readonly string[];
  /** The test files that were run, as far as they are known. */
  readonly tests: readonly string[];
  readonly read: (file: string) => Promise<string>;
}

/** So many lines of a test above the one that fails are looked through for what it calls. */
const linesAbove = 12;
const mostRead = 200;

/**
 * Where the cause of failures may be, likeliest first: the code on the way to the failure, deepest
 * first; then what the failing tests call, as an assertion that is wrong is met in the test alone;
 * then the files that these tests import. Tests are no suspects.
 */
export async function suspectPlaces(suspicion: Suspicion): Promise<readonly SuspectPlace[]> {
  const { failing, files } = suspicion;
  // A test is held against each file of the project.
  const texts = new Map<string, Promise<string>>();
  const read = (file: string): Promise<string> => {
    const text = texts.get(file) ?? suspicion.read(file);
    texts.set(file, text);
    return text;
  };
  const onTheWay = failing.flatMap((each) => placesIn(each.frames ?? each.got ?? "", files));
  const inTests: SuspectPlace[] = [];
  const inCode: SuspectPlace[] = [];
  for (const each of onTheWay) {
    const { file, line = 0 } = each;
    const isTest =
      (await isTestFile(file, read)) ||
      testAt(testsIn(Lines.of(await read(file))), line) !== undefined;
    (isTest ? inTests : inCode).push(each);
  }
  const tests = [...inTests, ...suspicion.tests.map((file) => ({ file }))];
  const found = [...inCode, ...(await calledBy(tests, { ...suspicion, read }))];
  return found.filter(
    ({ file, line }, at) =>
      found.findIndex((each) => each.file === file && (each.line ?? line) === line) === at,
  );
}

/**
 * `calc.py:2: in add`, `File "calc.py", line 2`, `(file://src/calc.js:2:9)`, `src/lib.rs:4:5`,
 * `Calc.java:[5,9]`, `Calc.cs:line 9`, `Calc.cs(9,5)`.
 */
const place =
  /((?:[A-Za-z]:)?[^\s"'()[\]<>:,]+\.[A-Za-z]\w*)(?:(?:",? line |:(?:line |\[)?|\()(\d+)|(?=::|[\s"'()]|$))/gm;

/**
 * The files that an output names, as it writes them, with the one-based line where it names one.
 */
export function namesIn(
  text: string,
): readonly { readonly name: string; readonly line?: number }[] {
  return [...text.matchAll(place)].map(([, name = "", line]) => ({
    name: name.replace(/^file:\/\//, ""),
    ...defined({ line: line === undefined ? undefined : Number(line) }),
  }));
}

/** The places of the project that a failure names, deepest first. */
export function placesIn(text: string, files: readonly string[]): readonly SuspectPlace[] {
  const found: SuspectPlace[] = [];
  for (const { name, line } of namesIn(text)) {
    const file = line === undefined ? undefined : fileCalled(name, files);
    if (file !== undefined && line !== undefined) found.push({ file, line: Math.max(0, line - 1) });
  }
  // Python tells of the deepest call last, all others first.
  return found.some(({ file }) => file.endsWith(".py")) ? found.reverse() : found;
}

/**
 * The file of a path as a runner writes it: whole, from its own folder, or by its last name where
 * only one has it.
 */
function fileCalled(written: string, files: readonly string[]): string | undefined {
  const name = written
    .replace(/^\.[\\/]/, "")
    .split(/[\\/]/)
    .join(sep);
  if (files.includes(name)) return name;
  const longer = files.filter((file) => file.endsWith(`${sep}${name}`));
  if (longer.length === 1) return longer[0];
  return files.find((file) => name.endsWith(`${sep}${file}`));
}

/** What is called, and not defined. */
const called = /(?<!\b(?:def|fn|func|function)\s+)\b(\w+)\s*\(/g;

async function calledBy(
  tests: readonly SuspectPlace[],
  { files, read }: Suspicion,
): Promise<readonly SuspectPlace[]> {
  const [first] = tests;
  if (first === undefined) return [];
  const names = new Set<string>();
  for (const { file, line } of tests)
    for (const each of nearLines(await read(file), line))
      for (const [, name = ""] of each.matchAll(called)) names.add(name);
  const ending = extname(first.file);
  const candidates = files
    .filter((file) => sameKind(extname(file), ending))
    .sort((one, other) => distance(first.file, one) - distance(first.file, other))
    .slice(0, mostRead);
  const imported: CalledPlace[] = [];
  const defining: CalledPlace[] = [];
  for (const file of candidates) {
    if (await isTestFile(file, read)) continue;
    const isNear = await someAsync(tests, async (test) =>
      speaksOf(test.file, await read(test.file), file),
    );
    const text = await read(file);
    for (const [order, name] of [...names].entries()) {
      const line = definitionLine(text, name);
      if (line !== undefined) (isNear ? imported : defining).push({ file, line, order });
    }
    if (isNear && !imported.some((each) => each.file === file))
      imported.push({ file, order: names.size });
  }
  // Of the same name elsewhere only what stands beside the test, where languages need no import.
  const isBeside = ({ file }: CalledPlace): boolean => dirname(file) === dirname(first.file);
  return [
    ...inOrder(imported.filter(({ line }) => line !== undefined)),
    ...inOrder(defining.filter(isBeside)),
    ...inOrder(imported.filter(({ line }) => line === undefined)),
    ...inOrder(defining.filter((each) => !isBeside(each))),
  ];
}

interface CalledPlace extends SuspectPlace {
  /** The nearer to the failure it is called, the less. */
  readonly order: number;
}

function inOrder(places: readonly CalledPlace[]): readonly SuspectPlace[] {
  return [...places]
    .sort((one, other) => one.order - other.order)
    .map(({ file, line }) => ({ file, ...defined({ line }) }));
}

/**
 * The lines of the test that a line stands in, from that line upwards; all of a text where no line
 * is known.
 */
function nearLines(text: string, line: number | undefined): readonly string[] {
  const lines = text.split("\n");
  if (line === undefined) return lines;
  const above = lines.slice(Math.max(0, line - linesAbove), line + 1).reverse();
  const head = above.findIndex((each) => testHead.test(each));
  return head < 0 ? above : above.slice(0, head + 1);
}

const testHead =
  /^\s*(?:(?:pub|async|static|public|private|final)\s+)*(?:def|fn|func|function|void|it|test|specify)\b/;

/** The zero-based line on which a text defines a function, method, class or value of this name. */
export function definitionLine(text: string, name: string): number | undefined {
  const word = escapeRegExp(name);
  const head = new RegExp(
    [
      `\\b(?:def|fn|func(?:\\s*\\([^)\\n]*\\))?|function\\*?|class|struct|enum|trait|interface|record)\\s+${word}\\b`,
      `\\b(?:const|let|var|val)\\s+${word}\\s*=`,
      `^\\s*(?:[\\w<>[\\],.?]+\\s+)*(?!(?:if|for|while|switch|return|catch|new)\\b)${word}\\s*\\([^;\\n]*\\{\\s*$`,
    ].join("|"),
    "m",
  ).exec(text);
  if (head === null) return undefined;
  const at = head.index + (head[0].length - head[0].trimStart().length);
  return lineOf(text, at);
}

function sameKind(one: string, other: string): boolean {
  const script = /^\.[cm]?[jt]sx?$/;
  return one === other || (script.test(one) && script.test(other));
}

async function someAsync<T>(
  all: readonly T[],
  test: (each: T) => Promise<boolean>,
): Promise<boolean> {
  for (const each of all) if (await test(each)) return true;
  return false;
}
