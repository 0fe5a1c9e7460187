import { count, plural, t } from "../../../base/l10n";
import { dropWords } from "../../../runs/contract";
import type { RunState } from "../../../runs/run-state";
import { reachName } from "../../format";
import { Disclosure } from "../dom/disclosure";
import { button, h, setText } from "../dom/dom";
import type { ViewContext } from "../view-context";

/** What the model was given, piece by piece, and how much of its window that fills. */
export class SentView {
  readonly #fold: Disclosure;
  readonly #bar = h("div", { class: "window-bar", "aria-hidden": "true" });
  readonly #runId: string;
  readonly #context: ViewContext;
  #shown: RunState["sent"];

  constructor(runId: string, context: ViewContext) {
    this.#runId = runId;
    this.#context = context;
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
    const to = model?.locality === undefined ? undefined : reachName(model.locality, model);
    setText(this.#fold.label, sentWords(sent, to));
    this.#fold.element.classList.toggle("lossy", sent.leftOut.length > 0);
    this.#bar.style.setProperty(
      "--fraction",
      String(sent.contextTokens > 0 ? Math.min(1, sent.tokens / sent.contextTokens) : 0),
    );
    const pieces = sent.pieces.map(({ label, path, reason, tokens }) =>
      h(
        "li",
        reason === undefined ? {} : { title: reason },
        h("span", {}, path === undefined || path === label ? label : `${label} (${path})`),
        h("span", { class: "number" }, count(tokens)),
      ),
    );
    const leftOut = sent.leftOut.map((label) =>
      h(
        "li",
        { class: "left-out" },
        h("span", {}, label),
        h("span", { class: "number" }, t("left out")),
      ),
    );
    const dropped = (sent.dropped ?? []).map(({ title, path, why }) =>
      h(
        "li",
        { class: "left-out", ...(path === undefined ? {} : { title: path }) },
        h("span", {}, title),
        h("span", { class: "number" }, dropWords(why)),
      ),
    );
    this.#fold.body.replaceChildren(
      h("ul", { class: "pieces" }, ...pieces, ...leftOut, ...dropped),
      ...(sent.prompt === undefined ? [] : [this.#contract()]),
    );
    this.#fold.suggest(false);
  }

  /** Exactly what was sent, one click away, and as something to take along. */
  #contract(): HTMLElement {
    const { send } = this.#context;
    const runId = this.#runId;
    const copies = [
      button(t("Copy as text"), "link", () => send({ kind: "copySent", runId, form: "text" })),
      button(t("Copy as JSON"), "link", () => send({ kind: "copySent", runId, form: "json" })),
      button(t("Copy as curl"), "link", () => send({ kind: "copySent", runId, form: "curl" })),
    ];
    return h(
      "div",
      { class: "contract" },
      button(t("See exactly what was sent"), "link", () => send({ kind: "openSent", runId })),
      ...copies,
    );
  }
}

function sentWords(
  { pieces, tokens, contextTokens, leftOut, dropped = [] }: NonNullable<RunState["sent"]>,
  to: string | undefined,
): string {
  const given = plural(
    pieces.length,
    t("{0} piece", count(pieces.length)),
    t("{0} pieces", count(pieces.length)),
  );
  const away = leftOut.length + dropped.length;
  const missing =
    away === 0
      ? t("nothing left out")
      : plural(away, t("{0} piece left out", count(away)), t("{0} pieces left out", count(away)));
  const [read, room] = [count(tokens), count(contextTokens)];
  return to === undefined
    ? t("Sent: {0}, {1} of {2} tokens; {3}", given, read, room, missing)
    : t("Sent to {0}: {1}, {2} of {3} tokens; {4}", to, given, read, room, missing);
}
