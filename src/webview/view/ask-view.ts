import { button, h, icon } from "./dom";
import type { ViewContext } from "./view-context";

/** The box for a question. Enter sends, Shift+Enter starts a new line. */
export class AskView {
  readonly element: HTMLElement;
  readonly #box = h("textarea", {
    class: "ask-box",
    rows: "1",
    "aria-label": "Ask about your code",
    maxlength: "100000",
    spellcheck: "false",
  });
  readonly #sendButton: HTMLButtonElement;
  readonly #context: ViewContext;

  constructor(context: ViewContext) {
    this.#context = context;
    this.#sendButton = button("", "ask-send", () => this.#submit());
    this.#sendButton.append(icon("send"));
    this.#sendButton.setAttribute("aria-label", "Send the question");
    this.#sendButton.title = "Send (Enter)";
    this.element = h(
      "div",
      { class: "ask" },
      h("div", { class: "ask-frame" }, this.#box, this.#sendButton),
    );
    this.#box.addEventListener("input", () => this.#fit());
    this.#box.addEventListener("keydown", (event) => {
      // While a Japanese or Chinese word is being composed, Enter only confirms the word.
      if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
      event.preventDefault();
      this.#submit();
    });
    this.#sendButton.disabled = true;
  }

  focus(): void {
    this.#box.focus();
  }

  /** `followUp`: there is something to follow up on. */
  update(followUp: boolean): void {
    this.#box.placeholder = followUp ? "Follow up…" : "Ask about your code…";
  }

  #submit(): void {
    const text = this.#box.value.trim();
    if (text === "") return;
    this.#context.send({ kind: "ask", text });
    this.#box.value = "";
    this.#fit();
  }

  #fit(): void {
    this.#sendButton.disabled = this.#box.value.trim() === "";
    this.#box.style.setProperty("height", "auto");
    this.#box.style.setProperty("height", `${this.#box.scrollHeight}px`);
  }
}
