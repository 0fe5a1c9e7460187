import type { Unsent } from "../../bridge";
import { h, icon } from "./dom";

/** Where the person's own foldings are kept: their choice wins over what the panel would do. */
export interface Choices {
  get(key: string): boolean | undefined;
  set(key: string, open: boolean): void;
}

/** Where the person's words are kept that they have not sent. */
export interface UnsentWords {
  get(box: keyof Unsent): string | undefined;
  /** @param words undefined where there is nothing to keep. */
  set(box: keyof Unsent, words: string | undefined): void;
}

/**
 * A fold of the browser's own, which stays as the person put it. @param key names it across
 * reloads.
 */
export function keptDetails(
  key: string,
  choices: Choices,
  className: string,
  ...children: readonly Node[]
): HTMLDetailsElement {
  const open = choices.get(key) ?? false;
  const element = h("details", { class: className, open }, ...children);
  element.addEventListener("toggle", () => {
    if (element.open !== (choices.get(key) ?? false)) choices.set(key, element.open);
  });
  return element;
}

/**
 * A block that folds. It opens and closes by itself (see {@link suggest}) until the person does it
 * by hand.
 */
export class Disclosure {
  readonly element: HTMLElement;
  readonly button: HTMLButtonElement;
  readonly label = h("span", { class: "disclosure-label" });
  readonly head: HTMLElement;
  readonly body: HTMLElement;
  readonly #choices: Choices;
  readonly #key: string;
  readonly #onToggle: (open: boolean) => void;
  #open = false;

  /** `key` names the block across reloads. `onToggle` is told of every change, also of its own. */
  constructor(options: {
    key: string;
    className: string;
    choices: Choices;
    onToggle?: (open: boolean) => void;
  }) {
    this.#choices = options.choices;
    this.#key = options.key;
    this.#onToggle = options.onToggle ?? (() => {});
    this.button = h(
      "button",
      { type: "button", class: "disclosure-button", "aria-expanded": "false" },
      icon("chevron"),
      this.label,
    );
    this.head = h("div", { class: "disclosure-head" }, this.button);
    this.body = h("div", { class: "disclosure-body", hidden: true });
    this.element = h("div", { class: `disclosure ${options.className}` }, this.head, this.body);
    this.button.addEventListener("click", () => {
      this.#choices.set(this.#key, !this.#open);
      this.#set(!this.#open);
    });
  }

  get open(): boolean {
    return this.#open;
  }

  /** What the panel thinks best; the person's choice, once made, goes before it. */
  suggest(open: boolean): void {
    this.#set(this.#choices.get(this.#key) ?? open);
  }

  #set(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.body.hidden = !open;
    this.button.setAttribute("aria-expanded", String(open));
    this.element.classList.toggle("open", open);
    this.#onToggle(open);
  }
}
