import { rmSync } from "node:fs";
import { mkdir, open, rm, stat, utimes } from "node:fs/promises";
import { dirname } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { systemCode } from "../../base/system-code";

export interface LockTimes {
  /** So often whoever waits looks. */
  readonly lookMs: number;
  /** So often whoever works says that it still does. */
  readonly beatMs: number;
  /**
   * After so many looks without a word whoever worked is gone, as after a crash. Looks and no time:
   * a machine that sleeps stops both sides.
   */
  readonly looks: number;
}

const usualTimes: LockTimes = { lookMs: 250, beatMs: 1_000, looks: 40 };

/**
 * Does something to a file while no other process does: each window has an engine of its own, and
 * two downloads would write into one file. Throws what the work throws; the signal's reason when it
 * is aborted while it waits.
 * @param waits called again and again as long as another process is at it.
 */
export async function inOneProcess(
  path: string,
  work: () => Promise<void>,
  signal: AbortSignal,
  waits: () => void,
  times = usualTimes,
): Promise<void> {
  const lock = `${path}.lock`;
  if (!(await taken(lock, signal, waits, times))) return await work();
  const beat = setInterval(() => {
    const now = new Date();
    utimes(lock, now, now).catch(() => {});
  }, times.beatMs);
  const leave = (): void => rmSync(lock, { force: true });
  process.once("exit", leave);
  try {
    await work();
  } finally {
    clearInterval(beat);
    process.removeListener("exit", leave);
    await rm(lock, { force: true });
  }
}

/** @returns false where the system makes no such file: the work says itself what is wrong then. */
async function taken(
  lock: string,
  signal: AbortSignal,
  waits: () => void,
  { lookMs, looks }: LockTimes,
): Promise<boolean> {
  await mkdir(dirname(lock), { recursive: true }).catch(() => {});
  let last = 0;
  for (let unchanged = 0; ; unchanged++) {
    const failed = await open(lock, "wx").then((file) => file.close(), systemCode);
    if (failed === undefined) return true;
    if (failed !== "EEXIST") return false;
    const { mtimeMs } = await stat(lock).catch(() => ({ mtimeMs: 0 }));
    if (mtimeMs !== last) unchanged = 0;
    last = mtimeMs;
    if (unchanged >= looks) await rm(lock, { force: true });
    waits();
    await delay(lookMs, undefined, { signal }).catch(() => signal.throwIfAborted());
  }
}
