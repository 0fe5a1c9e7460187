/**
 * Of answers after a first one that would not do, about so many will: of 27 programs that a 1.5B
 * model got wrong at first, up to eight more answers put 8 right.
 */
const chanceOfOne = 0.1;
/** Fewer tokens tell little of their pace. */
const leastTokens = 8;
/** What is less likely is not read ahead. */
const likely = 0.5;
/**
 * A draft that did not pay is tried again when it could have been for so many steps: the machine
 * may have been busy.
 */
const triedAgainAfter = 100;

/**
 * What reading and writing a token take on this machine with the model that is loaded. From the two
 * follows what writing several answers at once costs until that was seen: a step with `n` tokens
 * takes as long as one, and for each further token as long as one that is read. Where the weights'
 * way from memory is what takes the time, that is next to nothing; where it is arithmetic, as on
 * few cores, it is nearly as much as a step of its own, and a draft is worth less the more are
 * written at once.
 */
export class WritingPace {
  #readMs: number | undefined;
  readonly #plain = new Pace();
  /** What a token of an answer took, by how many were written at once. */
  readonly #answers = new Map<number, number>();
  #drafted = new Pace();
  #passedOver = 0;

  read(tokens: number, tookMs: number): void {
    if (tokens >= leastTokens) this.#readMs = mean(this.#readMs, tookMs / tokens);
  }

  /** A step of one answer alone. @param tokens what it wrote; more than one only with a draft. */
  wrote(tokens: number, withDraft: boolean, tookMs: number): void {
    (withDraft ? this.#drafted : this.#plain).add(tokens, tookMs);
  }

  /**
   * Whole answers, one with its drafts, or several at once.
   *
   * @param tokens what all of them wrote.
   */
  answered(writers: number, tokens: number, tookMs: number): void {
    if (tokens < leastTokens) return;
    this.#answers.set(writers, mean(this.#answers.get(writers), tookMs / tokens));
  }

  /**
   * How many answers at once lead to the first good one soonest: one after the other, those behind
   * it need not be written at all.
   * @param most there is room for so many; also the answer where nothing was measured.
   */
  writers(most: number): number {
    const readMs = this.#readMs;
    const writeMs = this.#plain.eachMs;
    if (readMs === undefined || writeMs === undefined) return most;
    const aloneMs = this.#answers.get(1) ?? writeMs;
    let best = { count: 1, cost: 1 };
    for (let count = 2; count <= most; count++) {
      const eachMs = this.#answers.get(count);
      const stepMs = eachMs === undefined ? writeMs + (count - 1) * readMs : count * eachMs;
      const inTurn = (1 - (1 - chanceOfOne) ** count) / chanceOfOne;
      const cost = stepMs / (aloneMs * inTurn);
      if (cost < best.cost) best = { count, cost };
    }
    return best.count;
  }

  /**
   * How many tokens of a draft are read ahead: the likely ones, as long as steps with drafts are
   * seen to write faster than those without. None where nothing was measured.
   * @param chances for each token, how likely it and all before it are right.
   * @param mostMs what reading them may take: a step cannot be interrupted.
   * @param texts so many are written in the same step, each with a draft. What a step takes by
   *   itself they share, so that a token that is read in vain costs more of what one takes.
   */
  ahead(chances: readonly number[], mostMs: number, texts = 1): number {
    const [plain, drafted] = [this.#plain.eachMs, this.#drafted.eachMs];
    const readMs = this.#readMs;
    if (readMs === undefined || plain === undefined) return 0;
    const pays = readMs / (readMs + Math.max(0, plain - readMs) / texts);
    const least = Math.max(likely, pays);
    const likelyOnes = chances.filter((chance) => chance > least).length;
    const count = Math.min(likelyOnes, Math.floor(mostMs / readMs / texts));
    if (count === 0) return 0;
    if (drafted === undefined || drafted < plain) return count;
    if (++this.#passedOver <= triedAgainAfter) return 0;
    this.#passedOver = 0;
    this.#drafted = new Pace();
    return count;
  }
}

/** What a token takes, told in stretches that are long enough to say something. */
class Pace {
  eachMs: number | undefined;
  #tokens = 0;
  #tookMs = 0;

  add(tokens: number, tookMs: number): void {
    this.#tokens += tokens;
    this.#tookMs += tookMs;
    if (this.#tokens < leastTokens) return;
    this.eachMs = mean(this.eachMs, this.#tookMs / this.#tokens);
    this.#tokens = 0;
    this.#tookMs = 0;
  }
}

/**
 * The newest counts as much as all before it: a machine that was busy is known as a free one soon.
 */
function mean(before: number | undefined, each: number): number {
  return before === undefined ? each : (before + each) / 2;
}
