import { isRecord } from "../base/guards";
import type { ModelRecords } from "../core/model/model-records";
import { type TokenCount, withCount } from "../core/prompt/budget/token-counts";
import { type FormOutcome, withOutcome } from "../core/prompt/form-memory";
import { type PaceMeasure, withMeasure } from "../core/run/attempts/model-pace";

/** Models that were not used for longest are forgotten first. */
const rememberedModels = 50;

/** What is kept under one key. */
interface Kind<Entry> {
  readonly key: string;
  readonly isEntry: (value: unknown) => value is Entry;
  /** The list with one more, as short as it is to be. */
  readonly added: (before: readonly Entry[], entry: Entry) => readonly Entry[];
}

/** Which forms of edits each model manages. */
export const formOutcomes: Kind<FormOutcome> = {
  key: "thinkaloud.formOutcomes",
  isEntry: isOutcome,
  added: withOutcome,
};
/** How fast each model writes. */
export const paces: Kind<PaceMeasure> = {
  key: "thinkaloud.paces",
  isEntry: isMeasure,
  added: withMeasure,
};
/** How each model cuts text into tokens. */
export const tokenCounts: Kind<TokenCount> = {
  key: "thinkaloud.tokenCounts",
  isEntry: isCountPair,
  added: withCount,
};

/** Values by name that outlive the process. Must be of this machine: not synchronised. */
export interface RecordStore {
  get(key: string): unknown;
  update(key: string, value: unknown): PromiseLike<void>;
}

/** Remembers something of each model on this machine. */
export class StoredRecords<Entry> implements ModelRecords<Entry> {
  readonly #store: RecordStore;
  readonly #kind: Kind<Entry>;

  constructor(store: RecordStore, kind: Kind<Entry>) {
    this.#store = store;
    this.#kind = kind;
  }

  of(model: string): readonly Entry[] {
    return this.#all().get(model) ?? [];
  }

  add(model: string, entry: Entry): void {
    const all = this.#all();
    const own = this.#kind.added(all.get(model) ?? [], entry);
    all.delete(model);
    all.set(model, own);
    const kept = [...all].slice(-rememberedModels);
    // What cannot be kept is no loss that anyone should hear of.
    this.#store.update(this.#kind.key, kept).then(undefined, () => {});
  }

  #all(): Map<string, readonly Entry[]> {
    const stored = this.#store.get(this.#kind.key);
    const isOwn = (value: unknown): value is [string, Entry[]] =>
      Array.isArray(value) &&
      typeof value[0] === "string" &&
      Array.isArray(value[1]) &&
      value[1].every(this.#kind.isEntry);
    return new Map(Array.isArray(stored) ? stored.filter(isOwn) : []);
  }
}

const forms: readonly unknown[] = ["blocks", "function", "file"] satisfies FormOutcome["form"][];

function isOutcome(value: unknown): value is FormOutcome {
  return isRecord(value) && forms.includes(value["form"]) && typeof value["worked"] === "boolean";
}

function isMeasure(value: unknown): value is PaceMeasure {
  if (!isRecord(value)) return false;
  const { tokens, ms, thoughtTokens = 0 } = value;
  return [tokens, ms, thoughtTokens].every((each) => typeof each === "number");
}

function isCountPair(value: unknown): value is TokenCount {
  return (
    isRecord(value) &&
    typeof value["estimated"] === "number" &&
    typeof value["counted"] === "number" &&
    ["string", "undefined"].includes(typeof value["kind"])
  );
}
