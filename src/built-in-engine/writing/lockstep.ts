/**
 * Answers that are written at the same time and take each step together, so that the weights are
 * read from memory once for all of them. Left alone, one asks for its next token a moment before
 * another, and gets a step for itself.
 */
export class Lockstep {
  #inStep: number;
  #waiting: (() => void)[] = [];

  constructor(size: number) {
    this.#inStep = size;
  }

  /** Waits until all that have not left are ready for the next step. */
  async ready(): Promise<void> {
    const all = new Promise<void>((go) => this.#waiting.push(go));
    this.#goOn();
    await all;
  }

  /** The others wait for this one no more. */
  leave(): void {
    this.#inStep--;
    this.#goOn();
  }

  #goOn(): void {
    if (this.#waiting.length < this.#inStep) return;
    const ready = this.#waiting;
    this.#waiting = [];
    for (const go of ready) go();
  }
}
