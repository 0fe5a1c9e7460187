import { languageById } from "../../base/languages/languages";
import { Changes } from "../../base/text/changes";
import { Lines, wholeLines } from "../../base/text/lines";
import type { TestsTouched } from "../../core/run/checks/checker";
import type { FileProposal } from "../../protocol/proposal";
import { pythonSessions } from "../examples/python-examples";
import { scriptExamples } from "../examples/script-examples";
import { isTestFile } from "./find-tests";
import { type TestLines, testAt, testsIn } from "./lines-of-tests";

/** What tests are compared with. */
const compared =
  /(?:^|[\\/])(?:__snapshots__|testdata|src[\\/]test[\\/]resources)[\\/]|\.snap$|(?:^|[\\/])(?:tests?|__tests__|specs?)[\\/].*\.(?:json|ya?ml|txt|csv|tsv|xml|html|golden|expected|out)$/;
/** What says which tests run, and how. */
const settings =
  /(?:^|[\\/])(?:conftest\.py|pytest\.ini|tox\.ini|\.mocharc\.\w+|(?:jest|vitest)\.(?:config|setup)\.\w+)$/;

/**
 * Whether a file is there to judge others: it holds tests and nothing else, what they are compared
 * with, or how they run.
 */
export async function isThereToTest(
  file: string,
  read: (file: string) => Promise<string>,
): Promise<boolean> {
  return compared.test(file) || settings.test(file) || (await isTestFile(file, read));
}

/**
 * What an edit changes of the tests and documented examples that judge it; undefined where it
 * changes none. A new test changes none.
 * @param file relative to the project
 */
export async function testsTouched(
  file: string,
  { path, base, proposed, change, languageId }: FileProposal,
): Promise<TestsTouched | undefined> {
  const isNew = change === "create";
  const isTest = await isThereToTest(file, async () => base);
  if (isNew && !compared.test(file) && !settings.test(file)) return undefined;
  if (isTest) return { text: isNew ? undefined : base, names: [path], isWhole: true };
  const before = wholeLines(base);
  const after = wholeLines(proposed);
  const tests = testsIn(Lines.of(base));
  const now = testsIn(Lines.of(proposed));
  const touched = new Set<string>();
  const changes = Changes.between(before, after).without(({ start, end, newStart, newEnd }) => {
    const old = namesAt(tests, start, end);
    // Lines that come anew count where they go into a test that was there.
    const known = namesAt(now, newStart, newEnd).filter((name) =>
      tests.some((each) => each.name === name),
    );
    for (const name of [...old, ...known]) touched.add(name);
    return old.length + known.length > 0;
  });
  const names = [...touched, ...examplesGone(base, proposed, languageId)];
  if (names.length === 0) return undefined;
  return { text: changes.apply(before).join(""), names, isWhole: false };
}

function namesAt(tests: readonly TestLines[], start: number, end: number): readonly string[] {
  const names = new Set<string>();
  for (let line = start; line < end; line++) {
    const test = testAt(tests, line);
    if (test !== undefined) names.add(test.name);
  }
  return [...names];
}

/** Documented examples that are gone or say something else. */
function examplesGone(base: string, proposed: string, languageId: string): readonly string[] {
  const left = new Set(examplesIn(proposed, languageId).map(({ whole }) => whole));
  return examplesIn(base, languageId).flatMap(({ whole, call }) => (left.has(whole) ? [] : call));
}

interface WrittenExample {
  readonly call: string;
  /** With its result. */
  readonly whole: string;
}

function examplesIn(text: string, languageId: string): readonly WrittenExample[] {
  const form = languageById(languageId)?.examples;
  if (form === undefined) return [];
  if (form !== "doctest")
    return scriptExamples(text, languageId).cases.map(({ name, expected }) => ({
      call: name,
      whole: `${name}\n${expected}`,
    }));
  return pythonSessions(text).flatMap((session): readonly WrittenExample[] =>
    session.kind === "claims"
      ? session.claims.map(({ call, value }) => ({ call, whole: `${call}\n${value}` }))
      : promptsIn(session.text),
  );
}

/** A prompt, and what stands below it up to the next one or an empty line. */
function promptsIn(text: string): readonly WrittenExample[] {
  return [...text.matchAll(/^[ \t]*>>> (.*)\n((?:(?![ \t]*(?:>>> |$)).*\n?)*)/gm)].map(
    ([, call = "", result = ""]) => ({
      call,
      whole: [call, ...result.split("\n").map((line) => line.trim())].join("\n").trim(),
    }),
  );
}
