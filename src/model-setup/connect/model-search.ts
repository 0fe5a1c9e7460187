import { untilAborted } from "../../base/abort";
import { failureOf } from "../../core/failure-error";
import type { Connection } from "../../core/model/connection";
import type { Setup } from "../../protocol/setup";
import type { EngineEndpoint } from "../engine/engine-process";
import type { Found } from "../find/surroundings";
import { builtInEndpoint } from "../home";
import { chosenServer } from "../settings/endpoints";
import type { KnownOptions } from "./connector-options";
import type { ModelWork } from "./model-work";
import type { SetupBoard } from "./setup-board";

/**
 * So long a daemon that was found is taken as it is, without a question on the way from the click
 * to the request.
 */
const trustMs = 30_000;
/** After so long it is looked at again meanwhile, so that the next one is right. */
const recheckMs = 5_000;

export interface SearchParts {
  readonly options: KnownOptions;
  readonly board: SetupBoard;
  work(): Promise<ModelWork>;
  /** The next search asks clients that know nothing yet. */
  forget(): void;
  /** Ends every search. */
  readonly end: AbortSignal;
}

interface Ready {
  /** Under which settings it was found. */
  readonly key: string;
  readonly connection: Connection;
  /** Where the engine ran; absent for a server. */
  readonly place: EngineEndpoint | undefined;
  readonly foundAt: number;
}

interface Search {
  readonly key: string;
  readonly start: boolean;
  readonly found: Promise<Found>;
}

/**
 * Searches for the model to ask, one search at a time, and keeps what was found as long as it can
 * be trusted.
 */
export class ModelSearch {
  readonly #parts: SearchParts;
  #ready: Ready | undefined;
  #search: Search | undefined;
  /** Grows when what was found may be wrong, so that an older search cannot bring it back. */
  #generation = 0;

  constructor(parts: SearchParts) {
    this.#parts = parts;
  }

  /** Immediate when a model was found lately. Throws as `Connector.connect` does. */
  async connect(signal: AbortSignal): Promise<Connection> {
    return (await this.#lately(signal)) ?? connected(await this.find(true, signal));
  }

  /**
   * What was found last, if the settings are still the same; whether it still answers is not asked.
   */
  get atHand(): Connection | undefined {
    return this.#ready?.key === this.#key() ? this.#ready.connection : undefined;
  }

  /** Forgets what was found, but no model's window. */
  invalidate(): void {
    this.#generation++;
    this.#parts.forget();
  }

  /** Looks at everything anew without starting anything. Throws only the signal's reason. */
  async look(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    this.invalidate();
    try {
      await this.find(false, signal);
    } catch {
      signal.throwIfAborted();
    }
  }

  /** Searches anew in the background; what comes of it is shown. */
  again(start: boolean): void {
    this.find(start).catch(() => {});
  }

  /**
   * The search that goes on, or a new one. Its end changes the setup and what is known.
   * @param start whether processes may be started.
   * @param signal ends the wait, not the search.
   */
  find(start: boolean, signal?: AbortSignal): Promise<Found> {
    const key = this.#key();
    const current = this.#search;
    if (current?.key === key && (current.start || !start))
      return untilAborted(current.found, signal);
    const found = this.#find(start, key);
    const search: Search = { key, start, found };
    this.#search = search;
    const over = (): void => {
      if (this.#search === search) this.#search = undefined;
    };
    found.then(over, over);
    return untilAborted(found, signal);
  }

  async #find(start: boolean, key: string): Promise<Found> {
    const { board, end } = this.#parts;
    const isCurrent = (): boolean => key === this.#key() && !end.aborted;
    if (board.setup.kind !== "ready") board.show(this.#whileLooking());
    const work = await this.#parts.work();
    try {
      const found = await work.find(start, end);
      if (!isCurrent()) return found;
      if (found.kind === "connected") {
        const { connection } = found;
        const place = work.placeOf(connection.model);
        this.#ready = { key, connection, place, foundAt: this.#now() };
      }
      board.show(work.setupOf(found));
      return found;
    } catch (thrown) {
      const setup = await work.setupOfFailure(failureOf(thrown));
      if (isCurrent()) {
        this.#ready = undefined;
        board.show(setup);
      }
      throw thrown;
    }
  }

  async #lately(signal: AbortSignal): Promise<Connection | undefined> {
    const ready = this.#ready;
    if (ready === undefined || ready.key !== this.#key()) return undefined;
    const ageMs = this.#now() - ready.foundAt;
    if (ready.place === undefined) {
      if (ageMs > trustMs) return undefined;
    } else {
      // Our own process is known to run however long ago it was found, and asking for it starts it
      // again after a crash: then all is to be found anew.
      const { engine, settings } = this.#parts.options;
      const place = await engine?.ensureRunning(settings().modelFile, signal);
      if (place !== ready.place) return undefined;
    }
    if (ageMs > recheckMs) this.again(true);
    return ready.connection;
  }

  /** Where a search looks first. */
  #whileLooking(): Setup {
    const { settings, env } = this.#parts.options;
    if (settings().engine === "builtin") return { kind: "looking", endpoint: builtInEndpoint };
    try {
      const { address } = chosenServer(settings(), env);
      return { kind: "looking", endpoint: address.endpoint };
    } catch {
      // The search itself says what is wrong with it.
      return { kind: "looking", endpoint: "the address in the settings" };
    }
  }

  #key(): string {
    const { settings, consent } = this.#parts.options;
    return JSON.stringify([this.#generation, settings(), consent.builtIn()]);
  }

  #now(): number {
    return this.#parts.options.now?.() ?? performance.now();
  }
}

/** What was found by a search that may start processes. */
export function connected(found: Found): Connection {
  if (found.kind === "connected") return found.connection;
  throw new Error("a search that may start processes ended without a connection");
}
