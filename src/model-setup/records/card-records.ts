import type { KeptValues } from "../../core/kept-values";
import type { Connection } from "../../core/model/connection";
import { type ModelCard, parseModelCard } from "../../protocol/model-card";

const cardsKey = "thinkaloud.modelCards";
const offeredKey = "thinkaloud.modelCardsOffered";
/** Models that were looked at longest ago are forgotten first. */
const rememberedModels = 50;

/** Keeps what was found out about models, on this machine. */
export class CardRecords {
  readonly #kept: KeptValues;

  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  of(endpoint: string, model: string): ModelCard | undefined {
    return this.#all().findLast((card) => card.endpoint === endpoint && card.model === model);
  }

  /** The same connection, with what was found out about its thinking. */
  withFound(connection: Connection): Connection {
    const off = this.of(connection.model.endpoint, connection.name)?.off;
    return off === undefined || off === "request"
      ? connection
      : { ...connection, thinkingOff: off };
  }

  async keep(card: ModelCard): Promise<void> {
    const others = this.#all().filter(
      ({ endpoint, model }) => endpoint !== card.endpoint || model !== card.model,
    );
    await this.#kept.update(cardsKey, [...others, card].slice(-rememberedModels));
  }

  /**
   * @returns whether this is the first time that the model could be looked at; once told it never
   * is again.
   */
  async isNew(model: string): Promise<boolean> {
    const stored = this.#kept.get(offeredKey);
    const offered = Array.isArray(stored) ? stored.filter((each) => typeof each === "string") : [];
    if (offered.includes(model)) return false;
    await this.#kept.update(offeredKey, [...offered, model].slice(-rememberedModels));
    return true;
  }

  #all(): readonly ModelCard[] {
    const stored = this.#kept.get(cardsKey);
    return Array.isArray(stored) ? stored.flatMap((each) => parseModelCard(each) ?? []) : [];
  }
}
