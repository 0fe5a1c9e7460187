// A lock between processes: a file that its owner keeps touching. It only saves double work;
// correctness is the atomic rename's.
import { rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";

const heartbeatMs = 2_000;
const abandonedMs = 20_000;

/**
 * Runs `work` while no other process holds the lock `path`. The lock of a process that died is
 * taken over after 20 seconds.
 * @template T
 * @param {string} path
 * @param {() => Promise<T>} work
 */
export async function withLock(path, work) {
  while (!take(path)) {
    if (silentMs(path) > abandonedMs) rmSync(path, { force: true });
    else await delay(500);
  }
  const heartbeat = setInterval(() => touch(path), heartbeatMs);
  try {
    return await work();
  } finally {
    clearInterval(heartbeat);
    rmSync(path, { force: true });
  }
}

/** @param {string} path */
function take(path) {
  try {
    writeFileSync(path, String(process.pid), { flag: "wx" });
    return true;
  } catch (error) {
    if (error.code === "EEXIST") return false;
    throw error;
  }
}

/** @param {string} path */
function silentMs(path) {
  try {
    return Date.now() - statSync(path).mtimeMs;
  } catch {
    return 0;
  }
}

/** @param {string} path */
function touch(path) {
  try {
    const now = new Date();
    utimesSync(path, now, now);
  } catch {
    // Somebody took the lock for abandoned, such as after the machine slept; the work goes on.
  }
}
