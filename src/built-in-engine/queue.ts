import { untilAborted } from "../base/abort";

interface Entry {
  readonly came: number;
  readonly mayJoin: (running: number) => boolean;
  enter(): void;
  shares: boolean;
}

/**
 * Lets one job through at a time, in the order they came, but for those that may join the ones that
 * run: a short question then does not wait for the end of a long thought. Whoever gives up while
 * waiting leaves the queue.
 */
export class Queue {
  readonly #running = new Set<Entry>();
  #waiting: Entry[] = [];
  #came = 0;

  /** Jobs that run or wait. */
  get length(): number {
    return this.#running.size + this.#waiting.length;
  }

  /**
   * @param job may call `share` when others can run beside it from then on.
   * @param mayJoin whether this job can run beside so many that share.
   */
  async run<T>(
    job: (share: () => void) => Promise<T>,
    signal?: AbortSignal,
    mayJoin: (running: number) => boolean = () => false,
  ): Promise<T> {
    let enter = (): void => {};
    const entered = new Promise<void>((resolve) => {
      enter = resolve;
    });
    const entry: Entry = { came: this.#came++, mayJoin, enter, shares: false };
    this.#waiting.push(entry);
    this.#admit();
    try {
      await untilAborted(entered, signal);
      signal?.throwIfAborted();
      return await job(() => {
        entry.shares = true;
        this.#admit();
      });
    } finally {
      this.#waiting = this.#waiting.filter((each) => each !== entry);
      this.#running.delete(entry);
      this.#admit();
    }
  }

  #admit(): void {
    for (const entry of this.#waiting) {
      if (!this.#mayEnter(entry)) continue;
      this.#waiting = this.#waiting.filter((each) => each !== entry);
      this.#running.add(entry);
      entry.enter();
    }
  }

  #mayEnter(entry: Entry): boolean {
    if (this.#running.size === 0) return entry === this.#waiting[0];
    const running = [...this.#running];
    if (!running.every(({ shares }) => shares) || !entry.mayJoin(running.length)) return false;
    // Nobody is passed by more than those who join a job that it waits for anyway.
    const first = this.#waiting[0] ?? entry;
    return entry === first || running.some(({ came }) => came < first.came);
  }
}
