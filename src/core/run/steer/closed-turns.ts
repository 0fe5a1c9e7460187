import type { Connection } from "../../model/connection";
import type { LanguageModel } from "../../model/language-model";

/**
 * Models by name whose template ends the model's turn although the turn is given, by who runs them.
 */
const known = new WeakMap<LanguageModel, Set<string>>();

/** Whether the model was seen to begin anew where it should have gone on from what it was given. */
export function closesItsTurns({ model, name }: Connection): boolean {
  return known.get(model)?.has(name) ?? false;
}

export function learnThatItClosesTurns({ model, name }: Connection): void {
  const names = known.get(model) ?? new Set();
  known.set(model, names.add(name));
}
