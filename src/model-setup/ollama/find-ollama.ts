import { accessSync, constants, statSync } from "node:fs";
import { posix, win32 } from "node:path";
import { isLoopback } from "../../core/model/normalise-endpoint";
import { type Machine, thisMachine } from "../folders";

/** An Ollama on this machine, and the command that starts it. */
export interface OllamaInstallation {
  readonly file: string;
  readonly args: readonly string[];
  /**
   * Whether this is the desktop application, which keeps its own settings and starts the daemon by
   * itself.
   */
  readonly app: boolean;
}

/** The Ollama that could be started to answer at an endpoint: only one of this machine can. */
export function ollamaFor(endpoint: string, env: Machine["env"]): OllamaInstallation | undefined {
  return isLoopback(endpoint) ? findOllama({ ...thisMachine(), env }) : undefined;
}

/** What is asked of the disk; replaced in tests. */
export type IsProgram = (path: string) => boolean;

/**
 * Where Ollama is installed, whether it runs or not. The desktop application comes first where
 * there is one: a daemon started beside it would be ended by it. An editor started from a dock
 * lacks the shell's PATH, so the usual places count as well.
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
