import { fullName } from "../cloud-models";
import type { ModelDetails } from "../language-model";

interface Known {
  details?: ModelDetails;
  /** Although it is listed as able to. */
  refusesToThink?: boolean;
  /** How its thoughts arrived. */
  arrival?: "field" | "marks";
}

/** What a server told of its models, or showed of them, since it was reached. */
export class KnownModels {
  readonly #byName = new Map<string, Known>();

  /** To be read and added to. */
  of(model: string): Known {
    const name = fullName(model);
    const known = this.#byName.get(name) ?? {};
    this.#byName.set(name, known);
    return known;
  }

  /** The model is another one from now on, or none. */
  forget(model: string): void {
    this.#byName.delete(fullName(model));
  }
}
