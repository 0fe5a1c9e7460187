import type { LlamaSequence, Token } from "../runtime";
import { draftAt } from "./draft";
import { inOrder } from "./window-order";
import type { TokenSource, Writing } from "./write-tokens";

/**
 * A text that has a window of the model for itself. Where it repeats what stands further up, the
 * tokens that are likely to come are read in the same step, and as many of them are taken as the
 * model chose itself (speculative decoding): the text is the one that comes without a draft.
 */
export class OwnWindow implements TokenSource {
  readonly #sequence: LlamaSequence;
  readonly #writing: Writing;

  constructor(sequence: LlamaSequence, writing: Writing) {
    this.#sequence = sequence;
    this.#writing = writing;
  }

  get length(): number {
    return this.#sequence.nextTokenIndex;
  }

  async next(fed: readonly Token[]): Promise<Token[]> {
    const { sampling, pace, isAlone } = this.#writing;
    const place = this.length + fed.length;
    const draft = draftAt(this.#writing, this.#sequence, place);
    const tellsPace = fed.length === 1 && isAlone();
    const asked = [...fed.slice(-1), ...draft].map((token, at) => {
      const options = sampling(place + at, draft.slice(0, at));
      return [token, { generateNext: { token: true, options } }] as const;
    });
    const startedAt = performance.now();
    const input = [...fed.slice(0, -1), ...asked];
    const outcomes = await this.#sequence.controlledEvaluate(input, inOrder(this.#sequence));
    const tookMs = performance.now() - startedAt;
    const chosen: Token[] = [];
    for (const outcome of outcomes.slice(fed.length - 1)) {
      const token = outcome?.next.token;
      if (token === undefined || token === null) throw new Error("the model chose no token");
      chosen.push(token);
      if (token !== draft[chosen.length - 1]) break;
    }
    await this.cutTo(place + chosen.length - 1);
    if (tellsPace) pace.wrote(chosen.length, draft.length > 0, tookMs);
    return chosen;
  }

  async cutTo(length: number): Promise<void> {
    const { nextTokenIndex: end } = this.#sequence;
    if (end > length) await this.#sequence.eraseContextTokenRanges([{ start: length, end }]);
  }
}
