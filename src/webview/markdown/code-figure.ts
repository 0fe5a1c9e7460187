import { t } from "../../base/l10n";
import { visibleText } from "../../base/visible-text";
import { type Choices, keptDetails } from "../view/dom/disclosure";
import { button, h, icon } from "../view/dom/dom";
import type { PlaceLinks } from "./place-links";

/** What a finished block of markdown may ask for. */
export interface MarkdownActions {
  openLink(href: string): void;
  copy(text: string): void;
  readonly places: PlaceLinks;
  readonly choices: Choices;
  /** Names the text across reloads. */
  readonly key: string;
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
  const name = language || t("text");
  return h(
    "figure",
    // By its caption it would be called by its button, too.
    { class: "code", "aria-label": name },
    h("figcaption", {}, h("span", { class: "code-language", "aria-hidden": "true" }, name), copy),
    pre,
  );
}

/**
 * Code is laid out in parts of about so many characters, each when it is seen; a part ends where a
 * line does.
 */
const usualPart = 10_000;
/** A line that goes on for longer is broken here. */
const longestPart = 2 * usualPart;

/**
 * Puts text behind the code that an element holds: what is there is not laid out anew, however long
 * it is.
 */
export function appendCode(code: HTMLElement, text: string): void {
  for (let from = 0; from < text.length; ) {
    const last = code.lastElementChild;
    const held = last?.textContent ?? "";
    const isFull = held.length >= longestPart || (held.length >= usualPart && held.endsWith("\n"));
    const part = last === null || isFull ? h("span", { class: "code-part" }) : last;
    if (part !== last) code.append(part);
    const length = part === last ? held.length : 0;
    const lineEnd = text.indexOf("\n", from + Math.max(0, usualPart - length)) + 1;
    const most = from + longestPart - length;
    const to = lineEnd > 0 && lineEnd <= most ? lineEnd : Math.min(text.length, most);
    part.append(text.slice(from, to));
    from = to;
  }
}

/**
 * A code block while it is still being written: text is only ever appended, so that a long one
 * costs no more than a short one.
 */
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
    appendCode(this.#code, visibleText(text.slice(this.#shown)));
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
 * An edit as the model wrote it, folded: the proposal below shows what becomes of it, this is for
 * those who want to see what was said.
 */
export function editDetails(source: string, key: string, choices: Choices): HTMLElement {
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
  return keptDetails(
    key,
    choices,
    "raw-edit",
    h("summary", {}, icon("chevron"), t("The edit as the model wrote it")),
    pre,
  );
}
