/** This close to the end counts as being there. */
const slackPx = 24;

/**
 * Keeps a scrolling box at its end while text grows, but only as long as the person is there: scrolling up lets go, coming back to the
 * end (or {@link jump}) takes hold again.
 */
export class Follower {
  readonly #box: HTMLElement;
  readonly #onChange: (following: boolean) => void;
  readonly #sizes: ResizeObserver;
  #following = true;
  #lastTop = 0;

  constructor(box: HTMLElement, content: HTMLElement, onChange: (following: boolean) => void) {
    this.#box = box;
    this.#onChange = onChange;
    box.addEventListener("scroll", () => this.#scrolled(), { passive: true });
    // Told when the page was laid out, whatever made the content grow: to ask for its height before would lay it out once more.
    this.#sizes = new ResizeObserver(() => this.#pin());
    this.#sizes.observe(content);
    this.#sizes.observe(box);
  }

  get following(): boolean {
    return this.#following;
  }

  /** Goes to the end and follows again. */
  jump(): void {
    this.#set(true);
    this.#pin();
  }

  /** Stays where it is from now on. */
  release(): void {
    this.#set(false);
  }

  dispose(): void {
    this.#sizes.disconnect();
  }

  #pin(): void {
    if (!this.#following) return;
    this.#lastTop = this.#box.scrollHeight - this.#box.clientHeight;
    this.#box.scrollTop = this.#lastTop;
  }

  #scrolled(): void {
    const { scrollTop, scrollHeight, clientHeight } = this.#box;
    const movedUp = scrollTop < this.#lastTop - 1;
    this.#lastTop = scrollTop;
    const toEnd = scrollHeight - clientHeight - scrollTop;
    // At the very end is the end however it came about: a block that was folded moves the box up by itself.
    if (toEnd <= 1 || (toEnd <= slackPx && !movedUp)) this.#set(true);
    else if (movedUp) this.#set(false);
  }

  #set(following: boolean): void {
    if (this.#following === following) return;
    this.#following = following;
    this.#onChange(following);
  }
}
