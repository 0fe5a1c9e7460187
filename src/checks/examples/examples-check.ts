import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { languageById } from "../../base/languages/languages";
import type { CheckCase, CheckSaid } from "../../protocol/checks";
import type { Target } from "../../protocol/document";
import { nodeOf, pythonOf } from "../interpreters";
import {
  defaultLimits,
  type Program,
  type ProgramLimits,
  runProgram,
} from "../process/run-program";
import type { CheckPlace, RunnableCheck } from "../runnable-check";
import { exampleSaid } from "./example-lines";
import { mentions, type PythonSession, pythonSessions } from "./python-examples";
import { pythonRunner } from "./python-runner";
import { examplesTail, type ScriptExamples, scriptExamples } from "./script-examples";
import { scriptRunner } from "./script-runner";

const caseSeconds = 2;
const limits: ProgramLimits = { ...defaultLimits, timeMs: 15_000 };

/** The examples in a file's documentation as a check, or why there is none, as a sentence; undefined where there are none. */
export async function examplesCheck(
  target: Target,
  symbol: string | undefined,
  environment: NodeJS.ProcessEnv,
): Promise<RunnableCheck | string | undefined> {
  const label = `the examples in ${basename(target.path)}`;
  const name = { id: "examples", kind: "examples", label } as const;
  const { languageId, text } = target;
  const examplesIn = languageById(languageId)?.examples;
  if (examplesIn === undefined) return undefined;
  if (examplesIn === "doctest") {
    const sessions = pythonSessions(text);
    if (sessions.length === 0) return undefined;
    return {
      ...name,
      program: "the documented examples with Python",
      run: beside(symbol, (...given) => runPython(target, sessions, ...given)),
    };
  }
  const examples = scriptExamples(text, languageId);
  if (examples.cases.length === 0) return undefined;
  const node = await nodeOf(environment);
  if (node === undefined) return `The examples are not run: there is no Node to run them with.`;
  const words = examplesIn === "typedScript" ? node.forTypeScript : [];
  if (words === undefined)
    return `The examples are not run: Node runs TypeScript from version 22.6 on, and an older one is installed.`;
  const command = [node.command, ...words] as const;
  return {
    ...name,
    program: "the documented examples with Node",
    run: beside(symbol, (...given) => runScript(target, examples, command, ...given)),
  };
}

/** An example that does not speak of the declaration in question may fail without anybody having asked about it. */
function beside(symbol: string | undefined, run: RunnableCheck["run"]): RunnableCheck["run"] {
  if (symbol === undefined || /^(?:__\w+__|constructor)$/.test(symbol)) return run;
  return async (place, signal) => {
    const said = await run(place, signal);
    const isBeside = said.cases.map(({ name }) => !mentions(name, symbol));
    // Where none speaks of it, all are about it: what is asked about is behind what they call.
    if (isBeside.every(Boolean)) return said;
    const cases = said.cases.map(
      (each, index): CheckCase => (isBeside[index] === true ? { ...each, beside: true } : each),
    );
    return { ...said, cases };
  };
}

async function runPython(
  target: Target,
  sessions: readonly PythonSession[],
  place: CheckPlace,
  signal: AbortSignal,
): Promise<CheckSaid> {
  const { copy } = place;
  const file = copy.pathOf(target.uri) ?? "";
  const python = pythonOf(fileURLToPath(target.uri), copy.root, place.environment);
  const { folder, module } = moduleOf(file);
  const mark = `${randomBytes(12).toString("hex")} `;
  // As the project's tests have it: what is installed in place would be the person's own files.
  const roots = [copy.project, join(copy.project, "src")];
  const request = { mark, file, folder, roots, module, sessions, caseSeconds };
  const words = await written(place, "run-examples.py", pythonRunner, request);
  const program = programIn(place, [python, ...words], folder);
  return await saidBy(program, mark, signal);
}

/** A module inside packages is imported by its whole name, as its own imports want it. */
function moduleOf(file: string): { readonly folder: string; readonly module: string | null } {
  const names = [basename(file, extname(file))];
  let folder = dirname(file);
  for (; existsSync(join(folder, "__init__.py")); folder = dirname(folder))
    names.unshift(basename(folder));
  const last = names.at(-1) === "__init__" ? names.slice(0, -1) : names;
  const isName = last.length > 1 && last.every((name) => /^[\p{L}_][\p{L}\p{N}_]*$/u.test(name));
  return { folder, module: isName ? last.join(".") : null };
}

async function runScript(
  target: Target,
  examples: ScriptExamples,
  command: readonly [string, ...string[]],
  place: CheckPlace,
  signal: AbortSignal,
): Promise<CheckSaid> {
  const file = place.copy.pathOf(target.uri) ?? "";
  const text = await readFile(file, "utf8");
  const tailLine = text.split("\n").length + 1;
  const mark = `${randomBytes(12).toString("hex")} `;
  const request = { mark, file, cases: examples.cases, tailLine, caseSeconds };
  const words = await written(place, "run-examples.mjs", scriptRunner, request);
  const edited = { uri: target.uri, path: target.path, proposed: text + examplesTail(examples) };
  const program = programIn(place, [...command, ...words], dirname(file));
  return await place.copy.with([edited], () => saidBy(program, mark, signal));
}

/** Puts the runner and its request beside the project. @returns their paths as words of a command. */
async function written(
  { copy }: CheckPlace,
  name: string,
  runner: string,
  request: unknown,
): Promise<readonly string[]> {
  const script = join(copy.home, name);
  const requestFile = join(copy.home, "examples.json");
  await writeFile(script, runner);
  await writeFile(requestFile, JSON.stringify(request));
  return [script, requestFile];
}

function programIn(
  { copy, environment }: CheckPlace,
  words: readonly string[],
  folder: string,
): Program {
  const [command = "", ...rest] = words;
  return { words: [command, ...rest], folder, writable: copy.folder, environment };
}

async function saidBy(program: Program, mark: string, signal: AbortSignal): Promise<CheckSaid> {
  return exampleSaid(await runProgram(program, signal, limits), mark);
}
