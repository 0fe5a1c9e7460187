import { h } from "./dom";

/**
 * Holds many things one below the other, so many in each stretch. A stretch that does not grow any
 * more costs nothing as long as nobody is near. Things may come in any order: what is seen first is
 * built first.
 */
export class Stretches {
  readonly #list: HTMLElement;
  readonly #together: number;
  #stretches: HTMLElement[] = [];

  /** @param together how many things are laid out, or left out, at once. */
  constructor(list: HTMLElement, together: number) {
    this.#list = list;
    this.#together = together;
  }

  /** @param below the nearest of what stands below it already. */
  place(element: HTMLElement, index: number, below: HTMLElement | undefined): void {
    const number = Math.floor(index / this.#together);
    while (this.#stretches.length <= number) {
      this.#stretches.at(-1)?.classList.add("whole");
      // To a screen reader the list goes on without a break.
      const stretch = h("div", { class: "stretch", role: "none" });
      this.#stretches.push(stretch);
      this.#list.append(stretch);
    }
    const stretch = this.#stretches[number];
    stretch?.insertBefore(element, below?.parentElement === stretch ? below : null);
  }

  clear(): void {
    for (const stretch of this.#stretches) stretch.remove();
    this.#stretches = [];
  }
}
