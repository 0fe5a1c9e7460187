import type { RunHint } from "../../protocol/run-events";

/** What the person may want of the thought of a run that goes on. */
export type Move =
  /** The thought ends where it is, and the answer follows. */
  | { readonly kind: "answerNow" }
  /** Goes into the thought at the end of a sentence. Once the answer has begun it waits. */
  | { readonly kind: "hint"; readonly hint: RunHint }
  /** The answer begins anew, with the hints that wait. */
  | { readonly kind: "beginAnew" }
  /**
   * The thought gets more room; an answer that came because the room was used up gives way to it.
   */
  | { readonly kind: "thinkLonger" }
  /** A thought that seems to go round in circles goes on all the same. */
  | { readonly kind: "letGoOn" };

/**
 * Everything that reaches a run while it goes on, whoever it comes from. Stopping and taking what
 * is there end the request that goes on; what is said to the thought waits here until somebody
 * listens, so that a hint given while the model is looked for is not lost.
 */
export class Interventions {
  readonly #stop = new AbortController();
  readonly #enough = new AbortController();
  readonly #waiting: Move[] = [];
  #listener: ((move: Move) => void) | undefined;
  #stopReason: string | undefined;

  /** Aborted when the person wants no answer any more. */
  get stopped(): AbortSignal {
    return this.#stop.signal;
  }

  /** Why it was stopped, where nobody wished it. */
  get stopReason(): string | undefined {
    return this.#stopReason;
  }

  /** What the answer holds already is enough for the person. */
  get isEnough(): boolean {
    return this.#enough.signal.aborted;
  }

  /** Aborted when nothing more is wanted of the model, for whichever reason. */
  get requestOver(): AbortSignal {
    return AbortSignal.any([this.#stop.signal, this.#enough.signal]);
  }

  stop(reason?: string): void {
    this.#stopReason ??= reason;
    this.#stop.abort();
  }

  takeWhatIsThere(): void {
    this.#enough.abort();
  }

  move(move: Move): void {
    if (this.#listener === undefined) this.#waiting.push(move);
    else this.#listener(move);
  }

  /**
   * Hands over what waits, and from then on what comes. One listener at a time.
   * @returns a function that ends it.
   */
  listen(listener: (move: Move) => void): () => void {
    this.#listener = listener;
    for (const move of this.#waiting.splice(0)) listener(move);
    return () => {
      if (this.#listener === listener) this.#listener = undefined;
    };
  }
}
