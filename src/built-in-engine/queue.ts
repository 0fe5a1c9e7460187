import { untilAborted } from "../base/abort";

/**
 * Lets one job through at a time, in the order they came: two at once on the same cores would slow each other many times over.
 * Whoever gives up while waiting leaves the queue.
 */
export class Queue {
  #tail: Promise<void> = Promise.resolve();
  #waiting = 0;

  /** Jobs that run or wait. */
  get length(): number {
    return this.#waiting;
  }

  async run<T>(job: () => Promise<T>, signal?: AbortSignal): Promise<T> {
    const before = this.#tail;
    let finish = (): void => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    this.#tail = before.then(() => finished);
    this.#waiting++;
    try {
      await untilAborted(before, signal);
      signal?.throwIfAborted();
      return await job();
    } finally {
      this.#waiting--;
      finish();
    }
  }
}
