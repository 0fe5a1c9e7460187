import { isAbsolute, relative, resolve } from "node:path";
import type { CheckSaid } from "../../protocol/checks";
import type { Diagnostic } from "../../protocol/document";
import type { PrivateCopy } from "../place/private-copy";
import { type FileProblems, saidOf } from "../problems-check";
import { runProgram } from "../process/run-program";
import { type ProjectCommand, programOf } from "../project-command";
import type { CheckPlace, RunnableCheck } from "../runnable-check";
import { type CompilerError, compilerErrors } from "./compiler-lines";
import { type CompilerWish, compilerCommand } from "./compilers";

/**
 * The project's own compiler as a check: its errors are problems, and an edit must not bring one.
 * For files that no test compiles; undefined where no compiler is known.
 */
export async function compilerCheck(wish: CompilerWish): Promise<RunnableCheck | undefined> {
  const command = await compilerCommand(wish);
  if (command === undefined) return undefined;
  return {
    id: "compiler",
    kind: "problems",
    label: command.label,
    program: command.program,
    run: (place, signal) => runCompiler(command, wish.file, place, signal),
  };
}

async function runCompiler(
  command: ProjectCommand,
  file: string,
  place: CheckPlace,
  signal: AbortSignal,
): Promise<CheckSaid> {
  const { words, folder } = command;
  const end = await runProgram(programOf(command, place), signal);
  const output = end.output.replaceAll(place.copy.project, ".");
  const tookMs = Math.round(end.tookMs);
  const untold = (broken: string): CheckSaid => ({ cases: [], output, tookMs, broken });
  if (end.kind === "missing") return untold(`${words[0]} is not installed.`);
  if (end.why !== undefined) return untold(end.why);
  const errors = compilerErrors(end.output);
  if (errors === undefined) return untold("Libraries that the code needs are missing.");
  if (errors.length === 0 && end.code !== 0)
    return untold(`It named no error and ended with code ${end.code ?? "none"}.`);
  const said = saidOf(byFile(errors, folder, place.copy), tookMs);
  // What other files are wrong about was not asked.
  const isHere = (name: string): boolean => name.startsWith(`${file}: `);
  return {
    ...said,
    output,
    cases: said.cases.map((each) => (isHere(each.name) ? each : { ...each, beside: true })),
  };
}

function byFile(
  errors: readonly CompilerError[],
  folder: string,
  { project }: PrivateCopy,
): readonly FileProblems[] {
  const files = new Map<string, Diagnostic[]>();
  for (const { path, line, message } of errors) {
    const name = relative(project, isAbsolute(path) ? path : resolve(folder, path));
    const start = { line: line - 1, character: 0 };
    const problem: Diagnostic = { message, severity: "error", range: { start, end: start } };
    files.set(name, [...(files.get(name) ?? []), problem]);
  }
  return [...files].map(([path, problems]) => ({ path, problems }));
}
