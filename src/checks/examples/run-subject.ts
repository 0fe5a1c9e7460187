import { randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { readFile, writeFile } from "node:fs/promises";
import { basename, dirname, extname, join } from "node:path";
import { languageById } from "../../base/languages/languages";
import type { Target } from "../../protocol/document";
import { nodeOf } from "../interpreters";
import { defaultLimits, type ProgramEnd, runProgram } from "../process/run-program";
import type { CheckPlace } from "../runnable-check";

/** A program of ours that runs calls of the person's file. */
export interface SubjectProgram {
  readonly name: string;
  readonly text: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** What it is to do, as JSON; the file and the mark are added. */
  readonly request: { readonly caseSeconds: number } & Readonly<Record<string, unknown>>;
}

/** How it ended, and what the lines begin with that are its own. */
export interface SubjectEnd {
  readonly end: ProgramEnd;
  readonly mark: string;
}

const timeMs = 15_000;

/** Runs calls of a Python file in the copy, with the project's own Python. */
export async function runPython(
  target: Target,
  program: SubjectProgram,
  place: CheckPlace,
  signal: AbortSignal,
): Promise<SubjectEnd> {
  const { copy, python } = place;
  const file = copy.pathOf(target.uri) ?? "";
  const { folder, module } = moduleOf(file);
  // As the project's tests have it: what is installed in place would be the person's own files.
  const roots = [copy.project, join(copy.project, "src")];
  const found = { file, folder, roots, module };
  return await run([python], { ...program, request: { ...program.request, ...found } }, folder, {
    place,
    signal,
  });
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

/**
 * The words that start the person's Node for a language's files, or why there are none, as a
 * sentence.
 */
export async function nodeWords(
  languageId: string,
  environment: NodeJS.ProcessEnv,
): Promise<readonly [string, ...string[]] | string> {
  const node = await nodeOf(environment);
  if (node === undefined) return "The examples are not run: there is no Node to run them with.";
  const isTyped = languageById(languageId)?.examples === "typedScript";
  const words = isTyped ? node.forTypeScript : [];
  return words === undefined
    ? "The examples are not run: Node runs TypeScript from version 22.6 on, and an older one is installed."
    : [node.command, ...words];
}

/**
 * Runs calls of a JavaScript or TypeScript file in the copy.
 * @param node the words that start Node.
 * @param tail stands behind the file's own text, on lines of its own.
 */
export async function runScript(
  target: Target,
  node: readonly [string, ...string[]],
  tail: string,
  program: SubjectProgram,
  place: CheckPlace,
  signal: AbortSignal,
): Promise<SubjectEnd> {
  const file = place.copy.pathOf(target.uri) ?? "";
  const text = await readFile(file, "utf8");
  const found = { file, tailLine: text.split("\n").length + 1 };
  const edited = { uri: target.uri, path: target.path, proposed: text + tail };
  const whole = { ...program, request: { ...program.request, ...found } };
  return await place.copy.with([edited], () => run(node, whole, dirname(file), { place, signal }));
}

async function run(
  [command, ...words]: readonly [string, ...string[]],
  { name, text, environment, request }: SubjectProgram,
  folder: string,
  { place, signal }: { readonly place: CheckPlace; readonly signal: AbortSignal },
): Promise<SubjectEnd> {
  const { copy } = place;
  const mark = `${randomBytes(12).toString("hex")} `;
  const script = join(copy.home, name);
  const requestFile = join(copy.home, "request.json");
  await writeFile(script, text);
  await writeFile(requestFile, JSON.stringify({ ...request, mark }));
  const program = {
    words: [command, ...words, script, requestFile] as const,
    folder,
    writable: copy.folder,
    environment: { ...place.environment, ...environment },
  };
  return { end: await runProgram(program, signal, { ...defaultLimits, timeMs }), mark };
}
