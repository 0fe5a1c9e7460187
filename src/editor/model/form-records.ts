import type { Memento } from "vscode";
import { type FormMemory, type FormOutcome, withOutcome } from "../../core/prompt/form-memory";

const key = "thinkaloud.formOutcomes";
/** Models that were not used for longest are forgotten first. */
const rememberedModels = 50;
const forms: readonly string[] = [
  "blocks",
  "function",
  "file",
] satisfies readonly FormOutcome["form"][];

/** Remembers on this machine which forms of edits each model manages. The memento must be one that is not synchronised. */
export class FormRecords implements FormMemory {
  readonly #memento: Memento;

  constructor(memento: Memento) {
    this.#memento = memento;
  }

  outcomes(model: string): readonly FormOutcome[] {
    return this.#all().get(model) ?? [];
  }

  add(model: string, outcome: FormOutcome): void {
    const all = this.#all();
    const own = withOutcome(all.get(model) ?? [], outcome);
    all.delete(model);
    all.set(model, own);
    const kept = [...all].slice(-rememberedModels);
    // What cannot be kept is no loss that anyone should hear of.
    this.#memento.update(key, kept).then(undefined, () => {});
  }

  #all(): Map<string, readonly FormOutcome[]> {
    const stored = this.#memento.get<unknown>(key);
    if (!Array.isArray(stored)) return new Map();
    return new Map(stored.filter(isEntry));
  }
}

function isEntry(value: unknown): value is [string, FormOutcome[]] {
  return (
    Array.isArray(value) &&
    typeof value[0] === "string" &&
    Array.isArray(value[1]) &&
    value[1].every(isOutcome)
  );
}

function isOutcome(value: unknown): value is FormOutcome {
  if (typeof value !== "object" || value === null) return false;
  const { form, worked } = value as Record<string, unknown>;
  return typeof form === "string" && forms.includes(form) && typeof worked === "boolean";
}
