import { spawn } from "node:child_process";
import { accessSync, closeSync, constants, mkdirSync, openSync, statSync } from "node:fs";
import { dirname, posix, win32 } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { FailureError } from "../core/failure-error";
import { normaliseEndpoint } from "../core/model/normalise-endpoint";
import { type Machine, thisMachine } from "./folders";

/** An Ollama on this machine, and the command that starts it. */
export interface OllamaInstallation {
  readonly file: string;
  readonly args: readonly string[];
  /** Whether this is the desktop application, which keeps its own settings and starts the daemon by itself. */
  readonly app: boolean;
}

/** What is asked of the disk; replaced in tests. */
export type IsProgram = (path: string) => boolean;

/**
 * Where Ollama is installed, whether it runs or not. The desktop application comes first where there is one: a daemon started
 * beside it would be ended by it. An editor started from a dock lacks the shell's PATH, so the usual places count as well.
 */
export function findOllama(
  machine: Machine = thisMachine(),
  isProgram: IsProgram = isExecutableFile,
): OllamaInstallation | undefined {
  for (const app of apps(machine)) {
    if (isProgram(app.probe)) return { file: app.file, args: app.args, app: true };
  }
  const serve = binaries(machine).find(isProgram);
  return serve === undefined ? undefined : { file: serve, args: ["serve"], app: false };
}

function apps({
  platform,
  env,
  home,
}: Machine): readonly { probe: string; file: string; args: readonly string[] }[] {
  switch (platform) {
    case "darwin":
      return ["/Applications", posix.join(home, "Applications")].map((folder) => ({
        probe: posix.join(folder, "Ollama.app/Contents/Resources/ollama"),
        file: "/usr/bin/open",
        // Hidden and in the background: the person asked for an answer, not for a window.
        args: ["-j", "-g", "-a", posix.join(folder, "Ollama.app")],
      }));
    case "win32": {
      const local = env["LOCALAPPDATA"] || win32.join(home, "AppData", "Local");
      const app = win32.join(local, "Programs", "Ollama", "ollama app.exe");
      return [{ probe: app, file: app, args: [] }];
    }
    default:
      return [];
  }
}

function binaries({ platform, env, home }: Machine): readonly string[] {
  if (platform === "win32") {
    const local = env["LOCALAPPDATA"] || win32.join(home, "AppData", "Local");
    const folders = [
      ...pathFolders(env["PATH"] ?? env["Path"], ";", win32.isAbsolute),
      win32.join(local, "Programs", "Ollama"),
    ];
    return folders.map((folder) => win32.join(folder, "ollama.exe"));
  }
  const usual = [
    "/usr/local/bin",
    "/usr/bin",
    "/bin",
    "/opt/homebrew/bin",
    "/snap/bin",
    posix.join(home, ".local/bin"),
  ];
  return [...pathFolders(env["PATH"], ":", posix.isAbsolute), ...usual].map((folder) =>
    posix.join(folder, "ollama"),
  );
}

/** A relative entry would run whatever the opened folder calls `ollama`. */
function pathFolders(
  path: string | undefined,
  separator: string,
  isAbsolute: (folder: string) => boolean,
): readonly string[] {
  return (path ?? "").split(separator).filter(isAbsolute);
}

function isExecutableFile(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return statSync(path).isFile();
  } catch {
    return false;
  }
}

/** The bare daemon is told where we shall look for it, unless the person told it so already, perhaps to listen on more than that. */
function serveEnvironment(env: StartOllama["env"], endpoint: string): NodeJS.ProcessEnv {
  try {
    if (normaliseEndpoint(env["OLLAMA_HOST"] ?? "") === endpoint) return env;
  } catch {
    // What cannot be read is replaced.
  }
  return { ...env, OLLAMA_HOST: new URL(endpoint).host };
}

export interface StartOllama {
  readonly installation: OllamaInstallation;
  /** `http://host:port`, already normalised. */
  readonly endpoint: string;
  /** Says whether the daemon answers now. */
  probe(signal: AbortSignal): Promise<boolean>;
  readonly logFile: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal;
  readonly timeoutMs?: number;
}

const startTimeoutMs = 30_000;
const pollMs = 200;

/**
 * Starts Ollama and waits until it answers. Looks first, so that nothing is started beside a daemon that runs. The daemon outlives
 * us: it belongs to the person, not to this process.
 * @throws FailureError daemonUnreachable when it ends or stays silent; the signal's reason when aborted.
 */
export async function startOllama(start: StartOllama): Promise<void> {
  const { installation, endpoint, probe, logFile, env, signal, timeoutMs = startTimeoutMs } = start;
  signal.throwIfAborted();
  if (await probe(signal)) return;

  mkdirSync(dirname(logFile), { recursive: true });
  const log = openSync(logFile, "a", 0o600);
  let ended: string | undefined;
  try {
    const child = spawn(installation.file, installation.args, {
      detached: true,
      windowsHide: true,
      stdio: ["ignore", log, log],
      env: installation.app ? env : serveEnvironment(env, endpoint),
    });
    child.once("error", (error) => {
      ended = error.message;
    });
    child.once("exit", (code, by) => {
      // The launcher of an application ends at once, well or not.
      if (!installation.app || code !== 0)
        ended = `it ended with ${by ?? `code ${code}`}; see ${logFile}`;
    });
    child.unref();
  } finally {
    closeSync(log);
  }

  const until = Date.now() + timeoutMs;
  while (Date.now() < until) {
    await delay(pollMs, undefined, { signal }).catch(() => signal.throwIfAborted());
    if (await probe(signal)) return;
    if (ended !== undefined) break;
  }
  throw new FailureError({
    kind: "daemonUnreachable",
    endpoint,
    cause: `Ollama (${installation.file}) was started and does not answer: ${ended ?? `silent for ${Math.round(timeoutMs / 1000)} s`}`,
  });
}
