import { type ChildProcess, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { installedGrammar } from "../syntax/place";

/** The command line as it ships, one bundled file with its grammars beside it, and a folder of its own to work in. */
export interface BuiltCli {
  /** Starts it in the folder. It knows of no daemon and no engine but the ones that it is told of. */
  start(words: readonly string[], environment?: Readonly<Record<string, string>>): SpawnedCli;
  write(name: string, content: string): void;
  read(name: string): string;
  remove(): void;
}

export interface SpawnedCli {
  readonly process: ChildProcess;
  stdout(): string;
  stderr(): string;
  /** Resolves when standard error holds the text. */
  said(text: string): Promise<void>;
  /** The exit code, or the signal that ended it. */
  readonly ended: Promise<number | NodeJS.Signals | null>;
}

export async function buildCli(): Promise<BuiltCli> {
  const program = mkdtempSync(join(tmpdir(), "cli-"));
  const folder = mkdtempSync(join(tmpdir(), "cli work "));
  const script = join(program, "cli.cjs");
  await build({
    entryPoints: [join(import.meta.dirname, "../../src/cli/main.ts")],
    outfile: script,
    bundle: true,
    platform: "node",
    format: "cjs",
    target: "node20",
    logLevel: "warning",
  });
  mkdirSync(join(program, "grammars"));
  for (const name of ["tree-sitter", "python"]) symlinkSync(installedGrammar(name), join(program, "grammars", `${name}.wasm`));
  // A home without an engine and without models, whatever this machine has.
  const home = { HOME: program, USERPROFILE: program, XDG_CACHE_HOME: join(program, "cache"), LOCALAPPDATA: join(program, "cache") };
  return {
    start: (words, environment = {}) => {
      const env = { ...process.env, ...home, OLLAMA_HOST: "", ...environment };
      return watched(spawn(process.execPath, [script, ...words], { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] }));
    },
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => readFileSync(join(folder, name), "utf8"),
    remove: () => {
      for (const each of [program, folder]) rmSync(each, { recursive: true, force: true });
    },
  };
}

function watched(child: ChildProcess): SpawnedCli {
  let stdout = "";
  let stderr = "";
  let heard = (): void => {};
  child.stdout?.setEncoding("utf8").on("data", (text: string) => {
    stdout += text;
  });
  child.stderr?.setEncoding("utf8").on("data", (text: string) => {
    stderr += text;
    heard();
  });
  const ended = new Promise<number | NodeJS.Signals | null>((resolve) => {
    child.once("close", (code, signal) => resolve(code ?? signal));
  });
  return {
    process: child,
    stdout: () => stdout,
    stderr: () => stderr,
    said: async (text) => {
      const over = ended.then(() => {
        if (!stderr.includes(text)) throw new Error(`it ended without saying "${text}":\n${stderr}`);
      });
      while (!stderr.includes(text)) {
        await Promise.race([over, new Promise<void>((resolve) => (heard = resolve))]);
      }
    },
    ended,
  };
}
