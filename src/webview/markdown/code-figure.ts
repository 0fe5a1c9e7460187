import { t } from "../../base/l10n";
import { button, h, icon } from "../view/dom";
import type { PlaceLinks } from "./place-links";

/** What a finished block of markdown may ask for. */
export interface MarkdownActions {
  openLink(href: string): void;
  copy(text: string): void;
  readonly places: PlaceLinks;
}

/** Puts a head with the language's name and a copy button over a code block. */
export function codeFigure(
  pre: HTMLPreElement,
  language: string,
  actions: MarkdownActions,
): HTMLElement {
  pre.tabIndex = 0;
  const copy = button("", "code-copy", () => {
    actions.copy(pre.textContent ?? "");
    label.textContent = t("Copied");
    setTimeout(() => {
      label.textContent = t("Copy");
    }, 1_500);
  });
  const label = h("span", {}, t("Copy"));
  copy.append(icon("copy"), label);
  copy.setAttribute("aria-label", language === "" ? t("Copy code") : t("Copy {0} code", language));
  return h(
    "figure",
    { class: "code" },
    h("figcaption", {}, h("span", { class: "code-language" }, language || t("text")), copy),
    pre,
  );
}

/** A code block while it is still being written: text is only ever appended, so that a long one costs no more than a short one. */
export class GrowingCode {
  readonly element: HTMLElement;
  readonly #code = h("code");
  #shown = 0;

  constructor(language: string) {
    const caption = h(
      "figcaption",
      {},
      h("span", { class: "code-language" }, language || t("text")),
    );
    this.element = h("figure", { class: "code growing" }, caption, h("pre", {}, this.#code));
  }

  /** `text` is all of the code so far. */
  update(text: string): void {
    if (text.length <= this.#shown) return;
    this.#code.append(text.slice(this.#shown));
    this.#shown = text.length;
  }
}

const editLine = {
  open: /^<{5,9} ?SEARCH\s*$/,
  middle: /^={5,9}\s*$/,
  close: /^>{5,9} ?REPLACE\s*$/,
};

/** True when a code block is an edit in the form that models are asked for. */
export function holdsEdit(source: string): boolean {
  return /^<{5,9} ?SEARCH\s*$/m.test(source) && /^={5,9}\s*$/m.test(source);
}

/**
 * An edit as the model wrote it, folded: the proposal below shows what becomes of it, this is for those who want to see what was said.
 */
export function editDetails(source: string): HTMLElement {
  let side: "removed" | "added" | "" = "";
  const rows = source
    .replace(/\n$/, "")
    .split("\n")
    .map((line) => {
      const marker =
        editLine.open.test(line) ||
        editLine.close.test(line) ||
        (side === "removed" && editLine.middle.test(line));
      if (editLine.open.test(line)) side = "removed";
      else if (editLine.close.test(line)) side = "";
      else if (marker) side = "added";
      return h("span", { class: `edit-line ${marker ? "marker" : side}` }, `${line}\n`);
    });
  const pre = h("pre", { tabindex: "0" }, h("code", {}, ...rows));
  return h(
    "details",
    { class: "raw-edit" },
    h("summary", {}, icon("chevron"), t("The edit as the model wrote it")),
    pre,
  );
}
