import type { Memento } from "vscode";
import { isRecord } from "../../base/guards";
import { type TokenCount, type TokenCountMemory, withCount } from "../../core/prompt/token-counts";

const key = "thinkaloud.tokenCounts";
/** Models that were not used for longest are forgotten first. */
const rememberedModels = 50;

/** Remembers on this machine how each model cuts text into tokens. The memento must be one that is not synchronised. */
export class TokenCountRecords implements TokenCountMemory {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  measured(model: string): readonly TokenCount[] {
    return this.#all().get(model) ?? [];
  }

  add(model: string, count: TokenCount): void {
    const all = this.#all();
    const own = withCount(all.get(model) ?? [], count);
    all.delete(model);
    all.set(model, own);
    const kept = [...all].slice(-rememberedModels);
    // What cannot be kept is no loss that anyone should hear of.
    this.#memento.update(key, kept).then(undefined, () => {});
  }

  #all(): Map<string, readonly TokenCount[]> {
    const stored = this.#memento.get<unknown>(key);
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  }
}

function isEntry(value: unknown): value is [string, TokenCount[]] {
  if (!Array.isArray(value)) return false;
  const [model, counts] = value;
  return typeof model === "string" && Array.isArray(counts) && counts.every(isCountPair);
}

function isCountPair(value: unknown): value is TokenCount {
  return (
    isRecord(value) &&
    typeof value["estimated"] === "number" &&
    typeof value["counted"] === "number"
  );
}
