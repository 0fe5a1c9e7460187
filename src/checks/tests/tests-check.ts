import { readFile, rm } from "node:fs/promises";
import { join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { shortened } from "../../base/text/shortened";
import { staysInside } from "../../base/text/stays-inside";
import type { CheckCase, CheckSaid } from "../../protocol/checks";
import type { Target } from "../../protocol/document";
import type { PrivateCopy } from "../place/private-copy";
import {
  defaultLimits,
  type ProgramEnd,
  type ProgramLimits,
  runProgram,
} from "../process/run-program";
import { programOf } from "../project-command";
import type { CheckPlace, RunnableCheck } from "../runnable-check";
import { nearestTests } from "./find-tests";
import { type TestCommand, testCommand } from "./runners";
import { forPeople, testCases, unique } from "./test-lines";
import { clearReports, readReports, readTold } from "./test-reports";

export interface TestsWish {
  readonly target: Target;
  readonly copy: PrivateCopy;
  readonly python: string;
  /** A command that the person typed; absent: the nearest tests. */
  readonly words: readonly [string, ...string[]] | undefined;
  readonly environment: NodeJS.ProcessEnv;
  /** What else the project names for its tests, where no runner of its language is known. */
  readonly task?: (() => Promise<TestTask | undefined>) | undefined;
}

/** A command that the project's own configuration names for its tests. */
export interface TestTask {
  readonly name: string;
  readonly words: readonly [string, ...string[]];
  /** Absolute, in the project; absent: the project's own. */
  readonly folder?: string;
}

/** Some compile first. */
const limits: ProgramLimits = { ...defaultLimits, timeMs: 120_000 };
const tellingLines = 6;
const mostErrors = 1_500;
/** A case of its own: a command that is one test as a whole may fail by it, too. */
const compiles = "the code compiles";
/** What is missing on this machine is no mistake of the code; and a summary has no place. */
const isElsewhere =
  /no required module provides|cannot find module|is not in std|^error: (?:could not compile|aborting|test failed|failed to (?:get|download))|can't find crate/;

/**
 * The tests nearest to a file as a check, or why there is none, as a sentence; undefined where
 * there are no tests.
 */
export async function testsCheck(wish: TestsWish): Promise<RunnableCheck | string | undefined> {
  const { target, copy, python, words, environment, task } = wish;
  const file = relative(copy.root, fileURLToPath(target.uri));
  const read = (each: string) => readFile(join(copy.root, each), "utf8").catch(() => "");
  const tests = await nearestTests(file, target.languageId, copy.files, read);
  const known =
    words === undefined
      ? await testCommand({ languageId: target.languageId, file, tests, copy, python, environment })
      : typedCommand(words, copy);
  const command = known ?? taskCommand(await task?.(), copy);
  if (command === undefined || typeof command === "string") return command;
  return {
    id: "tests",
    kind: "tests",
    label: command.label,
    program: command.program,
    tests,
    run: (place, signal) => runTests(command, place, signal),
  };
}

function typedCommand(words: readonly [string, ...string[]], copy: PrivateCopy): TestCommand {
  const said = words.join(" ");
  return { words, folder: typedIn(copy), label: said, program: said };
}

function taskCommand(
  task: TestTask | undefined,
  { root, project }: PrivateCopy,
): TestCommand | undefined {
  if (task === undefined) return undefined;
  const { name, words, folder = root } = task;
  const inside = relative(root, folder);
  if (!staysInside(inside)) return undefined;
  return { words, folder: join(project, inside), label: name, program: words.join(" ") };
}

function leavesReports([command]: readonly [string, ...string[]]): boolean {
  return /^(?:mvnw?|gradlew?)(?:\.(?:cmd|bat))?$/.test(command.replace(/^.*[\\/]/, ""));
}

/**
 * A command is typed where the person is; in the copy that is the same place, where there is such a
 * one.
 */
function typedIn({ root, project }: PrivateCopy): string {
  const here = relative(root, process.cwd());
  return staysInside(here) ? join(project, here) : project;
}

async function runTests(
  command: TestCommand,
  place: CheckPlace,
  signal: AbortSignal,
): Promise<CheckSaid> {
  const { words, folder, form, toldIn } = command;
  const { copy } = place;
  const hasReports = form === "reports" || (form === undefined && leavesReports(words));
  if (hasReports) await clearReports(folder, copy.folder);
  if (toldIn !== undefined) await rm(toldIn, { force: true });
  const end = await runProgram(programOf(command, place), signal, limits);
  const reported = hasReports ? unique(await readReports(folder, copy)) : [];
  const output = end.output.replaceAll(`${copy.project}${sep}`, "");
  const text = (toldIn === undefined ? undefined : await readTold(toldIn)) ?? end.stdout;
  const told = testCases(text.replaceAll(`${copy.project}${sep}`, ""), form);
  const printed = told.length > 0 ? told : testCases(output, form);
  const cases = reported.length > 0 ? reported : printed;
  const said = {
    cases,
    output: form === "jest" ? forPeople(output) : output,
    tookMs: Math.round(end.tookMs),
  };
  if (end.kind === "missing") return { ...said, broken: `${words[0]} is not installed.` };
  if (end.why !== undefined) return { ...said, broken: end.why };
  if (cases.length > 0) return said;
  const errors = compilerLines(output);
  if (end.code !== 0 && errors !== "") {
    const got = shortened(errors, mostErrors);
    return { ...said, cases: [{ name: compiles, state: "failed", got, failedAt: "compiling" }] };
  }
  if (form !== undefined) return { ...said, broken: noTests(end) };
  // A command that tells of no single test is one test itself.
  return { ...said, cases: [wholeCase(command, end, output)] };
}

/**
 * What does not compile has no test that runs, and it is the code's own fault: a line of the
 * compiler with its place says so.
 */
function compilerLines(output: string): string {
  const isPlace =
    /^(?:vet: )?\S+\.go:\d+(?::\d+)?: |^\S+\.java:\d+: error: |^e: \S+\.kt:|^\S+\.cs\(\d+,\d+\): error |^error(?:\[E\d+\])?: |^\s*--> |^\[ERROR\] \S+:\[\d+,\d+\] /;
  const lines = output.split("\n").filter((line) => isPlace.test(line) && !isElsewhere.test(line));
  return lines.some((line) => /[:(]\[?\d/.test(line)) ? lines.join("\n") : "";
}

function noTests({ code }: ProgramEnd): string {
  return `No test was told of; the runner ended with code ${code ?? "none"}.`;
}

function wholeCase({ label }: TestCommand, { code }: ProgramEnd, output: string): CheckCase {
  if (code === 0) return { name: label, state: "passed" };
  const lines = output.split("\n").filter((line) => line.trim() !== "");
  const telling = lines.filter((line) => /error|assert|expected|fail|panic/i.test(line));
  const got = (telling.length > 0 ? telling : lines).slice(-tellingLines).join("\n");
  // Python's unittest tells of nothing when a test file does not even parse.
  return { name: label, state: "failed", ...(got === "" ? {} : { got }), failedAt: "loading" };
}
