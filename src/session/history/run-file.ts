import { appendFile, mkdir, open, readFile, stat, truncate } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { isAlive } from "../../base/is-alive";
import { systemCode } from "../../base/system-code";
import { endsRun, type RunEvent } from "../../protocol/run-events";
import { parseRunLines, runLine } from "../../runs/run-lines";

/** `<milliseconds>-<process>-<run>.jsonl`, so that names sort by time. */
export const runFileName = /^(\d{14})-(\d+)-([\w-]{1,64})\.jsonl$/;

/**
 * A process number is given away again: the writer of a file that rested so long is somebody else
 * by now.
 */
const liveFileMs = 15 * 60_000;

/** The file of one run, which one window writes and others read along. */
export class RunFile {
  readonly #path: string;
  /** The process that began it. */
  readonly #pid: number;
  /** What stands before here is known to this window. */
  #knownBytes = 0;
  /** This window's run goes on: nobody else writes. */
  #own: boolean;
  /** The run's last event was appended. */
  #over = false;
  /** Lines of this window behind what is known, to be told from those of others. */
  readonly #ours: string[] = [];
  /** A write that failed, or that a crash cut short, may have left half a line. */
  #torn = false;
  #waiting = "";

  private constructor(path: string, pid: number, own: boolean) {
    this.#path = path;
    this.#pid = pid;
    this.#own = own;
  }

  /** The file of a run that begins in this window. */
  static begin(folder: string, runId: string, event: RunEvent): RunFile {
    const at = "at" in event ? event.at : Date.now();
    const name = `${String(at).padStart(14, "0")}-${process.pid}-${runId}.jsonl`;
    return new RunFile(join(folder, name), process.pid, true);
  }

  /** A file that is there, under a name that is one of {@link runFileName}. */
  static there(folder: string, name: string): RunFile {
    const [, , pid] = runFileName.exec(name) ?? [];
    return new RunFile(join(folder, name), Number(pid), false);
  }

  get name(): string {
    return basename(this.#path);
  }

  get isWaiting(): boolean {
    return this.#waiting !== "";
  }

  /** To be written with the next {@link write}. */
  append(event: RunEvent): void {
    const line = runLine(event);
    this.#waiting += `${line}\n`;
    if (!this.#own) this.#ours.push(line);
    if (endsRun(event)) this.#over = true;
  }

  /** Writes what waits. Throws what the system throws; then it goes on waiting. */
  async write(): Promise<void> {
    const lines = this.#waiting;
    this.#waiting = "";
    try {
      if (this.#own && this.#knownBytes === 0)
        await mkdir(dirname(this.#path), { recursive: true });
      // Half a line of a window that lives is one that it is writing.
      if (this.#torn && (this.#pid === process.pid || !isAlive(this.#pid, process.kill)))
        await dropHalfLine(this.#path);
      this.#torn = false;
      await this.#put(lines);
      if (this.#own) this.#knownBytes += Buffer.byteLength(lines);
      if (this.#over && this.#waiting === "") this.#own = false;
    } catch (thrown) {
      this.#waiting = lines + this.#waiting;
      this.#torn = true;
      throw thrown;
    }
  }

  /** Whether it was there, and is nothing that this window still writes. */
  get wasThere(): boolean {
    return !this.#own && this.#knownBytes > 0;
  }

  /**
   * A run that another window deleted stays deleted: a late decision about it would else be a file
   * of its own.
   */
  async #put(lines: string): Promise<void> {
    if (!this.#own && !(await this.#isThere())) return;
    await appendFile(this.#path, lines, { mode: 0o600 });
  }

  async #isThere(): Promise<boolean> {
    return await stat(this.#path).then(
      () => true,
      (thrown) => systemCode(thrown) !== "ENOENT",
    );
  }

  /** All events; undefined when it cannot be read. */
  async all(): Promise<readonly RunEvent[] | undefined> {
    const bytes = await readFile(this.#path).catch(() => undefined);
    if (bytes === undefined) return undefined;
    const { events, wholeBytes } = wholeLines(bytes);
    this.#knownBytes = wholeBytes;
    return events;
  }

  /** What others have added since the last look. */
  async news(): Promise<readonly RunEvent[]> {
    if (this.#own || (await this.size()) <= this.#knownBytes) return [];
    const { events, wholeBytes, torn } = await this.#rest().catch(() => nothing);
    this.#knownBytes += wholeBytes;
    this.#torn = torn;
    return events.filter((event) => {
      const at = this.#ours.indexOf(runLine(event));
      if (at >= 0) this.#ours.splice(at, 1);
      return at < 0;
    });
  }

  /** Takes all that is there for known: nobody wants to read it, however much it is. */
  async passOver(): Promise<void> {
    this.#knownBytes = await this.size();
  }

  /** In bytes; 0 for one that is gone. */
  async size(): Promise<number> {
    return await stat(this.#path).then(
      ({ size }) => size,
      () => 0,
    );
  }

  /** Whether another process that lives has written it lately: the run may go on there. */
  async hasLiveWriter(): Promise<boolean> {
    if (this.#pid === process.pid || !isAlive(this.#pid, process.kill)) return false;
    return await stat(this.#path).then(
      ({ mtimeMs }) => Date.now() - mtimeMs < liveFileMs,
      () => false,
    );
  }

  async #rest(): Promise<ParsedLines> {
    const file = await open(this.#path);
    try {
      const { size } = await file.stat();
      const bytes = Buffer.alloc(Math.max(0, size - this.#knownBytes));
      const { bytesRead } = await file.read(bytes, 0, bytes.length, this.#knownBytes);
      return wholeLines(bytes.subarray(0, bytesRead));
    } finally {
      await file.close();
    }
  }
}

interface ParsedLines {
  readonly events: readonly RunEvent[];
  /** Length of the part that consists of whole lines. */
  readonly wholeBytes: number;
  /** Whether something follows that part: the write that a crash cut short. */
  readonly torn: boolean;
}

const nothing: ParsedLines = { events: [], wholeBytes: 0, torn: false };

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
