import type { Action, RunEvent } from "../../protocol/run-events";
import { Interventions, type Move } from "./interventions";
import type { RunEnvironment, RunRequest } from "./run-request";

export type RunListener = (runId: string, event: RunEvent) => void;

/** The run that is going on. */
export interface CurrentRun {
  readonly runId: string;
  readonly action: Action;
  readonly path: string;
}

interface Running extends CurrentRun {
  readonly interventions: Interventions;
  /** The answer holds an edit already, while the model still writes. */
  hasDraft: boolean;
  readonly ended: Promise<void>;
}

/**
 * Owns the one run that may go on at a time. Every event of every run goes to the subscribers in
 * order, at once; the assistant keeps none of them.
 */
export class Assistant {
  readonly #environment: RunEnvironment;
  readonly #listeners = new Set<RunListener>();
  #running: Running | undefined;

  constructor(environment: RunEnvironment) {
    this.#environment = environment;
  }

  get current(): CurrentRun | undefined {
    return this.#running;
  }

  /** Loads what a run needs, so that the first one does not wait for it. */
  async prepare(): Promise<void> {
    await import("./run");
  }

  /** @returns a function that ends the subscription. */
  subscribe(listener: RunListener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Starts a run and returns its id at once. Throws when one is running: ask `current` first. */
  start(request: RunRequest): string {
    if (this.#running !== undefined) throw new Error("a run is already going on");
    const runId = crypto.randomUUID();
    const interventions = new Interventions();
    this.#running = {
      runId,
      action: request.action,
      path: request.target.path,
      interventions,
      hasDraft: false,
      ended: this.#drive(runId, request, interventions),
    };
    return runId;
  }

  /**
   * Stops the current run, if any, and resolves when its last event is out.
   * @param reason where it is not the person's wish
   */
  async stop(reason?: string): Promise<void> {
    const running = this.#running;
    if (running === undefined) return;
    running.interventions.stop(reason);
    await running.ended;
  }

  /**
   * Ends the current run with the edits that its answer holds so far; nothing happens while it
   * holds none.
   */
  takeNow(): void {
    if (this.#running?.hasDraft) this.#running.interventions.takeWhatIsThere();
  }

  /**
   * Ends the thought of the current run where it is; the answer follows. Nothing happens to a run
   * that does not think.
   */
  answerNow(): void {
    this.#move({ kind: "answerNow" });
  }

  /**
   * Puts a hint of the person into the thought of the current run, at the end of a sentence; once
   * the answer has begun it waits.
   */
  hint(text: string): void {
    this.#move({ kind: "hint", hint: { id: crypto.randomUUID(), text: text.trim() } });
  }

  /** Begins the answer anew, with the hints that wait. */
  beginAnew(): void {
    this.#move({ kind: "beginAnew" });
  }

  /** Gives the thought of the current run more room. */
  thinkLonger(): void {
    this.#move({ kind: "thinkLonger" });
  }

  /** Lets a thought that seems to go round in circles go on. */
  letGoOn(): void {
    this.#move({ kind: "letGoOn" });
  }

  /** Resolves when no run is going on. */
  async idle(): Promise<void> {
    await this.#running?.ended;
  }

  /**
   * Adds what happened to a run after it ended, such as the person's decision about its proposal.
   */
  record(runId: string, event: RunEvent): void {
    for (const listener of this.#listeners) {
      try {
        listener(runId, event);
      } catch (thrown) {
        // One subscriber's bug must not cost the others the event, nor end the run.
        this.#environment.log.error(
          `a run listener failed: ${thrown instanceof Error ? thrown.stack : String(thrown)}`,
        );
      }
    }
  }

  #move(move: Move): void {
    this.#running?.interventions.move(move);
  }

  async #drive(runId: string, request: RunRequest, interventions: Interventions): Promise<void> {
    try {
      // Reading an answer takes more code than all the rest: it is loaded when a run begins, not
      // while a window opens. `start` has returned the id by then, so that a caller can subscribe
      // to it before the first event.
      const { run } = await import("./run");
      for await (const event of run(runId, request, this.#environment, interventions)) {
        // The run is over for everyone who hears its last event: a listener may start the next one.
        if (event.kind === "finished" || event.kind === "failed") this.#running = undefined;
        if (this.#running && (event.kind === "draft" || event.kind === "attempt"))
          this.#running.hasDraft = event.kind === "draft";
        this.record(runId, event);
      }
    } finally {
      if (this.#running?.runId === runId) this.#running = undefined;
    }
  }
}
