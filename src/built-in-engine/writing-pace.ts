/** Of answers after a first one that would not do, about so many will. */
const chanceOfOne = 0.25;
/** A gain that is smaller is less than what is not counted: each answer's own choice among all words, and the noise. */
const worthwhile = 0.9;
/** Fewer tokens tell little of their pace. */
const leastTokens = 8;

/**
 * What reading and writing a token take on this machine with the model that is loaded. From the two follows what writing several answers
 * at once costs: a step with `n` tokens takes as long as one, and for each further token as long as one that is read. Where the
 * weights' way from memory is what takes the time, that is next to nothing; where it is arithmetic, as on few cores, it is nearly as
 * much as a step of its own.
 */
export class WritingPace {
  #readMs: number | undefined;
  #writeMs: number | undefined;

  read(tokens: number, tookMs: number): void {
    this.#readMs = mean(this.#readMs, tokens, tookMs);
  }

  /** One answer alone. */
  wrote(tokens: number, tookMs: number): void {
    this.#writeMs = mean(this.#writeMs, tokens, tookMs);
  }

  /**
   * How many answers at once lead to the first good one soonest: one after the other, those behind it need not be written at all.
   * @param most there is room for so many; also the answer where nothing was measured.
   */
  writers(most: number): number {
    if (this.#readMs === undefined || this.#writeMs === undefined) return most;
    const further = this.#readMs / this.#writeMs;
    let best = { count: 1, cost: worthwhile };
    for (let count = 2; count <= most; count++) {
      const together = 1 + (count - 1) * further;
      const inTurn = (1 - (1 - chanceOfOne) ** count) / chanceOfOne;
      const cost = together / inTurn;
      if (cost < best.cost) best = { count, cost };
    }
    return best.count;
  }
}

/** The newest counts as much as all before it: a machine that was busy is known as a free one soon. */
function mean(before: number | undefined, tokens: number, tookMs: number): number | undefined {
  if (tokens < leastTokens) return before;
  const each = tookMs / tokens;
  return before === undefined ? each : (before + each) / 2;
}
