import type { ThoughtEnd } from "../../../protocol/run-events";
import { estimateTokens } from "../../prompt/budget/token-estimate";
import { tokensIn } from "./request-counts";
import type { ThinkingLimit } from "./thinking-budget";

/** Left of the window when even a longer thought makes no sense. */
const leastFurtherTokens = 32;

/** Tokens of so many that may be counted otherwise here than there: pieces may be two, or none. */
const miscountedOf = (tokens: number): number => Math.ceil(tokens / 20) + 4;

/** The room that a thought has: tokens, and time from its first word. */
export class ThoughtRoom {
  readonly #first: ThinkingLimit;
  readonly #timeUp: () => void;
  #limit: ThinkingLimit;
  #tokens = 0;
  /** All the time that it was given. */
  #givenMs: number;
  #clock: ReturnType<typeof setTimeout> | undefined;

  constructor(limit: ThinkingLimit, timeUp: () => void) {
    this.#first = limit;
    this.#limit = limit;
    this.#givenMs = limit.ms ?? 0;
    this.#timeUp = timeUp;
  }

  get limit(): ThinkingLimit {
    return this.#limit;
  }

  /** Taken so far. */
  get tokens(): number {
    return this.#tokens;
  }

  /** A thought that was given counts as if it had been thought. */
  given(thought: string): void {
    this.#tokens = estimateTokens(thought);
  }

  came(text: string): void {
    this.#tokens += tokensIn(text);
  }

  /**
   * What has used up the tokens; undefined while some are left.
   * @param serverEndsAfter tokens after which the server is to end the thought itself: it is left
   * the time to, and ended here where it does not.
   */
  usedUpBy(serverEndsAfter: number | undefined): ThoughtEnd | undefined {
    const most =
      serverEndsAfter === undefined ? 0 : serverEndsAfter + miscountedOf(serverEndsAfter);
    if (this.#tokens < Math.max(most, this.#limit.tokens)) return undefined;
    return this.#limit.isWindow ? "window" : "budget";
  }

  /** Whether a thought that is over was ended by the server, as far as the tokens tell. */
  wasEndedAfter(serverEndsAfter: number | undefined): boolean {
    if (serverEndsAfter === undefined) return false;
    return this.#tokens >= serverEndsAfter - miscountedOf(serverEndsAfter);
  }

  startClock(): void {
    this.stopClock();
    const { ms } = this.#limit;
    if (ms !== undefined) this.#clock = setTimeout(this.#timeUp, Math.min(ms, 2 ** 31 - 1));
  }

  stopClock(): void {
    clearTimeout(this.#clock);
  }

  /** Whether the window has room for a longer thought. */
  mayGrow(windowTokens: number): boolean {
    return windowTokens - this.#tokens >= leastFurtherTokens;
  }

  /**
   * As much again as there was until now, within the window: who wants more than a small budget
   * again and again gets there soon. 5 s become 10, 20 and 40.
   */
  grow(windowTokens: number): void {
    const more = Math.max(this.#first.tokens, this.#tokens);
    const tokens = Math.min(this.#tokens + more, windowTokens);
    const isWindow = this.#first.isWindow || tokens === windowTokens;
    this.#limit = { ...this.#first, tokens, isWindow };
    if (this.#first.ms === undefined) return;
    this.#limit = { ...this.#limit, ms: this.#givenMs };
    this.#givenMs *= 2;
  }
}
