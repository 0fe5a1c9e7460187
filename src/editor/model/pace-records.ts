import type { Memento } from "vscode";
import { isRecord } from "../../base/guards";
import { type PaceMeasure, type PaceMemory, withMeasure } from "../../core/run/model-pace";

const key = "thinkaloud.paces";
/** Models that were not used for longest are forgotten first. */
const rememberedModels = 50;

/** Remembers on this machine how fast each model writes. The memento must be one that is not synchronised. */
export class PaceRecords implements PaceMemory {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  measured(model: string): readonly PaceMeasure[] {
    return this.#all().get(model) ?? [];
  }

  add(model: string, measure: PaceMeasure): void {
    const all = this.#all();
    const own = withMeasure(all.get(model) ?? [], measure);
    all.delete(model);
    all.set(model, own);
    const kept = [...all].slice(-rememberedModels);
    // What cannot be kept is no loss that anyone should hear of.
    this.#memento.update(key, kept).then(undefined, () => {});
  }

  #all(): Map<string, readonly PaceMeasure[]> {
    const stored = this.#memento.get<unknown>(key);
    return new Map(Array.isArray(stored) ? stored.filter(isEntry) : []);
  }
}

function isEntry(value: unknown): value is [string, PaceMeasure[]] {
  if (!Array.isArray(value)) return false;
  const [model, measures] = value;
  return typeof model === "string" && Array.isArray(measures) && measures.every(isMeasure);
}

function isMeasure(value: unknown): value is PaceMeasure {
  if (!isRecord(value)) return false;
  const { tokens, ms, thoughtTokens = 0 } = value;
  return [tokens, ms, thoughtTokens].every((each) => typeof each === "number");
}
