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
 * What reading and writing a token take on this machine with the model that is loaded. Where the
 * weights' way from memory is what takes the time, a token that is read in the same step costs next
 * to nothing; where it is arithmetic, as on few cores, nearly as much as a step of its own, and a
 * draft is worth less the more are written at once.
 */
export class WritingPace {
  #readMs: number | undefined;
  readonly #plain = new Pace();
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
