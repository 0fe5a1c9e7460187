import {
  chmod,
  lstat,
  mkdtemp,
  readdir,
  readFile,
  realpath,
  rm,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { isAlive } from "../../base/is-alive";

/** How the names of all copies of projects begin. */
const copyPrefix = "thinkaloud-checks-";

const dayMs = 24 * 60 * 60 * 1_000;

/**
 * Makes a folder for a copy of a project, marked as this process's, and fills it; those that a
 * crash left behind are removed before. What `fill` throws is thrown, with nothing left behind.
 */
export async function inCopyFolder<T>(
  temporary: string,
  fill: (folder: string) => Promise<T>,
): Promise<T> {
  await sweepCopies(temporary);
  const folder = await realpath(await mkdtemp(join(temporary, copyPrefix)));
  try {
    await writeFile(join(folder, "owner"), String(process.pid));
    return await fill(folder);
  } catch (thrown) {
    await removeFolder(folder);
    throw thrown;
  }
}

/**
 * Removes the copies whose makers are gone, as a crash leaves them. What cannot be removed is left
 * for the next time.
 */
export async function sweepCopies(temporary: string): Promise<void> {
  const entries = await readdir(temporary).catch(() => []);
  for (const name of entries) {
    if (!name.startsWith(copyPrefix)) continue;
    const folder = join(temporary, name);
    const owner = Number(await readFile(join(folder, "owner"), "utf8").catch(() => ""));
    // It has none yet in the moment in which it is made.
    const { ctimeMs = Date.now() } = (await lstat(folder).catch(() => undefined)) ?? {};
    const ageMs = Date.now() - ctimeMs;
    const isNew = owner === 0 && ageMs < 60_000;
    // After a day another process may have its maker's number.
    if (!isNew && (ageMs > dayMs || !isAlive(owner, process.kill)))
      await removeFolder(folder).catch(() => {});
  }
}

/** Removes a folder, also where what ran in it took the right to do so away. */
export async function removeFolder(folder: string): Promise<void> {
  try {
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  } catch {
    await unlock(folder);
    await rm(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

async function unlock(folder: string): Promise<void> {
  await chmod(folder, 0o700).catch(() => {});
  const entries = await readdir(folder, { withFileTypes: true }).catch(() => []);
  for (const entry of entries) if (entry.isDirectory()) await unlock(join(folder, entry.name));
}
