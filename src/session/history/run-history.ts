import { t } from "../../base/l10n";
import type { RunEvent } from "../../protocol/run-events";
import { foldEvent } from "../../runs/fold/fold-event";
import { joinText } from "../../runs/join-text";
import { blankRun, type RunState } from "../../runs/run-state";
import { windowClosed } from "../../runs/words/outcome-words";
import type { Word } from "../word";
import type { HistoryFolder, StoredRun } from "./history-folder";

/**
 * @param seq the event's number within its run.
 * @param mine whether it happened in this window; else another window on the same folder told of
 * it.
 */
export type HistoryListener = (runId: string, seq: number, event: RunEvent, mine: boolean) => void;

const keptRuns = 20;

interface KeptRun {
  events: RunEvent[];
  state: RunState;
}

/**
 * The lists of events of the last runs, in memory and, as they happen, on disk. Whatever shows a
 * run shows one of these lists, or what `foldEvent` makes of it; there is no other state of a run.
 */
export class RunHistory {
  readonly #folder: HistoryFolder | undefined;
  readonly #listeners = new Set<HistoryListener>();
  readonly #goneListeners = new Set<(runs: readonly RunState[]) => void>();
  /** Runs of other windows that have no end yet. */
  readonly #elsewhere = new Set<string>();
  /** Older runs that the person opened. */
  readonly #broughtBack = new Set<string>();
  #runs = new Map<string, KeptRun>();
  /** The last run that this window began. */
  #newestHere: string | undefined;

  /** @param folder undefined: nothing outlives the window. */
  constructor(folder: HistoryFolder | undefined) {
    this.#folder = folder;
  }

  /**
   * Oldest first, but the last one that this window began comes behind those that others began
   * since: what another window does takes nothing from the person's hands.
   */
  get runs(): readonly StoredRun[] {
    return [...this.#runs].map(([runId, { events }]) => ({ runId, events }));
  }

  /** What the runs have come to, in the same order. */
  get states(): readonly RunState[] {
    return [...this.#runs.values()].map(({ state }) => state);
  }

  /** What the last run has come to that this window began; undefined where it began none. */
  get newestHere(): RunState | undefined {
    return this.#newestHere === undefined ? undefined : this.#runs.get(this.#newestHere)?.state;
  }

  /** Whether a run of another window goes on, as far as it is known here. */
  get goesOnElsewhere(): boolean {
    return this.#elsewhere.size > 0;
  }

  eventsOf(runId: string): readonly RunEvent[] {
    return this.#runs.get(runId)?.events ?? [];
  }

  /** What the run has come to; a blank one when it is not known. */
  stateOf(runId: string): RunState {
    return this.#runs.get(runId)?.state ?? blankRun(runId);
  }

  add(runId: string, event: RunEvent): void {
    this.#folder?.append(runId, event);
    this.#record(runId, event, true);
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: HistoryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** `listener` is told of runs that were deleted, here or in another window. */
  onGone(listener: (runs: readonly RunState[]) => void): () => void {
    this.#goneListeners.add(listener);
    return () => this.#goneListeners.delete(listener);
  }

  /**
   * Brings back what earlier windows wrote. A run that its window did not live to end is ended
   * here, so that nobody waits for it; one that goes on is shown as it does, by {@link catchUp}.
   */
  async load(): Promise<void> {
    const stored = (await this.#folder?.load()) ?? [];
    const before = new Map<string, KeptRun>();
    for (const { runId, events } of stored) {
      if (this.#runs.has(runId)) continue;
      before.set(runId, keptRun(runId, events));
    }
    this.#runs = new Map([...before, ...this.#runs]);
    for (const [runId, { state }] of before)
      if (state.end === undefined) this.#elsewhere.add(runId);
    await this.#endAbandoned();
    for (const runId of this.#elsewhere) this.#record(runId, goesOnElsewhere(), false);
  }

  /**
   * Brings an older run back, so that it is shown among the others. Nothing happens when it is
   * there already.
   */
  bringBack({ runId, events }: StoredRun): void {
    if (this.#runs.has(runId)) return;
    const run = keptRun(runId, events);
    const at = run.state.startedAt ?? 0;
    const all = [...this.#runs];
    const place = all.findIndex(([, { state }]) => (state.startedAt ?? 0) > at);
    all.splice(place < 0 ? all.length : place, 0, [runId, run]);
    this.#runs = new Map(all);
    this.#broughtBack.add(runId);
  }

  /** Forgets runs that were deleted. */
  drop(runIds: ReadonlySet<string>): void {
    const gone: RunState[] = [];
    for (const runId of runIds) {
      const run = this.#runs.get(runId);
      if (run !== undefined) gone.push(run.state);
      this.#runs.delete(runId);
      this.#elsewhere.delete(runId);
    }
    if (gone.length > 0) for (const listener of this.#goneListeners) listener(gone);
  }

  /**
   * Takes in what other windows have written since, forgets what they have deleted, and ends what
   * they did not live to end.
   */
  async catchUp(): Promise<void> {
    const news = await this.#folder?.news();
    for (const { runId, events } of news?.runs ?? []) {
      if (!this.#runs.has(runId) && events[0]?.kind !== "started") continue;
      const isNew = !this.#runs.has(runId);
      for (const event of events) this.#record(runId, event, false);
      if (this.stateOf(runId).end !== undefined) {
        this.#elsewhere.delete(runId);
        continue;
      }
      if (isNew) this.#record(runId, goesOnElsewhere(), false);
      this.#elsewhere.add(runId);
    }
    this.drop(new Set(news?.gone));
    await this.#endAbandoned();
  }

  /**
   * Leaves a word for the window whose run it is; nothing happens when it is this window's, or
   * over.
   */
  async leaveWord(runId: string, word: Word): Promise<void> {
    if (this.#elsewhere.has(runId)) await this.#folder?.wordsLeft.leave(runId, word);
  }

  /** What other windows say to a run of this one. */
  async takeWords(runId: string): Promise<readonly Word[]> {
    return (await this.#folder?.wordsLeft.take(runId)) ?? [];
  }

  /**
   * Joins neighbouring pieces of text. Only for who shows all runs anew right after: the events'
   * numbers change.
   */
  compact(): void {
    for (const run of this.#runs.values()) run.events = joinText(run.events);
  }

  async flush(): Promise<void> {
    await this.#folder?.flush();
  }

  #record(runId: string, event: RunEvent, mine: boolean): void {
    const run = this.#runs.get(runId) ?? this.#begun(runId, mine);
    run.events.push(event);
    run.state = foldEvent(run.state, event);
    const own = [...this.#runs.keys()].filter((each) => !this.#broughtBack.has(each));
    for (const old of own.slice(0, -keptRuns)) this.#runs.delete(old);
    for (const listener of this.#listeners) listener(runId, run.events.length - 1, event, mine);
  }

  #begun(runId: string, mine: boolean): KeptRun {
    const run: KeptRun = { events: [], state: blankRun(runId) };
    const newest = this.#newestHere === undefined ? undefined : this.#runs.get(this.#newestHere);
    this.#runs.set(runId, run);
    if (mine) this.#newestHere = runId;
    else if (this.#newestHere !== undefined && newest !== undefined) {
      this.#runs.delete(this.#newestHere);
      this.#runs.set(this.#newestHere, newest);
    }
    return run;
  }

  async #endAbandoned(): Promise<void> {
    for (const runId of [...this.#elsewhere]) {
      if (await this.#folder?.hasLiveWriter(runId)) continue;
      this.#elsewhere.delete(runId);
      const closed: RunEvent = {
        kind: "finished",
        at: Date.now(),
        outcome: "stopped",
        detail: windowClosed(),
        metrics: {},
      };
      this.#folder?.append(runId, closed);
      this.#record(runId, closed, false);
    }
  }
}

function goesOnElsewhere(): RunEvent {
  const text = t(
    "This run goes on in another window, or in one that was closed; what it writes is shown here.",
  );
  return { kind: "notice", text, until: "end" };
}

function keptRun(runId: string, events: readonly RunEvent[]): KeptRun {
  const joined = joinText(events);
  return { events: joined, state: joined.reduce(foldEvent, blankRun(runId)) };
}
