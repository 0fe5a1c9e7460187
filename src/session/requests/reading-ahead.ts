import type { RunEnvironment, RunRequest } from "../../core/run/run-request";

/**
 * The one reading ahead that may go on. Its failures are nobody's: the request that follows meets
 * the same ones and tells them.
 */
export class ReadingAhead {
  readonly #environment: RunEnvironment;
  #going: AbortController | undefined;

  constructor(environment: RunEnvironment) {
    this.#environment = environment;
  }

  /** Resolves when it is read, or nothing is. Never rejects. */
  async begin(request: () => Promise<RunRequest>): Promise<void> {
    const connection = this.#environment.connectionAhead?.();
    if (connection === undefined) return;
    this.end();
    const going = new AbortController();
    this.#going = going;
    try {
      const target = await request();
      const { readAhead } = await import("../../core/run/asking/read-ahead");
      going.signal.throwIfAborted();
      await readAhead(target, connection, this.#environment, going.signal);
    } catch (thrown) {
      if (!going.signal.aborted)
        this.#environment.log.debug(`nothing was read ahead: ${String(thrown)}`);
    } finally {
      if (this.#going === going) this.#going = undefined;
    }
  }

  /** Leaves the server to a request that is waited for. */
  end(): void {
    this.#going?.abort();
    this.#going = undefined;
  }
}
