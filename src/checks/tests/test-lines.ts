import { defined } from "../../base/defined";
import { escapeRegExp } from "../../base/escape-reg-exp";
import { isRecord, parsedObject } from "../../base/guards";
import { shortened } from "../../base/text/shortened";
import type { CheckCase } from "../../protocol/checks";

const mostCharacters = 600;
const mostFrameCharacters = 1_500;
/** What stands in the way of a test, and is not what it tests. */
const foreign =
  /\b(?:ModuleNotFoundError|No module named|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|UnknownHostException|ECONNREFUSED|ConnectionRefusedError|[Cc]onnection refused|ENETUNREACH|EAI_AGAIN|ENOTFOUND|Network is unreachable|Temporary failure in name resolution|EROFS|Read-only file system|fixture '[^']*' not found)\b/;

/** How one test ended, as its runner prints it. */
type Reader = (output: string) => readonly CheckCase[];

/** pytest with `-rA`: `FAILED test_bits.py::test_eight - assert 2 == 1`. */
const pytest: Reader = (output) =>
  all(
    output,
    /^(PASSED|FAILED|ERROR) (\S.*?\.py(?:::.*?)?)(?: - (.*))?$/gm,
    ([, end, name = "", message]) => {
      const found = caseOf(
        name,
        end === "PASSED",
        message ?? collecting(output, name),
        pytestFrames(output, name),
      );
      return name.includes("::") ? found : asUnloaded(found);
    },
  );

/** What stands below `____ Class.test_two ____`. */
function pytestFrames(output: string, name: string): string {
  const [, ...inFile] = name.split("::");
  const head = new RegExp(`^_+ ${escapeRegExp(inFile.join("."))} _+\n`, "m").exec(output);
  if (head === null || inFile.length === 0) return "";
  const rest = output.slice(head.index + head[0].length);
  const end = rest.search(/^(?:_{3,} .* _{3,}|={5,}.*={5,}|-{5,} .* -{5,})$/m);
  // Which part of a line is meant the message says as well.
  return (end < 0 ? rest : rest.slice(0, end)).replace(/^[ ^~]+\n/gm, "");
}

/** A file that could not be loaded says why further up only. */
function collecting(output: string, name: string): string {
  const section = new RegExp(
    `^_+ ERROR collecting ${escapeRegExp(name)} _+\n([\\s\\S]*?)\n(?:_{5}|={5})`,
    "m",
  );
  return section.exec(output)?.[1] ?? "";
}

/** unittest with `-v`: `test_eight (test_bits.Bits.test_eight) ... FAIL`. */
const unittest: Reader = (output) =>
  all(
    output,
    /^(\w+) \(([\w.]+)\)(?:\n(?!\w+ \().*)? \.\.\. (?:.*\n)*?.*?\b(ok|FAIL|ERROR)$/gm,
    ([, name = "", where = "", end = ""]) => {
      const found = caseOf(
        where.endsWith(`.${name}`) ? where : `${where}.${name}`,
        end === "ok",
        blockOf(output, `${end}: ${name} (`),
      );
      return where.startsWith("unittest.loader._FailedTest") ? asUnloaded(found) : found;
    },
  );

/**
 * go test with `-v`: `--- FAIL: TestOnes (0.00s)`; of an example with `// Output:` what it printed
 * and should have.
 */
const go: Reader = (output) =>
  all(
    output,
    /^[ ]*--- (PASS|FAIL): (\S+) \([\d.]+s\)\n?(?:got:\n([\s\S]*?)\nwant:\n([\s\S]*?)\n(?====|---|FAIL|PASS|exit )|((?:[ ]+(?![ ]*---).*\n?)*))/gm,
    ([, end, name = "", got, expected, printed = ""]) =>
      got === undefined
        ? caseOf(name, end === "PASS", whileRunning(output, name) + printed)
        : { ...caseOf(name, end === "PASS", got), ...defined({ expected }) },
  );

/** What a test of Go printed before its verdict. */
function whileRunning(output: string, name: string): string {
  const start = `=== RUN   ${name}\n`;
  const at = output.indexOf(start);
  const rest = at < 0 ? "" : output.slice(at + start.length);
  return rest.slice(0, Math.max(0, rest.search(/^(?:===|[ ]*---) /m)));
}

/** cargo test: `test tests::ones ... FAILED`. */
const cargo: Reader = (output) =>
  all(
    output,
    /^test (\S.*?)(?: - (?:should panic|compile fail))? \.\.\. (ok|FAILED)$/gm,
    ([, name = "", end]) =>
      caseOf(
        // An edit moves the lines of an example, and the example stays the same.
        name.replace(/ \(line \d+\)$/, ""),
        end === "ok",
        blockOf(output, `---- ${name} stdout ----`),
      ),
  );

/**
 * TAP, as node:test, mocha and vitest print it: `not ok 2 - counts the ones`. A suite only repeats
 * what its tests say.
 */
const tap: Reader = (output) =>
  all(
    output,
    /^([ ]*)(not )?ok \d+ (?:- )?(.*?)(?: # time=\S+)?( # (?:SKIP|TODO).*)?$\n?((?:\1[ ]+.*\n?)*)/gim,
    ([, , not, name = "", skipped, details = ""]) => {
      if (skipped !== undefined || /^\s*type: '?suite'?$/m.test(details)) return undefined;
      const said = whileLoading(output, name, details);
      const message = said ?? tapError(details);
      const found = caseOf(name, not === undefined, message, tapFrames(details));
      return said === undefined && !isFileOfVitest(found.name, details) ? found : asUnloaded(found);
    },
  );

/** vitest names a test behind its file: `calc.test.ts > adds`, and a file that fails as itself. */
function isFileOfVitest(name: string, details: string): boolean {
  return /^[^>]+\.[cm]?[jt]sx?$/.test(name) && /^\s*error:\s*$/m.test(details);
}

/** A file that cannot be loaded says only that it ended; why, Node printed before. */
function whileLoading(output: string, name: string, details: string): string | undefined {
  if (!/^\s*exitCode: /m.test(details)) return undefined;
  const said = new RegExp(`((?:^# .*\n)+)# Subtest: ${escapeRegExp(name)}$`, "m").exec(output)?.[1];
  return said?.replace(/^# ?/gm, "").replace(/^Node\.js v.*$/m, "");
}

const jestStart = '{"num';

/** What a runner printed, without what is only there for us to read. */
export function forPeople(output: string): string {
  const start = output.indexOf(jestStart);
  return start < 0 ? output : output.slice(0, start);
}

/** jest with `--json`. */
const jest: Reader = (output) => {
  const start = output.indexOf(jestStart);
  if (start < 0) return [];
  const found: CheckCase[] = [];
  for (const file of listIn(
    parsedObject(output.slice(start, output.lastIndexOf("}") + 1)),
    "testResults",
  )) {
    const results = listIn(file, "assertionResults");
    for (const each of results) {
      if (!isRecord(each)) continue;
      const passed = each["status"] === "passed";
      const messages = Array.isArray(each["failureMessages"]) ? each["failureMessages"] : [];
      if (passed || each["status"] === "failed")
        found.push(caseOf(String(each["fullName"]), passed, String(messages[0] ?? "")));
    }
    if (results.length === 0 && isRecord(file) && file["status"] === "failed")
      found.push(asUnloaded(caseOf(String(file["name"]), false, String(file["message"] ?? ""))));
  }
  return found;
};

/** What it prints is for people; each test is told of in its reports. */
const reports: Reader = () => [];

const readers = { reports, pytest, unittest, go, cargo, tap, jest };
export type OutputForm = keyof typeof readers;

/**
 * The tests that a runner told of; without a form, in whichever form tells of any. Names are made
 * unique.
 */
export function testCases(output: string, form?: OutputForm): readonly CheckCase[] {
  const forms = form === undefined ? Object.values(readers) : [readers[form]];
  for (const read of forms) {
    const cases = read(output);
    if (cases.length > 0) return unique(cases);
  }
  return [];
}

function all(
  output: string,
  pattern: RegExp,
  read: (match: RegExpMatchArray) => CheckCase | undefined,
): readonly CheckCase[] {
  return [...output.matchAll(pattern)].flatMap((match) => read(match) ?? []);
}

/** @param way the way to the failure, line by line. */
export function caseOf(name: string, passed: boolean, message = "", way = ""): CheckCase {
  const got = ownFrames(message).trim();
  const state = passed ? "passed" : foreign.test(got) ? "broken" : "failed";
  const frames = ownFrames(way).trim();
  return {
    name: name.trim(),
    state,
    ...(passed || got === "" ? {} : { got: shortened(got, mostCharacters) }),
    ...(passed || frames === "" ? {} : { frames: shortened(frames, mostFrameCharacters) }),
  };
}

/** A file that could not be loaded, in the place of its tests. */
function asUnloaded(found: CheckCase): CheckCase {
  return { ...found, failedAt: "loading" };
}

/**
 * A message without the frames of the runner and the platform, which say nothing about the code.
 */
function ownFrames(message: string): string {
  const foreignFrame =
    /^\s*(?:at (?:java|jdk|sun|junit|org\.(?:junit|opentest4j|gradle|apache\.maven|hamcrest|assertj)|System|Xunit|NUnit)\.|at .*(?:[\\/]node_modules[\\/]|\(?node:|<anonymous>\)?$)|(?:.* \()?node:\S+\)?$)/;
  return message
    .split("\n")
    .filter((line) => !foreignFrame.test(line))
    .join("\n");
}

/**
 * What stands below a line that begins with the head, up to the next empty line after some text or
 * the next rule.
 */
function blockOf(output: string, head: string): string {
  const at = output.indexOf(`\n${head}`);
  if (at < 0) return "";
  const lines = output
    .slice(at + 1)
    .split("\n")
    .slice(1);
  const end = lines.findIndex(
    (line, index) => index > 2 && /^(?:[=-]{10,}|----|failures:|$)/.test(line),
  );
  return lines
    .slice(0, end < 0 ? 20 : end)
    .filter((line) => !/^[=-]{10,}$/.test(line))
    .join("\n")
    .slice(-mostCharacters);
}

function tapError(details: string): string {
  const block = /^(\s*)(?:error|message): \|-?\n((?:\1\s+.*\n?)+)/m.exec(details)?.[2];
  const line = /^\s*(?:error|message): (.*)$/m.exec(details)?.[1];
  return block ?? line?.replace(/^["']|["']$/g, "") ?? details;
}

/** Where TAP's details say that it happened: the stack of Node, or the place that vitest names. */
function tapFrames(details: string): string {
  const stack = /^(\s*)stack: \|-?\n((?:\1\s+.*\n?)+)/m.exec(details)?.[2] ?? "";
  const at = /^\s*(?:at|location): (.*)$/m.exec(details)?.[1]?.replace(/^["']|["']$/g, "") ?? "";
  const where = ownFrames(stack === "" ? at : stack.replace(/^\s+/gm, "  "));
  return where === "" ? "" : `${tapError(details).trimEnd()}\n${where}`;
}

export function unique(cases: readonly CheckCase[]): readonly CheckCase[] {
  const counts = new Map<string, number>();
  return cases.map((each) => {
    const count = (counts.get(each.name) ?? 0) + 1;
    counts.set(each.name, count);
    return count === 1 ? each : { ...each, name: `${each.name} (${count})` };
  });
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}
