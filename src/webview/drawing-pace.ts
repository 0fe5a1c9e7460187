/** So much of the page's time may go into drawing in the long run: the processor is the model's. */
const share = 1 / 36;
/**
 * What may be drawn at once before that counts, in milliseconds: the first seconds of a text come
 * as smoothly as they can.
 */
const mostCreditMs = 500;
/**
 * However long a drawing takes, the next one comes: a text that stands still looks like a model
 * that does.
 */
const longestPauseMs = 240;

/**
 * Draws when asked, at most once a frame. What flows on by itself is drawn less often where drawing
 * takes long, as on a slow machine or one without a graphics card; nobody reads ten times a second.
 */
export class DrawingPace {
  readonly #draw: () => void;
  readonly #drawn = new MessageChannel();
  #creditMs = mostCreditMs;
  #countedAt = performance.now();
  #beganAt = 0;
  #pause: number | undefined;
  /** A frame is waited for, or was drawn and its cost is not known yet. */
  #stage: "idle" | "waiting" | "drawn" = "idle";
  /** What was asked for since it was drawn: whether it flows. */
  #asked: boolean | undefined;

  constructor(draw: () => void) {
    this.#draw = draw;
    this.#drawn.port1.onmessage = () => this.#count(performance.now() - this.#beganAt);
  }

  /** @param flows nobody waits for this very piece. */
  ask(flows: boolean): void {
    if (this.#stage === "waiting") return;
    if (this.#stage === "drawn") {
      this.#asked = flows && this.#asked !== false;
      return;
    }
    const pauseMs = flows ? this.#pauseMs() : 0;
    if (pauseMs > 0) {
      this.#pause ??= window.setTimeout(() => this.#askFrame(), pauseMs);
      return;
    }
    this.#askFrame();
  }

  #askFrame(): void {
    clearTimeout(this.#pause);
    this.#pause = undefined;
    this.#stage = "waiting";
    requestAnimationFrame(() => {
      this.#stage = "drawn";
      this.#beganAt = performance.now();
      // Arrives when the browser has laid out and painted what is drawn.
      this.#drawn.port2.postMessage(undefined);
      this.#draw();
    });
  }

  #count(spentMs: number): void {
    const now = performance.now();
    const earnedMs = (now - this.#countedAt) * share;
    this.#countedAt = now;
    // A debt that takes longer to pay than the longest pause is forgiven.
    this.#creditMs = Math.max(
      Math.min(this.#creditMs + earnedMs, mostCreditMs) - spentMs,
      -longestPauseMs * share,
    );
    this.#stage = "idle";
    const asked = this.#asked;
    this.#asked = undefined;
    if (asked !== undefined) this.ask(asked);
  }

  #pauseMs(): number {
    const sinceMs = performance.now() - this.#countedAt;
    return -this.#creditMs / share - sinceMs;
  }
}
