import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { upwards } from "./place/project-root";
import { programPath } from "./process/program-path";

const onWindows = process.platform === "win32";

/**
 * The project's own Python, where nobody chose one: of its virtual environment, of the one that is
 * active, else the system's.
 */
export function pythonOf(file: string, root: string, environment: NodeJS.ProcessEnv): string {
  const environments = [
    ...upwards(dirname(file), root).flatMap((folder) => [
      join(folder, ".venv"),
      join(folder, "venv"),
    ]),
    ...(environment["VIRTUAL_ENV"] === undefined ? [] : [environment["VIRTUAL_ENV"]]),
  ];
  const pythons = environments.map((folder) =>
    onWindows ? join(folder, "Scripts", "python.exe") : join(folder, "bin", "python"),
  );
  return pythons.find((python) => existsSync(python)) ?? (onWindows ? "python" : "python3");
}

/**
 * A Node to run scripts with, and how it takes TypeScript: with which words before the file, or not
 * at all.
 */
export interface ScriptNode {
  readonly command: string;
  readonly forTypeScript: readonly string[] | undefined;
  /** Its test runner reads the names of files as patterns. */
  readonly readsPatterns: boolean;
}

const known = new Map<string, Promise<ScriptNode | undefined>>();

/** The Node of the person's path. @returns undefined where there is none. */
export async function nodeOf(environment: NodeJS.ProcessEnv): Promise<ScriptNode | undefined> {
  const path = programPath(environment);
  const found = known.get(path) ?? lookForNode(environment);
  known.set(path, found);
  return await found;
}

async function lookForNode(environment: NodeJS.ProcessEnv): Promise<ScriptNode | undefined> {
  const options = { env: environment, timeout: 5_000, windowsHide: true };
  const told = await promisify(execFile)("node", ["--version"], options).catch(() => undefined);
  if (told === undefined) return undefined;
  const [major = 0, minor = 0] = told.stdout.replace(/^v/, "").split(".").map(Number);
  const strips = major > 23 || (major === 23 && minor >= 6) || (major === 22 && minor >= 18);
  const couldStrip = major === 23 || (major === 22 && minor >= 6);
  return {
    command: "node",
    forTypeScript: strips ? [] : couldStrip ? ["--experimental-strip-types"] : undefined,
    readsPatterns: major >= 21,
  };
}
