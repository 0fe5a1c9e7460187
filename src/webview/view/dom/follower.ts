/** This close to the end counts as being there. */
const slackPx = 24;

/**
 * Keeps a scrolling box at its end while text grows, but only as long as the person is there:
 * scrolling up lets go, coming back to the end (or {@link jump}) takes hold again. What a click
 * unfolds is shown as far as the clicked button stays in sight.
 */
export class Follower {
  readonly #box: HTMLElement;
  readonly #onMove: () => void;
  readonly #sizes: ResizeObserver;
  #following = true;
  #lastTop = 0;
  /** Where it is to stand, once so much is there. */
  #wanted: (() => number | undefined) | undefined;
  /** The button that was clicked just now: what grows with it is its doing. */
  #clicked: Element | undefined;

  /** @param onMove it follows or lets go, or the person has moved it while it does not follow. */
  constructor(box: HTMLElement, content: HTMLElement, onMove: () => void) {
    this.#box = box;
    this.#onMove = onMove;
    box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // What is still to come must not pull it away under the person's hands.
    for (const kind of ["wheel", "pointerdown", "keydown"])
      box.addEventListener(kind, () => this.#letGo(), { passive: true });
    box.addEventListener("click", ({ target }) => this.#noteClick(target), { capture: true });
    // Told when the page was laid out, whatever made the content grow: to ask for its height before
    // would lay it out once more.
    this.#sizes = new ResizeObserver(() => this.#pin());
    this.#sizes.observe(content);
    this.#sizes.observe(box);
  }

  get following(): boolean {
    return this.#following;
  }

  /** It has been told where to stand, and cannot stand there yet. */
  get isHeld(): boolean {
    return this.#wanted !== undefined;
  }

  /**
   * Where it stands, in pixels; undefined where that says nothing: it does not stand where it is
   * to, or nobody sees it.
   */
  get top(): number | undefined {
    return this.isHeld || !this.#box.checkVisibility() ? undefined : this.#box.scrollTop;
  }

  /** Goes to the end and follows again. */
  jump(): void {
    this.#letGo();
    this.#set(true);
    this.#pin();
  }

  /** Stays where it is from now on. */
  release(): void {
    this.#letGo();
    this.#set(false);
  }

  /**
   * Goes to a place as soon as that much is there. @param top of the box, in pixels; undefined
   * where it cannot be told yet.
   */
  hold(top: () => number | undefined): void {
    this.#wanted = top;
    this.#set(false);
    this.#pin();
  }

  dispose(): void {
    this.#sizes.disconnect();
  }

  #letGo(): void {
    this.#wanted = undefined;
  }

  #noteClick(target: EventTarget | null): void {
    this.#clicked = (target instanceof Element && target.closest("button, summary")) || undefined;
    // Sizes are told at the end of the next frame.
    requestAnimationFrame(() => requestAnimationFrame(() => (this.#clicked = undefined)));
  }

  #pin(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    const end = scrollHeight - clientHeight;
    const clickedTop = this.#clickedTop ?? end;
    if (!this.#following) this.#pinTo(this.#wanted?.());
    else if (clickedTop >= end) this.#pinTo(end);
    else {
      this.#set(false);
      // Where the click has brought something else into sight, that stays.
      if (Math.abs(scrollTop - this.#lastTop) <= 1) this.#pinTo(clickedTop);
    }
  }

  get #clickedTop(): number | undefined {
    if (this.#clicked === undefined) return undefined;
    const { top } = this.#clicked.getBoundingClientRect();
    return this.#box.scrollTop + top - this.#box.getBoundingClientRect().top;
  }

  #pinTo(top: number | undefined): void {
    if (top === undefined) return;
    this.#lastTop = top;
    this.#box.scrollTop = top;
    if (this.#following || Math.abs(this.#box.scrollTop - top) > 1) return;
    this.#letGo();
  }

  #scrolled(): void {
    if (this.isHeld) return;
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    const movedUp = scrollTop < this.#lastTop - 1;
    this.#lastTop = scrollTop;
    const toEnd = scrollHeight - clientHeight - scrollTop;
    // At the very end is the end however it came about: a block that was folded moves the box up by
    // itself.
    if (toEnd <= 1 || (toEnd <= slackPx && !movedUp)) this.#set(true);
    else if (movedUp) this.#set(false);
    if (!this.#following) this.#onMove();
  }

  #set(following: boolean): void {
    if (this.#following === following) return;
    this.#following = following;
    this.#onMove();
  }
}
