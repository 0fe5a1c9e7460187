import type { RunMetrics } from "../../../protocol/run-events";
import { addMetrics } from "../metrics";

/**
 * What the requests of one chat took together. A request that is left tells no counts of its own,
 * so its tokens are counted here.
 */
export class RequestCounts {
  #metrics: RunMetrics = {};
  #tokens = 0;
  #firstAt: number | undefined;

  get metrics(): RunMetrics {
    return this.#metrics;
  }

  /** A request begins. */
  begin(): void {
    this.#tokens = 0;
    this.#firstAt = undefined;
  }

  /** The request brought this text. */
  came(text: string): void {
    this.#tokens += tokensIn(text);
    this.#firstAt ??= performance.now();
  }

  /** The request is left before its end. */
  leave(): void {
    if (this.#firstAt === undefined) return;
    this.end({ answerTokens: this.#tokens, answerMs: performance.now() - this.#firstAt });
  }

  /** The prompt was read once, whatever the requests that took the first one's place count. */
  end(metrics: RunMetrics): void {
    const { promptTokens = metrics.promptTokens } = this.#metrics;
    const sum = addMetrics(this.#metrics, metrics);
    this.#metrics = promptTokens === undefined ? sum : { ...sum, promptTokens };
  }
}

/**
 * Tokens in a piece of a stream: a server gives one at a time, or a few; no token is much longer
 * than this.
 */
export function tokensIn(text: string): number {
  return text.length <= 24 ? 1 : Math.ceil(text.length / 4);
}
