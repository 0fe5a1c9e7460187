import type { RunState } from "../../runs/run-state";
import { count, plural, reachName } from "../format";
import { Disclosure } from "./disclosure";
import { h, setText } from "./dom";
import type { ViewContext } from "./view-context";

/** What the model was given, piece by piece, and how much of its window that fills. */
export class SentView {
  readonly #fold: Disclosure;
  readonly #bar = h("div", { class: "window-bar", "aria-hidden": "true" });
  #shown: RunState["sent"];

  constructor(runId: string, context: ViewContext) {
    this.#fold = new Disclosure({
      key: `${runId}/sent`,
      className: "footnote",
      choices: context.choices,
    });
    this.#fold.element.hidden = true;
    this.#fold.head.after(this.#bar);
  }

  get element(): HTMLElement {
    return this.#fold.element;
  }

  update({ sent, model }: RunState): void {
    if (sent === undefined || sent === this.#shown) return;
    this.#shown = sent;
    this.#fold.element.hidden = false;
    const missing =
      sent.leftOut.length === 0
        ? "nothing left out"
        : `${plural(sent.leftOut.length, "piece")} left out`;
    const size = `${count(sent.tokens)} of ${count(sent.contextTokens)} tokens`;
    const to = model?.locality === undefined ? "" : ` to ${reachName(model.locality, model)}`;
    setText(
      this.#fold.label,
      `Sent${to}: ${plural(sent.pieces.length, "piece")}, ${size}; ${missing}`,
    );
    this.#fold.element.classList.toggle("lossy", sent.leftOut.length > 0);
    this.#bar.style.setProperty(
      "--fraction",
      String(sent.contextTokens > 0 ? Math.min(1, sent.tokens / sent.contextTokens) : 0),
    );
    const pieces = sent.pieces.map((piece) =>
      h("li", {}, h("span", {}, piece.label), h("span", { class: "number" }, count(piece.tokens))),
    );
    const leftOut = sent.leftOut.map((label) =>
      h(
        "li",
        { class: "left-out" },
        h("span", {}, label),
        h("span", { class: "number" }, "left out"),
      ),
    );
    this.#fold.body.replaceChildren(h("ul", { class: "pieces" }, ...pieces, ...leftOut));
    this.#fold.suggest(false);
  }
}
