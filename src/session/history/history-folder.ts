import { readdir, rm } from "node:fs/promises";
import { join } from "node:path";
import type { Failure } from "../../protocol/failure";
import type { RunEvent } from "../../protocol/run-events";
import { Pins } from "./pins";
import { RunFile, runFileName } from "./run-file";
import { WordsLeft } from "./words-left";

/** What was written of a run, or what was added to it. */
export interface StoredRun {
  readonly runId: string;
  readonly events: readonly RunEvent[];
}

/** What other windows have done to the history since the last look. */
export interface HistoryNews {
  /** Oldest first. */
  readonly runs: readonly StoredRun[];
  /** Runs that were there and are no more. */
  readonly gone: ReadonlySet<string>;
}

/** How much of the past is brought back. */
const loadedRuns = 20;
const loadedBytes = 32 * 1024 * 1024;

/**
 * One JSON Lines file per run, in a folder that all windows on the same folder share: a run that
 * goes on in a window that was closed is seen in the next one. A write starts as soon as an event
 * is there and no other write is going on, so that a crash costs at most what came in the last few
 * milliseconds; a failed write is told once and tried again with the next event.
 */
export class HistoryFolder {
  readonly pins: Pins;
  readonly wordsLeft: WordsLeft;
  readonly #folder: string;
  readonly #report: (failure: Failure) => void;
  readonly #files = new Map<string, RunFile>();
  #writing: Promise<void> | undefined;
  #told = false;

  constructor(folder: string, report: (failure: Failure) => void) {
    this.#folder = folder;
    this.#report = report;
    this.pins = new Pins(folder);
    this.wordsLeft = new WordsLeft(folder);
  }

  append(runId: string, event: RunEvent): void {
    const file = this.#files.get(runId) ?? RunFile.begin(this.#folder, runId, event);
    this.#files.set(runId, file);
    file.append(event);
    this.#writing ??= this.#write();
  }

  /** Resolves when all that was appended is written, or could not be. */
  async flush(): Promise<void> {
    await this.#writing;
  }

  /**
   * The last runs, oldest first. What cannot be read is left out: history must never keep the
   * assistant from starting.
   */
  async load(): Promise<readonly StoredRun[]> {
    const runs: StoredRun[] = [];
    let bytes = 0;
    for (const { runId, file } of this.#last(
      await readdir(this.#folder).catch(() => []),
    ).reverse()) {
      bytes += await file.size();
      if (bytes > loadedBytes) await file.passOver();
      const events = await file.news();
      if (events[0]?.kind === "started") runs.push({ runId, events });
    }
    return runs.reverse();
  }

  async news(): Promise<HistoryNews> {
    // Asked before the names are: a run that begins in between is not gone because it was not
    // there.
    const known = [...this.#files].filter(([, file]) => file.wasThere);
    const names = await readdir(this.#folder).catch(() => undefined);
    if (names === undefined) return { runs: [], gone: new Set() };
    const runs: StoredRun[] = [];
    for (const { runId, file } of this.#last(names)) {
      const events = await file.news();
      if (events.length > 0) runs.push({ runId, events });
    }
    const there = new Set(names);
    const gone = known.filter(([, file]) => !there.has(file.name));
    return { runs, gone: new Set(gone.map(([runId]) => runId)) };
  }

  /** All events of a run that ended, however old it is; undefined when it cannot be read. */
  async read(name: string): Promise<StoredRun | undefined> {
    const { runId, file } = this.#named(name);
    const events = await file.all();
    return events && { runId, events };
  }

  /**
   * Removes a run from the disk, that it was pinned, and words that came too late for it. Throws
   * what the system throws, except that it is gone already.
   * @param files what may hold words; absent: it is looked for.
   */
  async remove(name: string, files?: readonly string[]): Promise<void> {
    const { runId } = this.#named(name);
    await rm(join(this.#folder, name), { force: true });
    await this.pins.set(runId, false);
    await this.wordsLeft.take(runId, files);
    this.#files.delete(runId);
  }

  /** Name of the file of a run that this window wrote or knows. */
  nameOf(runId: string): string | undefined {
    return this.#files.get(runId)?.name;
  }

  /**
   * Whether the process that wrote the run still lives and has done so lately: the run may go on
   * there.
   */
  async hasLiveWriter(runId: string): Promise<boolean> {
    return (await this.#files.get(runId)?.hasLiveWriter()) ?? false;
  }

  #last(names: readonly string[]): NamedFile[] {
    const runs = names.filter((name) => runFileName.test(name)).sort();
    return runs.slice(-loadedRuns).map((name) => this.#named(name));
  }

  #named(name: string): NamedFile {
    const [, , , runId = ""] = runFileName.exec(name) ?? [];
    const file = this.#files.get(runId) ?? RunFile.there(this.#folder, name);
    this.#files.set(runId, file);
    return { runId, file };
  }

  async #write(): Promise<void> {
    // The first await lets the caller keep the promise before anything can finish.
    await Promise.resolve();
    // One that cannot be written waits for the next event, and holds up none of the others.
    const refused = new Set<RunFile>();
    for (;;) {
      const file = [...this.#files.values()].find((each) => each.isWaiting && !refused.has(each));
      if (file === undefined) break;
      try {
        await file.write();
      } catch (thrown) {
        refused.add(file);
        this.#tell(thrown);
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

interface NamedFile {
  readonly runId: string;
  readonly file: RunFile;
}
