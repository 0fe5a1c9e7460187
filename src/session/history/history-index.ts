import { appendFile, readdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { isRecord, parsedObject } from "../../base/guards";
import type { RunSummary } from "../../protocol/history";
import { foldEvent } from "../../runs/fold/fold-event";
import { parseRunLines } from "../../runs/run-lines";
import { blankRun, type RunState } from "../../runs/run-state";
import { foldedText, searchableText, summaryOf } from "../../runs/run-summary";
import { oneAtATime } from "./one-at-a-time";
import { runFileName } from "./run-file";
import { findInTexts, textBlock, withoutBlocks } from "./search-texts";

/** An entry of another version is made anew from its run. */
const indexVersion = 3;

/** What is known of a run's file without opening it. */
export interface IndexedRun {
  readonly name: string;
  /** Size of the file when it was read. */
  readonly bytes: number;
  readonly summary: RunSummary;
}

/**
 * What the runs of a folder are about, in two files beside them: a line for each run, and all their
 * words for the search. Both can be made again from the runs at any time; other windows add to them
 * too, and of two entries about a run the later one counts.
 */
export class HistoryIndex {
  readonly #folder: string;
  readonly #entries = new Map<string, IndexedRun>();
  /** Runs whose words are in the file of texts. */
  readonly #withText = new Set<string>();
  #readBytes = 0;
  #refreshing: Promise<void> | undefined;

  constructor(folder: string) {
    this.#folder = folder;
  }

  /** Reads what is there and adds what is missing. A run that cannot be read is left out. */
  refresh(): Promise<void> {
    this.#refreshing ??= this.#refresh().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** All runs that are known, in no order. */
  get runs(): Iterable<IndexedRun> {
    return this.#entries.values();
  }

  get(runId: string): IndexedRun | undefined {
    return this.#entries.get(runId);
  }

  /** Ids of the runs that hold all of these folded words. */
  async find(words: readonly string[], signal?: AbortSignal): Promise<ReadonlySet<string>> {
    return await findInTexts(this.#textsPath, words, signal);
  }

  /** Reads a run's file anew, as after a decision about it. */
  async update(name: string): Promise<void> {
    const entry = await this.#indexed(name);
    if (entry === undefined) return;
    await this.#add([entry]);
  }

  /** Leaves runs out, with all their words. The files themselves are somebody else's. */
  async forget(runIds: ReadonlySet<string>): Promise<void> {
    await oneAtATime(this.#folder, async () => {
      await this.#readLines();
      for (const runId of runIds) this.#entries.delete(runId);
      for (const runId of runIds) this.#withText.delete(runId);
      // A word that was deleted must be in no file any more.
      await rewrite(this.#textsPath, (texts) => withoutBlocks(texts, runIds));
      const lines = [...this.#entries.values()].map(lineOf).join("");
      await rewrite(this.#linesPath, () => Buffer.from(lines));
      this.#readBytes = Buffer.byteLength(lines);
    });
  }

  async #refresh(): Promise<void> {
    await this.#readLines();
    const names = (await readdir(this.#folder).catch(() => [])).filter((name) =>
      runFileName.test(name),
    );
    const there = new Set(names.map(runIdOf));
    for (const runId of [...this.#entries.keys()])
      if (!there.has(runId)) this.#entries.delete(runId);
    await this.#index(names.filter((name) => !this.#entries.has(runIdOf(name))));
  }

  /** Takes in what was added to the lines since the last look, by this window or another. */
  async #readLines(): Promise<void> {
    const { size } = await stat(this.#linesPath).catch(() => ({ size: 0 }));
    if (size === this.#readBytes) return;
    const bytes = await readFile(this.#linesPath).catch(() => Buffer.alloc(0));
    // Another window wrote it anew.
    if (bytes.length < this.#readBytes) {
      this.#entries.clear();
      this.#withText.clear();
      this.#readBytes = 0;
    }
    const whole = bytes.lastIndexOf(0x0a) + 1;
    for (const line of bytes.toString("utf8", this.#readBytes, whole).split("\n")) {
      const entry = entryOf(line);
      if (entry === undefined) continue;
      this.#entries.set(entry.summary.runId, entry);
      this.#withText.add(entry.summary.runId);
    }
    this.#readBytes = whole;
  }

  async #index(names: readonly string[]): Promise<void> {
    const batch = 50;
    for (let at = 0; at < names.length; at += batch) {
      const entries = await Promise.all(
        names.slice(at, at + batch).map((name) => this.#indexed(name)),
      );
      await this.#add(entries.filter((entry) => entry !== undefined));
    }
  }

  async #indexed(name: string): Promise<(IndexedRun & { readonly text: string }) | undefined> {
    try {
      const path = join(this.#folder, name);
      const { size } = await stat(path);
      const run = stateOf(runIdOf(name), await readFile(path, "utf8"));
      const summary = summaryOf(run);
      // One that goes on is indexed when it ends.
      if (summary?.outcome === undefined) return undefined;
      return { name, bytes: size, summary, text: foldedText(searchableText(run)) };
    } catch {
      return undefined;
    }
  }

  async #add(entries: readonly (IndexedRun & { readonly text: string })[]): Promise<void> {
    if (entries.length === 0) return;
    const texts = entries
      .filter(({ summary }) => !this.#withText.has(summary.runId))
      .map(({ summary, text }) => textBlock(summary.runId, text));
    const lines = entries.map(({ text: _, ...entry }) => lineOf(entry));
    for (const { text: _, ...entry } of entries) {
      this.#entries.set(entry.summary.runId, entry);
      this.#withText.add(entry.summary.runId);
    }
    // Texts first: a run whose line is there is taken for one whose words are there. A full disk
    // costs the index, never a run.
    const options = { mode: 0o600 };
    await oneAtATime(this.#folder, async () => {
      await appendFile(this.#textsPath, texts.join(""), options);
      await appendFile(this.#linesPath, lines.join(""), options);
    }).catch(() => {});
  }

  get #linesPath(): string {
    return join(this.#folder, "index.jsonl");
  }

  get #textsPath(): string {
    return join(this.#folder, "index.texts");
  }
}

/** The id in the name of a run's file. */
function runIdOf(name: string): string {
  return runFileName.exec(name)?.[3] ?? "";
}

function lineOf(entry: IndexedRun): string {
  return `${JSON.stringify({ v: indexVersion, ...entry })}\n`;
}

/**
 * Writes a file anew, beside it first, so that a crash leaves the old one. Without a file nothing
 * happens.
 */
async function rewrite(path: string, change: (before: Buffer) => Uint8Array): Promise<void> {
  const before = await readFile(path).catch(() => undefined);
  if (before === undefined) return;
  const scratch = `${path}.${process.pid}.tmp`;
  await writeFile(scratch, change(before), { mode: 0o600 });
  await rename(scratch, path);
}

function stateOf(runId: string, lines: string): RunState {
  return parseRunLines(lines).reduce(foldEvent, blankRun(runId));
}

function entryOf(line: string): IndexedRun | undefined {
  const { v: version, name, bytes, summary } = parsedObject(line) ?? {};
  if (version !== indexVersion) return undefined;
  if (typeof name !== "string" || typeof bytes !== "number" || !isRecord(summary)) return undefined;
  if (typeof summary["runId"] !== "string" || typeof summary["at"] !== "number") return undefined;
  return { name, bytes, summary: summary as unknown as RunSummary };
}
