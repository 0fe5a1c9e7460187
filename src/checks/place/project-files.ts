import { spawn } from "node:child_process";
import { readdir } from "node:fs/promises";
import { join, sep } from "node:path";

/** Made by tools, or brought by them: never copied, some of them linked. */
const leftOut: ReadonlySet<string> = new Set([
  ...[".git", ".hg", ".svn", "node_modules", ".venv", "venv", "env", "__pycache__", "target"],
  ...[".tox", ".nox", ".mypy_cache", ".pytest_cache", ".ruff_cache", ".gradle", ".idea", ".next"],
  ...[".cache", ".turbo", "coverage", ".DS_Store"],
]);

/** More files than this are no project to be copied for a check. */
export const mostFiles = 20_000;

/**
 * The files of a folder as they are now, saved changes and new files among them, relative and with
 * the system's separators. In a repository those that it does not ignore. @returns undefined when
 * there are more than {@link mostFiles}.
 */
export async function projectFiles(
  folder: string,
  isRepository: boolean,
  signal: AbortSignal,
): Promise<readonly string[] | undefined> {
  const listed = isRepository ? await listedByGit(folder, signal) : undefined;
  return listed === undefined
    ? await walked(folder, signal)
    : listed.length > mostFiles
      ? undefined
      : listed;
}

/**
 * Nothing that the repository names is run: no hooks, no watcher. @returns undefined where git is
 * missing or refuses.
 */
function listedByGit(folder: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
  return new Promise((resolve) => {
    const words = [
      ...["-c", "core.fsmonitor=false", "-c", "core.hooksPath=/dev/null"],
      ...["ls-files", "-z", "--cached", "--others", "--exclude-standard", "--deduplicate"],
    ];
    const child = spawn("git", words, {
      cwd: folder,
      env: { ...process.env, GIT_OPTIONAL_LOCKS: "0" },
      stdio: ["ignore", "pipe", "ignore"],
      windowsHide: true,
      signal,
    });
    const pieces: Buffer[] = [];
    child.stdout.on("data", (piece: Buffer) => pieces.push(piece));
    child.once("error", () => resolve(undefined));
    child.once("close", (code) => {
      if (code !== 0) return resolve(undefined);
      const names = Buffer.concat(pieces).toString("utf8").split("\0");
      resolve(names.filter((name) => name !== "").map((name) => name.split("/").join(sep)));
    });
  });
}

async function walked(folder: string, signal: AbortSignal): Promise<readonly string[] | undefined> {
  const files: string[] = [];
  const folders = [""];
  for (let at = folders.pop(); at !== undefined; at = folders.pop()) {
    signal.throwIfAborted();
    const entries = await readdir(join(folder, at), { withFileTypes: true }).catch(() => []);
    for (const entry of entries) {
      if (leftOut.has(entry.name)) continue;
      const path = join(at, entry.name);
      if (entry.isDirectory()) folders.push(path);
      else files.push(path);
      if (files.length > mostFiles) return undefined;
    }
  }
  return files;
}
