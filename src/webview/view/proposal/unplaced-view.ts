import { count, plural, t } from "../../../base/l10n";
import { fileNameOf } from "../../../base/text/file-name";
import { inWords } from "../../../base/told-words";
import type { UnplacedEdit } from "../../../protocol/proposal";
import { button, h, icon, withCode } from "../dom/dom";
import type { ViewContext } from "../view-context";

/** More lines than this say no more about where an edit belongs. */
const mostLines = 40;

/** An edit that has no sure place: what it says, and the way to point at one. */
export class UnplacedView {
  readonly element: HTMLElement;
  readonly #foot = h("div", { class: "card-foot" });
  readonly #edit: UnplacedEdit;
  readonly #context: ViewContext;
  #placed: boolean | undefined;

  constructor(edit: UnplacedEdit, context: ViewContext) {
    this.#edit = edit;
    this.#context = context;
    const head = h(
      "div",
      { class: "card-head" },
      icon("warning"),
      h("h3", {}, t("An edit without a sure place")),
      h("span", { class: "path", title: edit.path }, fileNameOf(edit.path)),
    );
    const diff = h(
      "div",
      { class: "diff", role: "region", "aria-label": t("Edit without a place in {0}", edit.path) },
      ...lines("removed", edit.search),
      ...lines("added", edit.replace),
    );
    const reason = h("p", { class: "card-note" }, ...withCode(inWords(edit.reason)));
    this.element = h(
      "section",
      { class: "card unplaced", "aria-label": t("Edit without a place") },
      head,
      reason,
      diff,
      this.#foot,
    );
  }

  update(placed: boolean): void {
    if (placed === this.#placed) return;
    this.#placed = placed;
    const hadFocus = this.#foot.contains(document.activeElement);
    this.#foot.replaceChildren(...(placed ? [verdict()] : this.#openFoot()));
    if (hadFocus) this.#foot.querySelector<HTMLElement>("button, [tabindex]")?.focus();
  }

  #openFoot(): Node[] {
    const { send } = this.#context;
    const editId = this.#edit.id;
    const place = button(t("Place Here"), "primary", () => send({ kind: "placeHere", editId }));
    place.title = t(
      "Places it where the cursor is, or over the selected lines, and shows the result as a diff first",
    );
    const show = button(t("Show Likely Place"), "secondary", () =>
      send({ kind: "showPlace", editId }),
    );
    // Without old lines to quote there is nothing that could be quoted better.
    if ((this.#edit.search ?? "").trim() === "") return [place, show];
    const again = button(t("Ask for It Again"), "secondary", () =>
      send({ kind: "askAgain", editId }),
    );
    again.title = t("Asks the model for this one edit again, with the file's own lines");
    return [place, show, again];
  }
}

function verdict(): HTMLElement {
  return h(
    "span",
    { class: "verdict dim", tabindex: "-1" },
    icon("check"),
    t("Placed by hand; see the proposal below."),
  );
}

function lines(kind: "removed" | "added", text: string | undefined): HTMLElement[] {
  if (text === undefined || text === "") return [];
  const all = text.split("\n");
  const shown = all
    .slice(0, mostLines)
    .map((line) =>
      h(
        "div",
        { class: `line ${kind}` },
        h("span", { class: "sign", "aria-hidden": "true" }, kind === "removed" ? "−" : "+"),
        h(
          "span",
          { class: "line-text" },
          h(
            "span",
            { class: "visually-hidden" },
            kind === "removed" ? t("looked for: ") : t("new: "),
          ),
          line,
        ),
      ),
    );
  const more = all.length - mostLines;
  if (more <= 0) return shown;
  const words = plural(more, t("{0} more line", count(more)), t("{0} more lines", count(more)));
  return [...shown, h("div", { class: "gap" }, `⋯ ${words}`)];
}
