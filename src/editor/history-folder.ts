import { appendFile, mkdir, readdir, readFile, stat, truncate, unlink } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import type { Failure } from "../protocol/failure";
import type { RunEvent } from "../protocol/run-events";
import { parseRunLines } from "./run-lines";
import { isOver } from "./run-lists";

/** A run as it was written down. */
export interface StoredRun {
  readonly runId: string;
  readonly events: readonly RunEvent[];
  /** The process that wrote it, when that still lives: another window may be running it at this moment. */
  readonly liveWriter: boolean;
}

/** How much of the past is brought back. */
const loadedRuns = 20;
const loadedBytes = 32 * 1024 * 1024;
const keptFiles = 60;
/** A process number is given away again: the writer of a file that rested so long is somebody else by now. */
const liveFileMs = 15 * 60_000;
/** How long a window that is just closing may take to write the end of its run. */
const closingRounds = 6;
const closingRoundMs = 500;
const fileName = /^(\d{14})-(\d+)-([\w-]{1,64})\.jsonl$/;

interface RunFile {
  readonly path: string;
  /** Bytes that are known to be whole lines; what is behind them is the torn end of a write that failed. */
  wholeBytes: number;
  torn: boolean;
  waiting: string;
}

/**
 * One JSON Lines file per run, in a folder of its own. A write starts as soon as an event is there and no other write is going on, so
 * that a crash costs at most what came in the last few milliseconds; a failed write is told once and tried again with the next event.
 */
export class HistoryFolder {
  readonly #folder: string;
  readonly #report: (failure: Failure) => void;
  readonly #files = new Map<string, RunFile>();
  #writing: Promise<void> | undefined;
  #told = false;

  constructor(folder: string, report: (failure: Failure) => void) {
    this.#folder = folder;
    this.#report = report;
  }

  append(runId: string, event: RunEvent): void {
    const file = this.#fileOf(runId, event);
    file.waiting += `${JSON.stringify(event)}\n`;
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was appended is written, or could not be. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** The last runs, oldest first. What cannot be read is left out: history must never keep the assistant from starting. */
  async load(): Promise<readonly StoredRun[]> {
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) => fileName.test(name)).sort();
    const runs: StoredRun[] = [];
    let bytes = 0;
    for (const name of names.slice(-loadedRuns).reverse()) {
      const path = join(this.#folder, name);
      const size = await stat(path).then(
        (found) => found.size,
        () => Number.POSITIVE_INFINITY,
      );
      bytes += size;
      if (bytes > loadedBytes) break;
      const run = await this.#read(name, path).catch(() => undefined);
      if (run !== undefined) runs.push(run);
    }
    for (const name of names.slice(0, -keptFiles)) await unlink(join(this.#folder, name)).catch(() => {});
    return runs.reverse();
  }

  async #read(name: string, path: string): Promise<StoredRun | undefined> {
    const [, , pid, runId] = fileName.exec(name) ?? [];
    if (pid === undefined || runId === undefined || this.#files.has(runId)) return undefined;
    let parsed = parseRunLines(await readFile(path));
    if (parsed.events[0]?.kind !== "started") return undefined;
    const { mtimeMs } = await stat(path);
    const isLive = (): boolean => Date.now() - mtimeMs < liveFileMs && Number(pid) !== process.pid && isAlive(Number(pid));
    for (let round = 0; round < closingRounds && !isOver(parsed.events) && isLive(); round++) {
      await setTimeout(closingRoundMs);
      parsed = parseRunLines(await readFile(path));
    }
    this.#files.set(runId, { path, wholeBytes: parsed.wholeBytes, torn: parsed.torn, waiting: "" });
    return { runId, events: parsed.events, liveWriter: isLive() };
  }

  #fileOf(runId: string, event: RunEvent): RunFile {
    const known = this.#files.get(runId);
    if (known !== undefined) return known;
    const at = "at" in event ? event.at : Date.now();
    const name = `${String(at).padStart(14, "0")}-${process.pid}-${runId}.jsonl`;
    const file = { path: join(this.#folder, name), wholeBytes: 0, torn: false, waiting: "" };
    this.#files.set(runId, file);
    return file;
  }

  async #write(): Promise<void> {
    // The first await lets the caller keep the promise before anything can finish.
    await Promise.resolve();
    for (;;) {
      const file = [...this.#files.values()].find((each) => each.waiting !== "");
      if (file === undefined) break;
      const lines = file.waiting;
      file.waiting = "";
      try {
        if (file.wholeBytes === 0) await mkdir(this.#folder, { recursive: true });
        if (file.torn) await truncate(file.path, file.wholeBytes);
        file.torn = false;
        await appendFile(file.path, lines, { mode: 0o600 });
        file.wholeBytes += Buffer.byteLength(lines);
      } catch (thrown) {
        file.waiting = lines + file.waiting;
        file.torn = await stat(file.path).then(
          (found) => found.size > file.wholeBytes,
          () => false,
        );
        this.#tell(thrown);
        break;
      }
    }
    this.#writing = undefined;
  }

  #tell(thrown: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.#report({ kind: "historyUnwritable", path: this.#folder, cause: thrown instanceof Error ? thrown.message : String(thrown) });
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (thrown) {
    // The process is there, but it is somebody else's.
    return thrown instanceof Error && "code" in thrown && thrown.code === "EPERM";
  }
}
