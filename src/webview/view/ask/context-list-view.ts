import { count, plural, t } from "../../../base/l10n";
import type { ListedPiece } from "../../../protocol/context";
import { Disclosure } from "../dom/disclosure";
import { button, h, icon, setAttributes, setText } from "../dom/dom";
import type { ViewContext } from "../view-context";

/**
 * What would go along with a question: each piece with its tokens and why, with a pin that keeps it
 * and a cross that leaves it out. It is live as long as the person looks: the list is open, or they
 * are in the box.
 */
export class ContextListView {
  readonly #fold: Disclosure;
  readonly #list = h("ul", { class: "context-pieces", "aria-label": t("What goes along") });
  readonly #context: ViewContext;
  readonly #text: () => string;
  #hasFocus = false;
  #told: string | undefined;

  /**
   * @param text what stands in the box.
   * @param after the run that it belongs to; "" for none.
   */
  constructor(
    context: ViewContext,
    text: () => string,
    after: () => { readonly runId: string; readonly rephrases: boolean },
  ) {
    this.#context = context;
    this.#text = text;
    this.#fold = new Disclosure({
      key: "context",
      className: "context-list",
      choices: context.choices,
      onToggle: () => this.look(),
    });
    const preview = button(t("See what would be sent"), "link", () =>
      context.send({ kind: "previewSent", text: this.#text(), ...after() }),
    );
    this.#fold.body.append(this.#list, preview);
    this.#fold.suggest(false);
    this.#showUnknown();
  }

  get element(): HTMLElement {
    return this.#fold.element;
  }

  set hidden(hidden: boolean) {
    setAttributes(this.#fold.element, { hidden });
  }

  /** The person is in the box, or has left it. */
  focus(hasFocus: boolean): void {
    this.#hasFocus = hasFocus;
    this.look();
  }

  /** Tells the host what to look for, or that nobody looks. */
  look(): void {
    // Only what is named changes the list; other words are nobody's but the model's.
    const words = this.#text();
    const isLooking = !this.#fold.element.hidden && (this.#hasFocus || this.#fold.open);
    const text = isLooking ? (words.includes("@") ? words : "") : undefined;
    if (text === this.#told) return;
    this.#told = text;
    // What was told last may be about another file.
    if (text === undefined) this.#showUnknown();
    this.#context.send(text === undefined ? { kind: "contextHidden" } : { kind: "context", text });
  }

  /** Nobody has looked what goes along now. */
  #showUnknown(): void {
    setText(this.#fold.label, t("What goes along"));
  }

  show(pieces: readonly ListedPiece[]): void {
    const sent = pieces.filter(({ state }) => state === "sent" || state === "pinned");
    const tokens = count(sent.reduce((sum, piece) => sum + piece.tokens, 0));
    setText(
      this.#fold.label,
      sent.length === 0
        ? t("Nothing of other places goes along")
        : plural(
            sent.length,
            t("{0} piece goes along, {1} tokens", count(sent.length), tokens),
            t("{0} pieces go along, {1} tokens", count(sent.length), tokens),
          ),
    );
    const focused = this.#focusedButton();
    this.#list.replaceChildren(...pieces.map((piece) => this.#item(piece)));
    // The list is drawn anew under the person's fingers: the same button of the same piece keeps
    // the focus.
    if (focused !== undefined)
      this.#list.querySelector<HTMLElement>(`[data-button="${CSS.escape(focused)}"]`)?.focus();
  }

  #focusedButton(): string | undefined {
    const active = document.activeElement;
    return active instanceof HTMLElement && this.#list.contains(active)
      ? active.dataset["button"]
      : undefined;
  }

  #item({ id, title, path, reason, tokens, state }: ListedPiece): HTMLElement {
    const where = path === undefined || path === title ? "" : path;
    return h(
      "li",
      { class: `context-piece ${state}` },
      h(
        "span",
        { class: "context-piece-words", title: reason },
        h("span", { class: "context-piece-title" }, title),
        ...(where === "" ? [] : [h("span", { class: "context-piece-path" }, where)]),
        h("span", { class: "context-piece-reason" }, state === "noRoom" ? t("no room") : reason),
      ),
      h("span", { class: "number" }, count(tokens)),
      this.#toggle("pin", id, t("Keep {0}", title), state === "pinned"),
      this.#toggle("cross", id, t("Leave {0} out", title), state === "crossed"),
    );
  }

  #toggle(
    name: "pin" | "cross",
    pieceId: string,
    label: string,
    isPressed: boolean,
  ): HTMLButtonElement {
    const kind = name === "pin" ? "pinPiece" : "crossPiece";
    const toggle = button("", "icon-button", () => this.#context.send({ kind, pieceId }));
    toggle.append(icon(name));
    toggle.title = label;
    toggle.setAttribute("aria-label", label);
    toggle.setAttribute("aria-pressed", String(isPressed));
    toggle.dataset["button"] = `${name} ${pieceId}`;
    return toggle;
  }
}
