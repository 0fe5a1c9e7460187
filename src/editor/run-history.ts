import type { RunEvent } from "../protocol/run-events";
import type { HistoryFolder, StoredRun } from "./history-folder";
import { isOver, joinText } from "./run-lists";

export interface RecordedRun {
  readonly runId: string;
  readonly events: readonly RunEvent[];
}

/** @param seq the event's number within its run. */
export type HistoryListener = (runId: string, seq: number, event: RunEvent) => void;

const keptRuns = 20;

/**
 * The lists of events of the last runs, in memory and, as they happen, on disk. Whatever shows a run shows one of these lists; there
 * is no other state of a run.
 */
export class RunHistory {
  readonly #folder: HistoryFolder | undefined;
  readonly #listeners = new Set<HistoryListener>();
  #runs = new Map<string, RunEvent[]>();

  /** @param folder undefined: nothing outlives the window. */
  constructor(folder: HistoryFolder | undefined) {
    this.#folder = folder;
  }

  /** Oldest first. */
  get runs(): readonly RecordedRun[] {
    return [...this.#runs].map(([runId, events]) => ({ runId, events }));
  }

  eventsOf(runId: string): readonly RunEvent[] {
    return this.#runs.get(runId) ?? [];
  }

  add(runId: string, event: RunEvent): void {
    const events = this.#runs.get(runId) ?? [];
    this.#runs.set(runId, events);
    events.push(event);
    if (this.#runs.size > keptRuns) this.#runs.delete(this.#runs.keys().next().value ?? "");
    this.#folder?.append(runId, event);
    for (const listener of this.#listeners) listener(runId, events.length - 1, event);
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: HistoryListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Brings back what earlier windows wrote. A run that its window did not live to end is ended here, so that nobody waits for it. */
  async load(): Promise<void> {
    const stored = (await this.#folder?.load()) ?? [];
    const before = new Map<string, RunEvent[]>();
    for (const run of stored) if (!this.#runs.has(run.runId)) before.set(run.runId, joinText(this.#ended(run)));
    this.#runs = new Map([...before, ...this.#runs]);
  }

  /** Joins neighbouring pieces of text. Only for who shows all runs anew right after: the events' numbers change. */
  compact(): void {
    for (const [runId, events] of this.#runs) this.#runs.set(runId, joinText(events));
  }

  async flush(): Promise<void> {
    await this.#folder?.flush();
  }

  #ended(run: StoredRun): readonly RunEvent[] {
    if (isOver(run.events)) return run.events;
    const end = (detail: string): RunEvent => ({ kind: "finished", at: Date.now(), outcome: "stopped", detail, metrics: {} });
    // Another window's run goes on there; writing its end into its own file would be a lie.
    if (run.liveWriter) return [...run.events, end("This run belongs to another window; what it had written until now is above.")];
    const closed = end("The window was closed while the model was answering; everything it wrote is above.");
    this.#folder?.append(run.runId, closed);
    return [...run.events, closed];
  }
}
