import { escapeRegExp } from "../../base/escape-reg-exp";
import { isRecord } from "../../base/guards";
import type { CheckCase } from "../../protocol/checks";

const mostCharacters = 600;
/** What stands in the way of a test, and is not what it tests. */
const foreign =
  /\b(?:ModuleNotFoundError|No module named|Cannot find (?:module|package)|ERR_MODULE_NOT_FOUND|ENETUNREACH|EAI_AGAIN|ENOTFOUND|Network is unreachable|Temporary failure in name resolution|EROFS|Read-only file system|fixture '[^']*' not found)\b/;

/** How one test ended, as its runner prints it. */
type Reader = (output: string) => readonly CheckCase[];

/** pytest with `-rA`: `FAILED test_bits.py::test_eight - assert 2 == 1`. */
const pytest: Reader = (output) =>
  all(output, /^(PASSED|FAILED|ERROR) (\S.*?\.py(?:::.*?)?)(?: - (.*))?$/gm, (match) =>
    caseOf(match[2], match[1] === "PASSED", match[3] ?? collecting(output, match[2] ?? "")),
  );

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
    ([, name = "", where = "", end = ""]) =>
      caseOf(
        where.endsWith(`.${name}`) ? where : `${where}.${name}`,
        end === "ok",
        blockOf(output, `${end}: ${name} (`),
      ),
  );

/** go test with `-v`: `--- FAIL: TestOnes (0.00s)`. */
const go: Reader = (output) =>
  all(output, /^[ ]*--- (PASS|FAIL): (\S+) \([\d.]+s\)\n?((?:[ ]+(?![ ]*---).*\n?)*)/gm, (match) =>
    caseOf(match[2], match[1] === "PASS", whileRunning(output, match[2] ?? "") + (match[3] ?? "")),
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
  all(output, /^test (\S.*?)(?: - should panic)? \.\.\. (ok|FAILED)$/gm, ([, name = "", end]) =>
    caseOf(name, end === "ok", blockOf(output, `---- ${name} stdout ----`)),
  );

/** TAP, as node:test, mocha and vitest print it: `not ok 2 - counts the ones`. A suite only repeats what its tests say. */
const tap: Reader = (output) =>
  all(
    output,
    /^([ ]*)(not )?ok \d+ (?:- )?(.*?)(?: # time=\S+)?( # (?:SKIP|TODO).*)?$\n?((?:\1[ ]+.*\n?)*)/gim,
    ([, , not, name, skipped, details = ""]) =>
      skipped !== undefined || /^\s*type: '?suite'?$/m.test(details)
        ? undefined
        : caseOf(name, not === undefined, tapError(details)),
  );

/** jest with `--json`. */
const jest: Reader = (output) => {
  const start = output.indexOf('{"num');
  if (start < 0) return [];
  const found: CheckCase[] = [];
  for (const file of listIn(
    parsed(output.slice(start, output.lastIndexOf("}") + 1)),
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
      found.push(caseOf(String(file["name"]), false, String(file["message"] ?? "")));
  }
  return found;
};

const readers = { pytest, unittest, go, cargo, tap, jest };
export type OutputForm = keyof typeof readers;

/** The tests that a runner told of; without a form, in whichever form tells of any. Names are made unique. */
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

function caseOf(name: string | undefined, passed: boolean, message: string | undefined): CheckCase {
  const got = message?.trim() ?? "";
  const state = passed ? "passed" : foreign.test(got) ? "broken" : "failed";
  return {
    name: (name ?? "").trim(),
    state,
    ...(passed || got === ""
      ? {}
      : { got: got.length > mostCharacters ? `${got.slice(0, mostCharacters)}…` : got }),
  };
}

/** What stands below a line that begins with the head, up to the next empty line after some text or the next rule. */
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

function unique(cases: readonly CheckCase[]): readonly CheckCase[] {
  const counts = new Map<string, number>();
  return cases.map((each) => {
    const count = (counts.get(each.name) ?? 0) + 1;
    counts.set(each.name, count);
    return count === 1 ? each : { ...each, name: `${each.name} (${count})` };
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function listIn(value: unknown, key: string): readonly unknown[] {
  const list = isRecord(value) ? value[key] : undefined;
  return Array.isArray(list) ? list : [];
}
