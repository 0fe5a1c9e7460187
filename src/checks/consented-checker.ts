import { untilAborted } from "../base/abort";
import type { Checker, CheckRequest, PreparedChecks } from "../core/run/checks/checker";

/** What the person said about a folder. */
export interface CheckAgreements {
  /** What may be run in it, in the words of {@link PreparedChecks.programs}. */
  allowed(folder: string): readonly string[];
  /** The person wants nothing of it to be run, and not to be asked. */
  isRefused(folder: string): boolean;
  allow(folder: string, programs: readonly string[]): Promise<void>;
  refuse(folder: string): Promise<void>;
}

export type CheckAnswer = "yes" | "notNow" | "never";

export interface ConsentedCheckerParts {
  readonly checker: Checker;
  readonly agreements: CheckAgreements;
  /** Nothing is run, and nobody is asked. */
  isOff(): boolean;
  /** The person trusts what is in the folders that are open. */
  isTrusted(): boolean;
  /**
   * The folder that the person opened and that holds the document; undefined for a document outside
   * of all.
   */
  folderOf(uri: string): string | undefined;
  /**
   * Asks whether these may be run in the folder; resolves when the person has answered or sent the
   * question away.
   */
  ask(folder: string, programs: readonly string[]): Promise<CheckAnswer>;
}

/**
 * Lets a checker run only in trusted folders, and only what the person has agreed to for this
 * folder. A yes holds for the programs that it named: when the project's own settings name another
 * one later, the person is asked anew.
 */
export class ConsentedChecker implements Checker {
  readonly #parts: ConsentedCheckerParts;
  readonly #asked = new Map<string, Promise<CheckAnswer>>();

  constructor(parts: ConsentedCheckerParts) {
    this.#parts = parts;
  }

  async prepare(request: CheckRequest, signal: AbortSignal): Promise<PreparedChecks> {
    const { checker, agreements } = this.#parts;
    if (this.#parts.isOff()) return nothingToRun();
    const folder = this.#parts.folderOf(request.target.uri);
    if (folder === undefined) return nothingToRun();
    if (!this.#parts.isTrusted())
      return nothingToRun("Nothing is checked: this folder is not trusted.");
    if (agreements.isRefused(folder)) return nothingToRun();
    const prepared = await checker.prepare(request, signal);
    const allowed = agreements.allowed(folder);
    const isAllowed = prepared.programs.every((program) => allowed.includes(program));
    if (prepared.checks.length === 0 || isAllowed) return prepared;
    try {
      const answer = await untilAborted(this.#answer(folder, prepared.programs), signal);
      if (answer === "yes") return prepared;
    } catch (thrown) {
      await prepared.dispose();
      throw thrown;
    }
    await prepared.dispose();
    return nothingToRun();
  }

  /**
   * One question at a time for a folder and what is to be run; a late answer counts for the next
   * time.
   */
  #answer(folder: string, programs: readonly string[]): Promise<CheckAnswer> {
    const key = JSON.stringify([folder, programs]);
    const known = this.#asked.get(key);
    if (known !== undefined) return known;
    const asked = this.#askAndKeep(folder, programs).finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }

  async #askAndKeep(folder: string, programs: readonly string[]): Promise<CheckAnswer> {
    const { agreements } = this.#parts;
    const answer = await this.#parts.ask(folder, programs);
    if (answer === "yes") await agreements.allow(folder, programs);
    if (answer === "never") await agreements.refuse(folder);
    return answer;
  }
}

/** @param why as a sentence; absent: the person knows, or nobody needs to. */
export function nothingToRun(why?: string): PreparedChecks {
  return {
    checks: [],
    programs: [],
    unchecked: why === undefined ? [] : [why],
    run: async (id) => {
      throw new Error(`no check ${id}`);
    },
    dispose: async () => {},
  };
}
