import type { LlamaSequence, Token } from "../runtime";
import { askedChoices, type Choices, chanceAt, choicesOf, chosenFrom } from "./choices";
import { draftAt } from "./draft";
import { inOrder } from "./window-order";
import type { TokenSource, Writing } from "./write-tokens";

/** Fewer tokens are read about as soon as a window is copied. */
const worthCopying = 8;

/** What was computed behind a text. */
interface Known {
  choices?: Choices;
  readonly next: Map<Token, Known>;
}

/**
 * Several answers to one prompt that are written at the same time, and take each step together, so
 * that the weights are read from memory once for all of them. What they have in common is computed
 * once: most give the same function back, and differ in a line. An answer has no window of its own.
 * In each step the texts that differ stand in the first windows, one in each, as windows with a gap
 * between them would be computed one after the other.
 *
 *     two answers "a b c d" and "a b x d": five tokens are computed instead of eight
 */
export class SharedAnswers {
  readonly #windows: readonly LlamaSequence[];
  readonly #begun: readonly Token[];
  readonly #known: Known = { next: new Map() };
  #writers: number;
  #waiting: Waiting[] = [];

  /**
   * @param prompt is read in one of the windows, but for its last token.
   * @param writers so many answers at a time, at most as many as there are windows.
   */
  constructor(windows: readonly LlamaSequence[], prompt: readonly Token[], writers: number) {
    const placeOf = ({ _sequenceId: place = 0 }: LlamaSequence): number => place;
    this.#windows = [...windows].sort((one, other) => placeOf(one) - placeOf(other));
    this.#begun = prompt.slice(0, -1);
    this.#writers = writers;
  }

  /** @param seed of the answer: with another one, another is written. */
  answer(writing: Writing, seed: number): TokenSource {
    return new SharedText(this.#begun, this.#known, writing, seed, (text) => this.#wait(text));
  }

  /** One writer has no more answers to write: the others do not wait for it. */
  leave(): void {
    this.#writers--;
    this.#goOn();
  }

  async #wait(text: SharedText): Promise<void> {
    await new Promise<void>((begin) => {
      this.#waiting.push({ text, begin });
      this.#goOn();
    });
  }

  #goOn(): void {
    if (this.#waiting.length === 0 || this.#waiting.length < this.#writers) return;
    const waiting = this.#waiting;
    this.#waiting = [];
    const texts = new Map(waiting.map(({ text }) => [text.known, text]));
    const read = this.#read([...texts.values()]);
    for (const { begin } of waiting) begin(read);
  }

  async #read(texts: readonly SharedText[]): Promise<void> {
    const windows = await this.#windowsFor(texts);
    const drafts = [...windows].map(([{ writing, length }, window]) =>
      draftAt(writing, window, length, texts.length),
    );
    // Windows are computed together as far as each has as many tokens: one of three windows took
    // 172 ms, and with two more in the last of them 306.
    const common = Math.min(...drafts.map(({ length }) => length));
    // Where one fails, the others have to be at rest before somebody else uses their windows.
    const reads = await Promise.allSettled(
      [...windows].map(([text, window], at) => text.readIn(window, drafts[at]?.slice(0, common))),
    );
    for (const read of reads) if (read.status === "rejected") throw read.reason;
  }

  async #windowsFor(texts: readonly SharedText[]): Promise<Map<SharedText, LlamaSequence>> {
    const pairs = texts
      .flatMap((text) =>
        this.#windows
          .slice(0, texts.length)
          .map((window) => ({ text, window, held: text.heldIn(window) })),
      )
      .sort((one, other) => other.held - one.held);
    const windows = new Map<SharedText, LlamaSequence>();
    const taken = new Set<LlamaSequence>();
    for (const { text, window } of pairs) {
      if (windows.has(text) || taken.has(window)) continue;
      windows.set(text, window);
      taken.add(window);
    }
    for (const [text, window] of windows) {
      const [fullest = window] = this.#windows.toSorted(
        (one, other) => text.heldIn(other) - text.heldIn(one),
      );
      const held = text.heldIn(fullest);
      if (held - text.heldIn(window) >= worthCopying) await takeOver(fullest, window, held);
    }
    return windows;
  }
}

interface Waiting {
  readonly text: SharedText;
  /** Its step is being taken. */
  readonly begin: (step: Promise<void>) => void;
}

class SharedText implements TokenSource {
  readonly writing: Writing;
  readonly tokens: Token[];
  /** What is known behind each of the tokens that are not of the prompt, and behind the prompt. */
  readonly #way: Known[];
  readonly #seed: number;
  readonly #step: (text: SharedText) => Promise<void>;

  constructor(
    begun: readonly Token[],
    known: Known,
    writing: Writing,
    seed: number,
    step: (text: SharedText) => Promise<void>,
  ) {
    this.tokens = [...begun];
    this.#way = [known];
    this.writing = writing;
    this.#seed = seed;
    this.#step = step;
  }

  get length(): number {
    return this.tokens.length;
  }

  get known(): Known {
    const known = this.#way.at(-1);
    if (known === undefined) throw new Error("the text was cut into its prompt");
    return known;
  }

  async next(fed: readonly Token[]): Promise<Token[]> {
    for (const token of fed) {
      this.#way.push(behind(this.known, token));
      this.tokens.push(token);
    }
    if (this.known.choices === undefined) await this.#step(this);
    return [chosenFrom(this.known.choices ?? [], chanceAt(this.#seed, this.length))];
  }

  async cutTo(length: number): Promise<void> {
    this.#way.length -= this.tokens.length - length;
    this.tokens.length = length;
  }

  /** So many of its first tokens need not be read in this window. The last one is read anew. */
  heldIn(window: LlamaSequence): number {
    const { firstDifferentIndex } = window.compareContextTokens(this.tokens);
    return Math.min(firstDifferentIndex, window.nextTokenIndex, this.tokens.length - 1);
  }

  /** Computes what comes behind it, and behind each token of a draft. */
  async readIn(window: LlamaSequence, draft: readonly Token[] = []): Promise<void> {
    const held = this.heldIn(window);
    const { nextTokenIndex: end } = window;
    if (held < end) await window.eraseContextTokenRanges([{ start: held, end }]);
    // More may have been dropped, where a model's state cannot be cut anywhere.
    const unread = this.tokens.slice(window.nextTokenIndex);
    const asked = [...unread.slice(-1), ...draft].map((token, at) => {
      const options = this.writing.sampling(this.length + at, draft.slice(0, at));
      return [token, { generateNext: askedChoices(options) }] as const;
    });
    const input = [...unread.slice(0, -1), ...asked];
    const outcomes = await window.controlledEvaluate(input, inOrder(window));
    let known = this.known;
    for (const [at, outcome] of outcomes.slice(unread.length - 1).entries()) {
      const token = draft[at - 1];
      if (token !== undefined) known = behind(known, token);
      known.choices = choicesOf(outcome?.next);
    }
  }
}

function behind(known: Known, token: Token): Known {
  const next = known.next.get(token) ?? { next: new Map() };
  known.next.set(token, next);
  return next;
}

/** What could not be copied is read once more. */
async function takeOver(from: LlamaSequence, to: LlamaSequence, upTo: number): Promise<void> {
  const isCopied = await to._copyStateFromOtherSequence?.(from, upTo);
  if (isCopied === false) await to.clearHistory();
}
