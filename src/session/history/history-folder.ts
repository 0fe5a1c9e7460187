import {
  appendFile,
  mkdir,
  open,
  readdir,
  readFile,
  rename,
  rm,
  stat,
  truncate,
  unlink,
  writeFile,
} from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import type { Failure } from "../../protocol/failure";
import type { RunEvent } from "../../protocol/run-events";
import { endsRun } from "../../protocol/run-events";
import { parseRunLines, runLine } from "../../runs/run-lines";

/** What was written of a run, or what was added to it. */
export interface StoredRun {
  readonly runId: string;
  readonly events: readonly RunEvent[];
}

/** What a window may ask of the one whose run it is. */
export const wishes = [
  "stop",
  "takeNow",
  "answerNow",
  "thinkLonger",
  "letGoOn",
  "beginAnew",
] as const;
export type Wish = (typeof wishes)[number];

/** How much of the past is brought back. */
const loadedRuns = 20;
const loadedBytes = 32 * 1024 * 1024;
/** A process number is given away again: the writer of a file that rested so long is somebody else by now. */
const liveFileMs = 15 * 60_000;
/** `<milliseconds>-<process>-<run>.jsonl`, so that names sort by time. */
export const runFileName = /^(\d{14})-(\d+)-([\w-]{1,64})\.jsonl$/;

const pinEnding = ".pin";
const withoutPinEnding = (name: string): string => name.slice(0, -pinEnding.length);

interface RunFile {
  readonly path: string;
  /** The process that began it. */
  readonly pid: number;
  /** What stands before here is known to this window. */
  knownBytes: number;
  /** This window's run goes on: nobody else writes. */
  own: boolean;
  /** The run's last event was appended. */
  over: boolean;
  /** Lines of this window behind `knownBytes`, to be told from those of others. */
  readonly ours: string[];
  /** A write that failed, or that a crash cut short, may have left half a line. */
  torn: boolean;
  waiting: string;
}

/**
 * One JSON Lines file per run, in a folder that all windows on the same folder share: a run that goes on in a window that was closed
 * is seen in the next one. A write starts as soon as an event is there and no other write is going on, so that a crash costs at most
 * what came in the last few milliseconds; a failed write is told once and tried again with the next event.
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
    const line = `${runLine(event)}\n`;
    const file = this.#fileOf(runId, event);
    file.waiting += line;
    if (!file.own) file.ours.push(line.slice(0, -1));
    if (endsRun(event)) file.over = true;
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was appended is written, or could not be. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /** The last runs, oldest first. What cannot be read is left out: history must never keep the assistant from starting. */
  async load(): Promise<readonly StoredRun[]> {
    const names = await this.#names();
    const runs: StoredRun[] = [];
    let bytes = 0;
    for (const name of names.slice(-loadedRuns).reverse()) {
      const size = await sizeOf(join(this.#folder, name));
      bytes += size;
      const run = bytes > loadedBytes ? this.#passedOver(name, size) : await this.#added(name);
      if (run?.events[0]?.kind === "started") runs.push(run);
    }
    return runs.reverse();
  }

  /** All events of a run that ended, however old it is; undefined when it cannot be read. */
  async read(name: string): Promise<StoredRun | undefined> {
    const { runId, file } = this.#namedFile(name);
    const bytes = await readFile(file.path).catch(() => undefined);
    if (bytes === undefined) return undefined;
    const { events, wholeBytes } = wholeLines(bytes);
    file.knownBytes = wholeBytes;
    return { runId, events };
  }

  /** Removes a run from the disk, and that it was pinned. Throws what the system throws, except that it is gone already. */
  async remove(name: string): Promise<void> {
    const { runId } = this.#namedFile(name);
    await rm(join(this.#folder, name), { force: true });
    await rm(this.#pinPath(runId), { force: true });
    this.#files.delete(runId);
  }

  /** Runs that the person wants to keep. */
  async pins(): Promise<ReadonlySet<string>> {
    const names = await readdir(this.#folder).catch(() => []);
    return new Set(names.filter((name) => name.endsWith(pinEnding)).map(withoutPinEnding));
  }

  async setPin(runId: string, pinned: boolean): Promise<void> {
    if (pinned) await writeFile(this.#pinPath(runId), "", { mode: 0o600 });
    else await rm(this.#pinPath(runId), { force: true });
  }

  /** Name of the file of a run that this window wrote or knows. */
  nameOf(runId: string): string | undefined {
    const file = this.#files.get(runId);
    return file === undefined ? undefined : basename(file.path);
  }

  /** What other windows have written since the last look, oldest run first. */
  async news(): Promise<readonly StoredRun[]> {
    const runs: StoredRun[] = [];
    for (const name of (await this.#names()).slice(-loadedRuns)) {
      const run = await this.#added(name);
      if (run !== undefined) runs.push(run);
    }
    return runs;
  }

  /** Whether the process that wrote the run still lives and has done so lately: the run may go on there. */
  async hasLiveWriter(runId: string): Promise<boolean> {
    const file = this.#files.get(runId);
    if (file === undefined || file.pid === process.pid || !isAlive(file.pid)) return false;
    return await stat(file.path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs < liveFileMs,
      () => false,
    );
  }

  /** Leaves a wish for the window whose run it is. */
  async leaveWish(runId: string, wish: Wish): Promise<void> {
    await writeFile(this.#wishPath(runId, wish), "", { mode: 0o600 });
  }

  /** The wishes of other windows for a run of this one; each is given once. */
  async takeWishes(runId: string): Promise<readonly Wish[]> {
    const taken: Wish[] = [];
    for (const wish of wishes) {
      const isThere = await unlink(this.#wishPath(runId, wish)).then(
        () => true,
        () => false,
      );
      if (isThere) taken.push(wish);
    }
    return taken;
  }

  /** Leaves a hint for the model of another window's run. */
  async leaveHint(runId: string, text: string): Promise<void> {
    const path = join(this.#folder, `${runId}.${Date.now()}-${process.pid}.hint`);
    await writeFile(path, text, { mode: 0o600 });
  }

  /** The hints of other windows for a run of this one, oldest first; each is given once. */
  async takeHints(runId: string): Promise<readonly string[]> {
    const names = await readdir(this.#folder).catch(() => []);
    const hints: string[] = [];
    for (const name of names.sort()) {
      if (!name.startsWith(`${runId}.`) || !name.endsWith(".hint")) continue;
      const path = join(this.#folder, name);
      const text = await readFile(path, "utf8").catch(() => "");
      await unlink(path).catch(() => {});
      if (text.trim() !== "") hints.push(text);
    }
    return hints;
  }

  /** What was added to a file by others; undefined when nothing was. */
  async #added(name: string): Promise<StoredRun | undefined> {
    const { runId, file } = this.#namedFile(name);
    if (file.own || (await sizeOf(file.path)) <= file.knownBytes) return undefined;
    const { events, wholeBytes, torn } = await readFrom(
      file.path,
      file.knownBytes,
      file.ours,
    ).catch(() => nothing);
    file.knownBytes += wholeBytes;
    file.torn = torn;
    return events.length === 0 ? undefined : { runId, events };
  }

  /** Too much to be brought back; what is added to it is no news either. */
  #passedOver(name: string, bytes: number): undefined {
    this.#namedFile(name).file.knownBytes = bytes;
  }

  #namedFile(name: string): { readonly runId: string; readonly file: RunFile } {
    const [, , pid = "", runId = ""] = runFileName.exec(name) ?? [];
    const file = this.#files.get(runId) ?? newFile(join(this.#folder, name), Number(pid), false);
    this.#files.set(runId, file);
    return { runId, file };
  }

  async #names(): Promise<readonly string[]> {
    return (await readdir(this.#folder).catch(() => []))
      .filter((name) => runFileName.test(name))
      .sort();
  }

  #wishPath(runId: string, wish: Wish): string {
    return join(this.#folder, `${runId}.${wish}`);
  }

  #pinPath(runId: string): string {
    return join(this.#folder, `${runId}${pinEnding}`);
  }

  #fileOf(runId: string, event: RunEvent): RunFile {
    const known = this.#files.get(runId);
    if (known !== undefined) return known;
    const at = "at" in event ? event.at : Date.now();
    const name = `${String(at).padStart(14, "0")}-${process.pid}-${runId}.jsonl`;
    const file = newFile(join(this.#folder, name), process.pid, true);
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
        if (file.own && file.knownBytes === 0) await mkdir(this.#folder, { recursive: true });
        // Half a line of a window that lives is one that it is writing.
        if (file.torn && (file.pid === process.pid || !isAlive(file.pid)))
          await dropHalfLine(file.path);
        file.torn = false;
        await appendFile(file.path, lines, { mode: 0o600 });
        if (file.own) file.knownBytes += Buffer.byteLength(lines);
        if (file.over && file.waiting === "") file.own = false;
      } catch (thrown) {
        file.waiting = lines + file.waiting;
        file.torn = true;
        this.#tell(thrown);
        break;
      }
    }
    this.#writing = undefined;
  }

  #tell(thrown: unknown): void {
    if (this.#told) return;
    this.#told = true;
    this.#report({
      kind: "historyUnwritable",
      path: this.#folder,
      cause: thrown instanceof Error ? thrown.message : String(thrown),
    });
  }
}

/**
 * Brings what an earlier version kept for one window to where it is kept now. Nothing is lost when it cannot: it stays where it was.
 * @param before a window's own folder `runs`; a second window on the same folder had one beside it, with a number behind its name.
 */
export async function adoptRuns(before: string | undefined, folder: string): Promise<void> {
  if (before === undefined || before === folder) return;
  const storage = dirname(dirname(before));
  const extension = basename(dirname(before));
  const own = (name: string): string => name.replace(/-\d+$/, "");
  const siblings = await readdir(dirname(storage)).catch(() => []);
  for (const sibling of siblings.filter((each) => own(each) === own(basename(storage)))) {
    const runs = join(dirname(storage), sibling, extension, basename(before));
    for (const file of (await readdir(runs).catch(() => [])).filter((each) =>
      runFileName.test(each),
    )) {
      await mkdir(folder, { recursive: true })
        .then(() => rename(join(runs, file), join(folder, file)))
        .catch(() => {});
    }
  }
}

const nothing = { events: [], wholeBytes: 0, torn: false } as const;

function newFile(path: string, pid: number, own: boolean): RunFile {
  return { path, pid, knownBytes: 0, own, over: false, ours: [], torn: false, waiting: "" };
}

/** The whole lines behind a place in a file, without those that are `ours`, which are taken out of that list. */
async function readFrom(path: string, fromBytes: number, ours: string[]): Promise<ParsedLines> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = Buffer.alloc(Math.max(0, size - fromBytes));
    const { bytesRead } = await file.read(bytes, 0, bytes.length, fromBytes);
    const { events, ...rest } = wholeLines(bytes.subarray(0, bytesRead));
    const theirs = events.filter((event) => {
      const at = ours.indexOf(runLine(event));
      if (at >= 0) ours.splice(at, 1);
      return at < 0;
    });
    return { events: theirs, ...rest };
  } finally {
    await file.close();
  }
}

interface ParsedLines {
  readonly events: readonly RunEvent[];
  /** Length of the part that consists of whole lines. */
  readonly wholeBytes: number;
  /** Whether something follows that part: the write that a crash cut short. */
  readonly torn: boolean;
}

function wholeLines(bytes: Uint8Array): ParsedLines {
  const wholeBytes = bytes.lastIndexOf(0x0a) + 1;
  const events = parseRunLines(new TextDecoder().decode(bytes.subarray(0, wholeBytes)));
  return { events, wholeBytes, torn: wholeBytes < bytes.length };
}

async function dropHalfLine(path: string): Promise<void> {
  const bytes = await readFile(path).catch(() => undefined);
  const { wholeBytes, torn } = wholeLines(bytes ?? new Uint8Array());
  if (torn) await truncate(path, wholeBytes);
}

async function sizeOf(path: string): Promise<number> {
  return await stat(path).then(
    ({ size }) => size,
    () => 0,
  );
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
