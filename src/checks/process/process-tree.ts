import { spawn } from "node:child_process";
import { readFile } from "node:fs/promises";

/** What a program and all that it started take up. */
export interface TreeUse {
  readonly processes: number;
  readonly bytes: number;
}

const pageBytes = 4_096;
/** So many are enough to know that there are too many. */
const mostCounted = 2_000;

/** Counts a process and its descendants; undefined where the system does not tell. */
export async function treeUse(pid: number): Promise<TreeUse | undefined> {
  if (process.platform !== "linux") return undefined;
  const pids = await descendants(pid);
  const pages = await Promise.all(pids.map(residentPages));
  return {
    processes: pids.length,
    bytes: pages.reduce((sum, each) => sum + each, 0) * pageBytes,
  };
}

async function descendants(pid: number): Promise<readonly number[]> {
  const found = [pid];
  for (let at = 0; at < found.length && found.length < mostCounted; at++) {
    const each = found[at];
    const text = await readFile(`/proc/${each}/task/${each}/children`, "utf8").catch(() => "");
    found.push(...text.split(" ").flatMap((word) => (word.trim() === "" ? [] : Number(word))));
  }
  return found;
}

async function residentPages(pid: number): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, "utf8").catch(() => "");
  return Number(text.split(" ")[1] ?? 0) || 0;
}

/**
 * Kills a process and all that it started. `pid` leads a process group of its own. Those that left
 * the group are found as long as their parents live; in a namespace of their own they end with its
 * first process.
 */
export async function killTree(pid: number): Promise<void> {
  if (process.platform === "win32") {
    await new Promise<void>((resolve) => {
      const words = ["/pid", String(pid), "/T", "/F"];
      const killer = spawn("taskkill", words, { stdio: "ignore", windowsHide: true });
      killer.once("error", () => resolve());
      killer.once("close", () => resolve());
    });
    return;
  }
  const others = process.platform === "linux" ? await descendants(pid) : [pid];
  kill(-pid);
  for (const each of others) kill(each);
}

function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch {
    // It is gone already.
  }
}
