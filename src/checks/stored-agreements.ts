import { isRecord } from "../base/guards";
import type { KeptValues } from "../core/kept-values";
import type { CheckAgreements } from "./consented-checker";

const key = "thinkaloud.checkAgreements";

interface Agreement {
  readonly programs: readonly string[];
  readonly refused: boolean;
}

/** What may be run where, on this machine; a folder's own files have no say in it. */
export class StoredCheckAgreements implements CheckAgreements {
  readonly #kept: KeptValues;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  allowed(folder: string): readonly string[] {
    return this.#of(folder).programs;
  }

  isRefused(folder: string): boolean {
    return this.#of(folder).refused;
  }

  async allow(folder: string, programs: readonly string[]): Promise<void> {
    const all = [...new Set([...this.allowed(folder), ...programs])];
    await this.#keep(folder, { programs: all, refused: false });
  }

  async refuse(folder: string): Promise<void> {
    await this.#keep(folder, { programs: [], refused: true });
  }

  /** Asks again, everywhere. */
  async forget(): Promise<void> {
    await this.#kept.update(key, undefined);
  }

  #of(folder: string): Agreement {
    const stored = this.#stored()[folder];
    if (typeof stored !== "object" || stored === null) return { programs: [], refused: false };
    const { programs, refused } = stored as Partial<Record<keyof Agreement, unknown>>;
    return {
      programs: Array.isArray(programs)
        ? programs.filter((each): each is string => typeof each === "string")
        : [],
      refused: refused === true,
    };
  }

  async #keep(folder: string, agreement: Agreement): Promise<void> {
    await this.#kept.update(key, { ...this.#stored(), [folder]: agreement });
  }

  #stored(): Readonly<Record<string, unknown>> {
    const stored = this.#kept.get(key);
    return isRecord(stored) ? stored : {};
  }
}
