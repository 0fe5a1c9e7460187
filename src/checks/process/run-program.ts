import { spawn } from "node:child_process";
import { defined } from "../../base/defined";
import { type ConfinedPlace, confinement } from "./confinement";
import { PlainOutput } from "./plain-output";
import { killTree, treeUse } from "./process-tree";
import { startable } from "./windows-command";

export interface Program {
  /** The command and its words, each as it is: no shell reads them. */
  readonly words: readonly [command: string, ...words: string[]];
  /** Where it starts; inside `writable`. */
  readonly folder: string;
  /** The one folder that it may write to, where the system can see to that. */
  readonly writable: string;
  /** A folder for what it compiles, which stays for the next time: it may write there too. */
  readonly kept?: string | undefined;
  readonly environment: Readonly<Record<string, string>>;
  /** Goes to its standard input, which is closed behind it. */
  readonly input?: string;
}

export interface ProgramLimits {
  readonly timeMs: number;
  readonly memoryBytes: number;
  readonly processes: number;
  /** Printed characters, after which it is ended. */
  readonly printed: number;
}

export const defaultLimits: ProgramLimits = {
  timeMs: 60_000,
  memoryBytes: 2 * 1024 ** 3,
  processes: 200,
  printed: 20_000_000,
};

export interface ProgramEnd {
  /** `limit`: we ended it, or did not start it, and `why` says for what. `missing`: there is no such program. */
  readonly kind: "ended" | "limit" | "missing";
  readonly why?: string;
  readonly code: number | null;
  /** Its standard output and both together, plain and cut in the middle where they are long. */
  readonly stdout: string;
  readonly output: string;
  readonly tookMs: number;
}

const keptStdout = 4_000_000;
const keptOutput = 40_000;
const fileBytes = 512 * 1024 ** 2;
const watchMs = 250;
/** What the programs around it say when there is none of its name. */
const notFound = /^(?:unshare|prlimit): failed to execute /;

/**
 * Runs a program to its end, its limits, or the signal. Throws the signal's own reason, once all of
 * it is dead; nothing else.
 */
export async function runProgram(
  program: Program,
  signal: AbortSignal,
  limits: ProgramLimits = defaultLimits,
): Promise<ProgramEnd> {
  signal.throwIfAborted();
  const { writable, folder, kept } = program;
  const given =
    process.platform === "win32" ? await startable(program.words, program) : program.words;
  if (typeof given === "string")
    return { kind: "limit", why: given, code: null, stdout: "", output: "", tookMs: 0 };
  const place: ConfinedPlace = { writable, folder, fileBytes, ...defined({ kept }) };
  const [command = "", ...words] = (await confinement()).wrap(given, place);
  signal.throwIfAborted();
  const began = performance.now();
  const child = spawn(command, words, {
    cwd: folder,
    env: { ...program.environment },
    stdio: ["pipe", "pipe", "pipe"],
    // A group of its own, so that all of it can be killed at once.
    detached: process.platform !== "win32",
    windowsHide: true,
  });
  const stdout = new PlainOutput(keptStdout);
  const both = new PlainOutput(keptOutput);
  let why: string | undefined;
  let killed: Promise<void> | undefined;
  const end = (reason: string): void => {
    why ??= reason;
    if (child.pid !== undefined) killed ??= killTree(child.pid);
  };
  const take = (bytes: Buffer): void => {
    both.push(bytes);
    if (both.length > limits.printed) end("It printed too much.");
  };
  child.stdout.on("data", (bytes: Buffer) => {
    stdout.push(bytes);
    take(bytes);
  });
  child.stderr.on("data", take);
  // A program that reads nothing may be gone before all is written.
  child.stdin.on("error", () => {});
  child.stdin.end(program.input ?? "");

  const stop = (): void => end("It was stopped.");
  signal.addEventListener("abort", stop);
  const late = setTimeout(
    () => end(`It took longer than ${limits.timeMs / 1000} s.`),
    limits.timeMs,
  );
  const watch = setInterval(() => void look(), watchMs);
  const look = async (): Promise<void> => {
    if (child.pid === undefined || why !== undefined) return;
    const use = await treeUse(child.pid);
    if (use === undefined) return;
    if (use.processes > limits.processes) end("It started too many processes.");
    if (use.bytes > limits.memoryBytes) end("It took too much memory.");
  };
  try {
    const ended = await new Promise<{ code: number | null; missing: boolean }>((resolve) => {
      child.once("error", () => resolve({ code: null, missing: true }));
      child.once("close", (code) => resolve({ code, missing: false }));
      // What left the group may hold the pipes open for ever.
      child.once("exit", (code) =>
        setTimeout(() => resolve({ code, missing: false }), 500).unref(),
      );
    });
    // What it left running behind it ends with it.
    if (child.pid !== undefined) await (killed ?? killTree(child.pid));
    signal.throwIfAborted();
    const missing = ended.missing || (ended.code === 127 && notFound.test(both.text()));
    return {
      kind: missing ? "missing" : why === undefined ? "ended" : "limit",
      ...(why === undefined ? {} : { why }),
      code: ended.code,
      stdout: stdout.text(),
      output: both.text(),
      tookMs: performance.now() - began,
    };
  } finally {
    clearTimeout(late);
    clearInterval(watch);
    signal.removeEventListener("abort", stop);
    child.stdout.destroy();
    child.stderr.destroy();
  }
}
