import { visibleText } from "../../base/visible-text";
import type { ExportFormat, FoundRun, FoundRuns } from "../../protocol/history";
import type { ProposalState } from "../../protocol/proposal";
import { endsRun, type RunEvent } from "../../protocol/run-events";
import { foldEvent } from "../../runs/fold/fold-event";
import { blankRun, type RunState } from "../../runs/run-state";
import {
  excerptOf,
  foldedText,
  searchableText,
  searchWords,
  summaryOf,
} from "../../runs/run-summary";
import type { HistoryFolder, StoredRun } from "./history-folder";
import { HistoryIndex, type IndexedRun } from "./history-index";
import type { RunHistory } from "./run-history";

/** Files of runs that are removed at once: one after the other, ten thousand take minutes. */
const removedTogether = 64;

export interface ArchiveParts {
  readonly folder: HistoryFolder;
  /** Absolute path of that folder. */
  readonly path: string;
  readonly history: RunHistory;
  /** How much of the disk the runs may take; the oldest that are not pinned go first. */
  limitBytes(): number;
}

/**
 * All runs about a folder, of every window and every day: to be searched, opened, pinned, deleted
 * and taken elsewhere.
 */
export class HistoryArchive {
  readonly #parts: ArchiveParts;
  readonly #index: HistoryIndex;
  readonly #unsubscribe: () => void;
  /** What became of the last proposals of runs, as the index was told. */
  readonly #decisions = new Map<string, ProposalState | undefined>();
  /** Takes in what this window's runs have come to. */
  #updating: Promise<unknown> = Promise.resolve();

  constructor(parts: ArchiveParts) {
    this.#parts = parts;
    this.#index = new HistoryIndex(parts.path);
    this.#unsubscribe = parts.history.subscribe((runId, _seq, event, mine) => {
      // A decision about a run that ended changes its summary too.
      if (mine && (endsRun(event) || this.#isNewDecision(runId, event)))
        this.#updating = Promise.all([
          this.#updating,
          this.#updated(runId, endsRun(event)).catch(() => {}),
        ]);
    });
  }

  /** Makes the index of what is there, and removes what is too much for the disk. */
  async tidy(): Promise<void> {
    await this.#index.refresh();
    const pins = await this.#parts.folder.pins.all();
    const newestFirst = this.#byTime();
    let bytes = 0;
    const tooMuch = newestFirst.filter((run) => {
      bytes += run.bytes;
      return bytes > this.#parts.limitBytes() && !pins.has(run.summary.runId);
    });
    await this.#remove(tooMuch);
  }

  /**
   * The runs that hold every word of the query in question, file, thoughts, answers or edits; all
   * runs for an empty one.
   * @param limit how many are told; all are counted.
   * @param signal aborted when another search takes its place; its reason is thrown then.
   */
  async search(query: string, limit: number, signal?: AbortSignal): Promise<FoundRuns> {
    // A look that began before a run ended does not find it.
    await this.#updating;
    await this.#index.refresh();
    const words = searchWords(query);
    const ids = words.length === 0 ? undefined : await this.#index.find(words, signal);
    const pins = await this.#parts.folder.pins.all();
    const found = this.#byTime().filter(({ summary }) => ids?.has(summary.runId) ?? true);
    const isPinned = ({ summary }: IndexedRun): boolean => pins.has(summary.runId);
    const ordered = [...found.filter(isPinned), ...found.filter((run) => !isPinned(run))];
    const runs = await Promise.all(
      ordered.slice(0, limit).map(async (run): Promise<FoundRun> => {
        signal?.throwIfAborted();
        const excerpt = words.length === 0 ? undefined : await this.#excerpt(run, words);
        const pinned = isPinned(run);
        // A model's words: what cannot be seen, or turns them about, is seen in a list too.
        const subject = visibleText(run.summary.subject);
        const found = { ...run.summary, subject, pinned };
        return excerpt === undefined ? found : { ...found, excerpt: visibleText(excerpt) };
      }),
    );
    return { query, runs, total: found.length };
  }

  /** Brings a run back among those that are shown. @returns false when it is gone. */
  async open(runId: string): Promise<boolean> {
    if (this.#parts.history.eventsOf(runId).length > 0) return true;
    const stored = await this.#stored(runId);
    if (stored === undefined) return false;
    this.#parts.history.bringBack(stored);
    return true;
  }

  async pin(runId: string, pinned: boolean): Promise<void> {
    await this.#parts.folder.pins.set(runId, pinned);
  }

  /**
   * Deletes runs from memory, disk and index; without ids all that have ended. One that goes on
   * stays. @returns how many.
   */
  async delete(runIds?: readonly string[]): Promise<number> {
    await this.#index.refresh();
    const wanted = runIds === undefined ? undefined : new Set(runIds);
    const gone = [...this.#index.runs].filter(({ summary }) => wanted?.has(summary.runId) ?? true);
    await this.#remove(gone);
    return gone.length;
  }

  /**
   * One run, or all of them oldest first, piece by piece: a history is larger than one string
   * should be.
   */
  async *export(format: ExportFormat, runId?: string): AsyncGenerator<string, void, void> {
    const { runAsJson, runAsMarkdown } = await import("../../runs/export-run");
    await this.#index.refresh();
    const runs = this.#byTime()
      .filter(({ summary }) => runId === undefined || summary.runId === runId)
      .reverse();
    if (format === "json" && runId === undefined) yield "[\n";
    let first = true;
    for (const { summary } of runs) {
      const stored = await this.#stored(summary.runId);
      if (stored === undefined) continue;
      if (format === "markdown")
        yield `${first ? "" : "\n---\n\n"}${runAsMarkdown(stateOf(stored))}`;
      else
        yield `${first || runId !== undefined ? "" : ",\n"}${runAsJson(stored.runId, stored.events)}`;
      first = false;
    }
    if (format === "json") yield runId === undefined ? "\n]\n" : "\n";
  }

  dispose(): void {
    this.#unsubscribe();
  }

  /** Many blocks that are decided one after the other mostly come to the same. */
  #isNewDecision(runId: string, { kind }: RunEvent): boolean {
    if (kind !== "proposalState" && kind !== "hunkState") return false;
    const decision = summaryOf(this.#parts.history.stateOf(runId))?.decision;
    const isNew = decision !== this.#decisions.get(runId);
    this.#decisions.set(runId, decision);
    return isNew;
  }

  #byTime(): readonly IndexedRun[] {
    return [...this.#index.runs].sort((a, b) => b.summary.at - a.summary.at);
  }

  /**
   * What is too much for the disk goes when something was added to it: nothing is read while a
   * window opens.
   */
  async #updated(runId: string, hasEnded: boolean): Promise<void> {
    await this.#parts.folder.flush();
    const name = this.#parts.folder.nameOf(runId);
    if (name !== undefined) await this.#index.update(name);
    if (hasEnded) await this.tidy();
  }

  async #stored(runId: string): Promise<StoredRun | undefined> {
    if (this.#index.get(runId) === undefined) await this.#index.refresh();
    const name = this.#index.get(runId)?.name;
    return name === undefined ? undefined : await this.#parts.folder.read(name);
  }

  /** Where the list shows a hit already, no excerpt is needed. */
  async #excerpt({ summary }: IndexedRun, words: readonly string[]): Promise<string | undefined> {
    const shown = foldedText(`${summary.subject}\n${summary.path}`);
    const hidden = words.filter((word) => !shown.includes(word));
    if (hidden.length === 0) return undefined;
    const stored = await this.#stored(summary.runId);
    return stored && excerptOf(searchableText(stateOf(stored)), hidden);
  }

  /** One that cannot be removed ends it; the words of those that are gone go all the same. */
  async #remove(runs: readonly IndexedRun[]): Promise<void> {
    const gone = new Set<string>();
    try {
      const files = await this.#parts.folder.wordsLeft.files();
      for (let at = 0; at < runs.length; at += removedTogether) {
        const removed = await Promise.allSettled(
          runs.slice(at, at + removedTogether).map(async ({ name, summary }) => {
            await this.#parts.folder.remove(name, files);
            gone.add(summary.runId);
          }),
        );
        for (const each of removed) if (each.status === "rejected") throw each.reason;
      }
    } finally {
      if (gone.size > 0) {
        await this.#index.forget(gone);
        this.#parts.history.drop(gone);
      }
    }
  }
}

function stateOf({ runId, events }: StoredRun): RunState {
  return events.reduce(foldEvent, blankRun(runId));
}
