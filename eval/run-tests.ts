import { mkdir, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { pathToFileURL } from "node:url";
import { PrivateCopy } from "../src/checks/place/private-copy";
import { cleanEnvironment } from "../src/checks/process/clean-environment";
import { defaultLimits, runProgram } from "../src/checks/process/run-program";
import type { EvalCase } from "./eval-case";
import { buildTests, commandsOf } from "./languages";

/** A loop without an end is a common bug. */
const limits = { ...defaultLimits, timeMs: 30_000 };
/** The first time a compiler makes its own library too. */
const compilerLimits = { ...defaultLimits, timeMs: 300_000 };

export interface TestsSaid {
  readonly passed: boolean;
  /** The tool that is not on this machine. */
  readonly missing?: string;
  readonly output: string;
}

/** Puts texts into a folder, by their paths. */
export async function writeTexts(
  folder: string,
  texts: ReadonlyMap<string, string>,
): Promise<void> {
  for (const [path, text] of texts) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), text);
  }
}

/**
 * Runs a case's own tests on the project in a folder, in a copy of it and shut in as checks of
 * edits are. Tests that the project brings under the same names are not run. Throws the signal's
 * own reason, and an Error when a compiler does not come to an end.
 * @param kept a folder for what tools compile, from one case to the next.
 */
export async function runTests(
  evalCase: EvalCase,
  folder: string,
  kept: string,
  signal: AbortSignal,
): Promise<TestsSaid> {
  const folders = { root: folder, part: folder };
  const copy = await PrivateCopy.make(folders, tmpdir(), signal);
  try {
    await copy.fill(signal);
    const tests = [...evalCase.tests].map(([path, proposed]) => ({
      uri: pathToFileURL(join(folder, path)).href,
      path,
      proposed,
    }));
    return await copy.with(tests, () => run(evalCase, copy, kept, signal));
  } finally {
    await copy.dispose();
  }
}

async function run(
  evalCase: EvalCase,
  { project, folder, home }: PrivateCopy,
  kept: string,
  signal: AbortSignal,
): Promise<TestsSaid> {
  try {
    await buildTests(evalCase, project);
  } catch (thrown) {
    return { passed: false, output: thrown instanceof Error ? thrown.message : String(thrown) };
  }
  const environment = {
    ...cleanEnvironment(process.env, home, homedir()),
    GOCACHE: join(kept, "go-build"),
  };
  let output = "";
  for (const { words, compiles } of commandsOf(evalCase)) {
    const program = { words, folder: project, writable: folder, kept, environment };
    const end = await runProgram(program, signal, compiles ? compilerLimits : limits);
    output = end.output;
    if (compiles && end.kind === "limit") throw new Error(`${words[0]}: ${end.why ?? ""}`);
    if (end.kind === "missing") return { passed: false, missing: words[0], output };
    if (end.kind !== "ended" || end.code !== 0)
      return { passed: false, output: [output, end.why ?? ""].join("\n").trim() };
  }
  return { passed: true, output };
}
