import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll } from "vitest";
import { type BuiltProduct, buildProduct } from "../support/built-product";

/** The command line as it ships, and a folder of its own to work in. */
interface BuiltCli {
  /**
   * Starts it in the folder. It knows of no daemon and no engine but the ones that it is told of.
   */
  start(words: readonly string[], environment?: Readonly<Record<string, string>>): SpawnedCli;
  write(name: string, content: string): void;
  read(name: string): string;
  /** Where a file of its folder is. */
  path(name: string): string;
  /** Path of something that ships beside it, such as `grammars/go.wasm.br`. */
  beside(name: string): string;
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

/** The command line for all tests of a file, which share its folder. */
export function useCli(): Omit<BuiltCli, "remove"> {
  let built: BuiltCli | undefined;
  beforeAll(async () => {
    built = cliOf(await buildProduct());
  });
  afterAll(() => built?.remove());
  const cli = (): BuiltCli => {
    if (built === undefined) throw new Error("it is built when the tests begin");
    return built;
  };
  return {
    start: (words, environment) => cli().start(words, environment),
    write: (name, content) => cli().write(name, content),
    read: (name) => cli().read(name),
    path: (name) => cli().path(name),
    beside: (name) => cli().beside(name),
  };
}

function cliOf(product: BuiltProduct): BuiltCli {
  const folder = mkdtempSync(join(tmpdir(), "cli work "));
  const script = product.path("cli.cjs");
  // A home without an engine and without models, whatever this machine has.
  const nowhere = product.path("home");
  const cache = join(nowhere, "cache");
  // In English, whatever the terminal that runs the tests speaks.
  const home = {
    LC_ALL: "C",
    HOME: nowhere,
    USERPROFILE: nowhere,
    XDG_CACHE_HOME: cache,
    LOCALAPPDATA: cache,
  };
  return {
    start: (words, environment = {}) => {
      const env = { ...process.env, ...home, OLLAMA_HOST: "", ...environment };
      return watched(
        spawn(process.execPath, [script, ...words], {
          cwd: folder,
          env,
          stdio: ["ignore", "pipe", "pipe"],
        }),
      );
    },
    write: (name, content) => writeFileSync(join(folder, name), content),
    read: (name) => readFileSync(join(folder, name), "utf8"),
    path: (name) => join(folder, name),
    beside: (name) => product.path(name),
    remove: () => {
      product.remove();
      rmSync(folder, { recursive: true, force: true });
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
        if (!stderr.includes(text))
          throw new Error(`it ended without saying "${text}":\n${stderr}`);
      });
      while (!stderr.includes(text)) {
        await Promise.race([over, new Promise<void>((resolve) => (heard = resolve))]);
      }
    },
    ended,
  };
}
