import type { EventBatch } from "../../protocol/panel/to-panel";
import type { RunEvent } from "../../protocol/run-events";

/** How long the panel's events are collected. */
export const panelBatchMs = 50;

/**
 * Collects events and hands them on in batches: a webview takes twenty batches a second with ease,
 * and chokes on a message per token.
 */
export class EventBatches {
  readonly #intervalMs: number;
  readonly #send: (batch: EventBatch) => void;
  #waiting: { readonly runId: string; readonly seq: number; readonly events: RunEvent[] }[] = [];
  #timer: NodeJS.Timeout | undefined;

  constructor(intervalMs: number, send: (batch: EventBatch) => void) {
    this.#intervalMs = intervalMs;
    this.#send = send;
  }

  /** @param seq the event's number within its run, from 0. */
  add(runId: string, seq: number, event: RunEvent): void {
    const last = this.#waiting.at(-1);
    if (last?.runId === runId && last.seq + last.events.length === seq) last.events.push(event);
    else this.#waiting.push({ runId, seq, events: [event] });
    this.#timer ??= setTimeout(() => this.flush(), this.#intervalMs);
  }

  flush(): void {
    const batches = this.#waiting;
    this.clear();
    for (const batch of batches) this.#send(batch);
  }

  /** Forgets what waits: a replay already held it. */
  clear(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#waiting = [];
  }
}
