import { count, plural, t } from "../../../base/l10n";
import { fileNameOf } from "../../../base/text/file-name";
import { blocksOf } from "../../../protocol/hunk-blocks";
import type { Draft } from "../../../protocol/proposal";
import { button, h } from "../dom/dom";
import type { ViewContext } from "../view-context";
import { diffOf } from "./diff-lines";

/** Longer drafts are shown by their beginning: the whole comes with the proposal. */
const mostLines = 60;

/**
 * The change that the answer holds already, while the model still writes; it can be taken without
 * waiting for the rest.
 */
export class DraftView {
  readonly element = h("section", {
    class: "card draft",
    "aria-label": t("Change so far"),
    hidden: true,
  });
  readonly #runId: string;
  readonly #context: ViewContext;
  #shown: Draft | undefined;

  constructor(runId: string, context: ViewContext) {
    this.#runId = runId;
    this.#context = context;
  }

  update(draft: Draft | undefined): void {
    if (draft === this.#shown) return;
    this.#shown = draft;
    this.element.hidden = draft === undefined;
    this.element.replaceChildren(...(draft === undefined ? [] : this.#content(draft)));
  }

  #content({ files }: Draft): Node[] {
    const number = files.flatMap(({ hunks }) => blocksOf(hunks)).length;
    const changes = plural(
      number,
      t("{0} change so far", count(number)),
      t("{0} changes so far", count(number)),
    );
    const linesEach = Math.ceil(mostLines / files.length);
    const take = button(t("Review now"), "primary", () =>
      this.#context.send({ kind: "takeNow", runId: this.#runId }),
    );
    take.title = t("Stop the model here and review this change");
    return [
      ...files.flatMap(({ path, hunks }, index) => [
        h(
          "div",
          { class: "card-head" },
          ...(index === 0 ? [h("h3", {}, changes)] : []),
          h("span", { class: "path", title: path }, fileNameOf(path)),
        ),
        diffOf(hunks, t("Change of {0} so far", path), linesEach).element,
      ]),
      h(
        "div",
        { class: "card-foot" },
        take,
        h("span", { class: "verdict dim" }, t("The model is still writing.")),
      ),
    ];
  }
}
