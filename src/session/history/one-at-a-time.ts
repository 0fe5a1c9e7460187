import { mkdir, rmdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { systemCode } from "../../base/system-code";

const lookMs = 20;
/** Longer than anything takes that is done so; who waited so long goes on all the same. */
const patienceMs = 5_000;

/**
 * Does something to the files of a folder while no other window does, nor this one in another
 * place: what one appends while another writes a file anew would be lost. A window that died
 * meanwhile holds up the others for five seconds once.
 */
export async function oneAtATime(folder: string, work: () => Promise<void>): Promise<void> {
  const lock = join(folder, "index.lock");
  const isOurs = await taken(lock);
  try {
    await work();
  } finally {
    if (isOurs) await rmdir(lock).catch(() => {});
  }
}

async function taken(lock: string): Promise<boolean> {
  for (const until = Date.now() + patienceMs; ; await delay(lookMs)) {
    const failed = await mkdir(lock).then(() => undefined, systemCode);
    if (failed === undefined) return true;
    // A folder that cannot be written to says so when it is written to.
    if (failed !== "EEXIST") return false;
    if (Date.now() < until) continue;
    await rmdirIfOld(lock);
    return false;
  }
}

async function rmdirIfOld(lock: string): Promise<void> {
  const since = await stat(lock).then(
    ({ mtimeMs }) => mtimeMs,
    () => Date.now(),
  );
  if (Date.now() - since > patienceMs) await rmdir(lock).catch(() => {});
}
