import { createHash } from "node:crypto";
import { once } from "node:events";
import { createReadStream, createWriteStream, type WriteStream } from "node:fs";
import { mkdir, open, readdir, rename, rm, stat, statfs } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { defined } from "../../base/defined";
import { checksumMismatch, DownloadError, downloadFailure, isDiskFull } from "./download-error";
import { locate, type RemoteFile, request, type WantedFile } from "./remote-file";

export interface DownloadProgress {
  readonly status: string;
  readonly completed?: number;
  readonly total?: number;
}

export interface FileDownload extends WantedFile {
  readonly onProgress: (progress: DownloadProgress) => void;
  /** Room in a folder, in bytes; measured when absent. */
  readonly freeBytes?: (folder: string) => Promise<number>;
}

/** Connections that break are taken up where they broke, as long as each brings something. */
const maxEmptyTries = 3;

async function measuredFreeBytes(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder);
  return bavail * bsize;
}

/** A folder has room for that many more bytes, or a `diskFull` is thrown. */
export async function requireSpace(
  folder: string,
  bytes: number,
  freeBytes = measuredFreeBytes,
): Promise<void> {
  if ((await freeBytes(folder)) < bytes) {
    throw new DownloadError(
      { kind: "diskFull", path: folder, neededBytes: bytes },
      `no space left on device: ${folder} needs ${bytes} bytes more`,
    );
  }
}

export async function sizeOf(path: string): Promise<number> {
  return stat(path).then(
    ({ size }) => size,
    () => 0,
  );
}

/**
 * Where the bytes wait until they are all there; named by the digest, so that a changed file is
 * never continued with another's.
 */
export function partialPath(target: string, sha256: string): string {
  return `${target}.${sha256.slice(0, 12)}.partial`;
}

async function dropOtherPartials(target: string, keep: string): Promise<void> {
  for (const name of await readdir(dirname(target))) {
    const path = join(dirname(target), name);
    if (name.startsWith(`${basename(target)}.`) && name.endsWith(".partial") && path !== keep)
      await rm(path, { force: true });
  }
}

async function writeAll(stream: WriteStream, chunk: Uint8Array): Promise<void> {
  if (!stream.write(chunk)) await once(stream, "drain");
}

/** Appends what is missing. A connection that breaks half way returns with what came. */
async function fetchRest(
  remote: RemoteFile,
  partial: string,
  download: FileDownload,
): Promise<void> {
  const have = await sizeOf(partial);
  const response = await request(
    remote.url,
    { range: `bytes=${have}-`, "accept-encoding": "identity" },
    download.signal,
  );
  if (!response.ok || !response.body) throw new Error(`HTTP ${response.status}`);
  const continues = response.status === 206;
  const file = createWriteStream(partial, { flags: continues ? "a" : "w" });
  let completed = continues ? have : 0;
  let broken: unknown;
  file.on("error", (error) => {
    broken = error;
  });
  try {
    for await (const chunk of response.body) {
      if (broken !== undefined) throw broken;
      await writeAll(file, chunk as Uint8Array);
      completed += (chunk as Uint8Array).length;
      download.onProgress({
        status: `pulling ${remote.sha256.slice(0, 12)}`,
        completed,
        ...defined({ total: remote.bytes }),
      });
    }
  } finally {
    await new Promise<void>((resolve) => file.close(() => resolve()));
  }
  if (broken !== undefined) throw broken;
}

/**
 * @throws the signal's reason, or DownloadError when the digest is not the expected one; the file
 * is then removed.
 */
export async function verifyFile(
  path: string,
  sha256: string,
  what: string,
  signal: AbortSignal,
): Promise<void> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20, signal }))
    hash.update(chunk as Buffer);
  const found = hash.digest("hex");
  if (found === sha256) return;
  await rm(path, { force: true });
  throw checksumMismatch(what, sha256, found);
}

/** Makes a complete, verified file appear under its name at once. */
export async function publish(partial: string, target: string): Promise<void> {
  const handle = await open(partial, "r+");
  await handle.sync();
  await handle.close();
  await rename(partial, target);
}

/**
 * Downloads one file: what an earlier attempt left is continued, a broken connection is taken up
 * again, the digest is checked, and only then the file gets its name. On cancel and on failure the
 * part that came stays for the next attempt.
 *
 * @throws DownloadError for everything but an abort, which throws the signal's reason.
 */
export async function downloadFile(download: FileDownload): Promise<void> {
  const { target, signal, onProgress } = download;
  const what = basename(target);
  try {
    await mkdir(dirname(target), { recursive: true });
    const remote = await locate(download);
    const partial = partialPath(target, remote.sha256);
    await dropOtherPartials(target, partial);
    if (remote.bytes !== undefined)
      await requireSpace(
        dirname(target),
        remote.bytes - (await sizeOf(partial)),
        download.freeBytes,
      );
    let emptyTries = 0;
    for (;;) {
      const before = await sizeOf(partial);
      if (remote.bytes !== undefined && before >= remote.bytes) break;
      try {
        await fetchRest(remote, partial, download);
        if (remote.bytes === undefined) break;
      } catch (error) {
        signal.throwIfAborted();
        if (isDiskFull(error)) throw error;
        if ((await sizeOf(partial)) > before) emptyTries = 0;
        else if (++emptyTries >= maxEmptyTries) throw error;
        continue;
      }
      if ((await sizeOf(partial)) <= before && ++emptyTries >= maxEmptyTries)
        throw new Error("the server sends nothing more");
    }
    onProgress({ status: "verifying sha256 digest" });
    await verifyFile(partial, remote.sha256, what, signal);
    onProgress({ status: "writing manifest" });
    await publish(partial, target);
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw downloadFailure(error, what, target);
  }
}
