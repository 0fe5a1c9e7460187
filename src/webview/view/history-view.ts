import { count, displayLanguage, plural, t } from "../../base/l10n";
import { fileNameOf } from "../../base/text/file-name";
import { type FoundRun, type FoundRuns, runsAtFirst } from "../../protocol/history";
import { actionName } from "../../runs/words/action-words";
import { button, h, icon, setAttributes, setText, withCode } from "./dom/dom";
import { endingWords } from "./run/ending-view";
import type { ViewContext } from "./view-context";

/** While the person still types, nothing is asked for. */
const typingPauseMs = 60;

/** The search over all earlier runs: a box, and what it found, newest first. */
export class HistoryView {
  readonly element: HTMLElement;
  readonly #context: ViewContext;
  readonly #onClose: (hadFocus: boolean) => void;
  readonly #box = h("input", {
    type: "search",
    class: "history-box",
    placeholder: t("Questions, files, answers…"),
    "aria-label": t("Search earlier runs"),
    spellcheck: "false",
  });
  readonly #list = h("ul", { class: "history-list" });
  readonly #count = h("p", { class: "history-count", role: "status" });
  /** What is done with all runs, while all of them are listed. */
  readonly #all: HTMLElement;
  #typing: number | undefined;
  #most = runsAtFirst;
  /** Of those that hold what is typed; undefined while nobody has said. */
  #found: readonly FoundRun[] | undefined;
  /** Enter was pressed before that. */
  #isEntered = false;

  constructor(context: ViewContext, onClose: (hadFocus: boolean) => void) {
    this.#context = context;
    this.#onClose = onClose;
    const close = iconButton("cross", t("Close the history"), () => this.close());
    this.#all = h(
      "span",
      { hidden: true },
      iconButton("save", t("Export all runs"), () => context.send({ kind: "exportAllRuns" })),
      iconButton("bin", t("Delete all runs"), () => context.send({ kind: "deleteAllRuns" })),
    );
    this.element = h(
      "section",
      { class: "history", "aria-label": t("History"), hidden: true },
      h("div", { class: "history-head" }, this.#box, close),
      h("div", { class: "history-sum" }, this.#count, this.#all),
      this.#list,
    );
    this.#box.addEventListener("input", () => {
      this.#forget();
      this.#most = runsAtFirst;
      this.#typing = window.setTimeout(() => this.#search(), typingPauseMs);
    });
    this.element.addEventListener("keydown", (event) => {
      if (event.key === "Escape") this.close();
      else if (event.key === "Enter" && event.target === this.#box) this.#enter();
      else return;
      event.preventDefault();
    });
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** Shows the newest runs, with the cursor in the box. */
  open(): void {
    this.element.hidden = false;
    this.#most = runsAtFirst;
    this.#box.select();
    this.#box.focus();
    this.#search();
  }

  /** Opens it again where it was open when the page was left. @returns whether it was. */
  restore(): boolean {
    const search = this.#context.unsent.get("search");
    if (search === undefined) return false;
    this.element.hidden = false;
    this.#box.value = search;
    this.#search();
    return true;
  }

  close(): void {
    if (!this.isOpen) return;
    const hadFocus = this.element.contains(document.activeElement);
    this.element.hidden = true;
    this.#forget();
    this.#context.unsent.set("search", undefined);
    this.#onClose(hadFocus);
  }

  /** What the host found; an answer to what was typed before is old. */
  show({ query, runs, total }: FoundRuns): void {
    if (query !== this.#box.value) return;
    this.#found = runs;
    // In the list, where the first of those that come takes its place, and the focus.
    const more = runs.length < total ? [this.#more()] : [];
    this.#list.replaceChildren(...runs.map((run) => this.#row(run)), ...more);
    setAttributes(this.#all, { hidden: total === 0 || query.trim() !== "" });
    setText(this.#count, countWords(runs.length, total, query));
    if (this.#isEntered) this.#enter();
  }

  /** Opens the first that was found, once it is known for what is typed now. */
  #enter(): void {
    this.#isEntered = this.#found === undefined;
    const first = this.#found?.[0];
    if (first !== undefined) this.#open(first);
  }

  /** What was found is no longer what is looked for. */
  #forget(): void {
    clearTimeout(this.#typing);
    this.#found = undefined;
    this.#isEntered = false;
  }

  #search(): void {
    this.#context.unsent.set("search", this.#box.value);
    this.#context.send({ kind: "searchHistory", query: this.#box.value, most: this.#most });
  }

  #more(): HTMLElement {
    const work = (): void => {
      this.#most *= 2;
      this.#search();
    };
    return h("li", {}, button(t("Show more"), "quiet history-more", work));
  }

  #open({ runId }: FoundRun): void {
    this.close();
    this.#context.send({ kind: "openRun", runId });
  }

  #row(run: FoundRun): HTMLElement {
    const { runId, pinned } = run;
    const title = `${actionName(run.action)} ${fileNameOf(run.path)}`.trim();
    const open = button("", "history-open", () => this.#open(run));
    open.append(
      h("span", { class: "history-title" }, title),
      h("span", { class: "history-when" }, [...became(run), when(run.at)].join(" · ")),
      h("span", { class: "history-subject" }, ...withCode(run.subject)),
      ...(run.excerpt === undefined
        ? []
        : [h("span", { class: "history-excerpt" }, ...withCode(run.excerpt))]),
    );
    open.title = `${run.path}${run.model === undefined ? "" : `, ${run.model}`}`;
    const act = (name: Parameters<typeof icon>[0], label: string, work: () => void) => {
      const element = iconButton(name, label, work);
      element.setAttribute("aria-label", t("{0}: {1}", label, title));
      return element;
    };
    const pin = act("pin", t("Pin"), () =>
      this.#context.send({ kind: pinned ? "unpinRun" : "pinRun", runId }),
    );
    pin.setAttribute("aria-pressed", String(pinned));
    // The name stays: whoever hears it hears whether it is pressed, too.
    if (pinned) pin.title = t("Unpin");
    return h(
      "li",
      { class: `history-row${pinned ? " pinned" : ""}`, "data-found": runId },
      open,
      h(
        "span",
        { class: "history-actions" },
        act("save", t("Export"), () => this.#context.send({ kind: "exportRun", runId })),
        act("bin", t("Delete"), () => this.#context.send({ kind: "deleteRun", runId })),
        // At the edge: of a pinned run it is seen there without the others.
        pin,
      ),
    );
  }
}

function iconButton(
  name: Parameters<typeof icon>[0],
  label: string,
  work: () => void,
): HTMLButtonElement {
  const element = button("", "quiet icon-button", work);
  element.append(icon(name));
  element.title = label;
  element.setAttribute("aria-label", label);
  return element;
}

function countWords(shown: number, total: number, query: string): string {
  if (total === 0)
    return query.trim() === "" ? t("No runs yet.") : t("No run holds all these words.");
  if (shown < total) return t("{0} of {1} runs", count(shown), count(total));
  return plural(total, t("{0} run", count(total)), t("{0} runs", count(total)));
}

/** What became of the run, where it has ended. */
function became({ outcome, decision }: FoundRun): string[] {
  const state = decision === undefined || decision === "open" ? outcome : decision;
  return state === undefined ? [] : [endingWords(state)];
}

function when(at: number): string {
  const date = new Date(at);
  const isToday = date.toDateString() === new Date().toDateString();
  return isToday
    ? date.toLocaleTimeString(displayLanguage(), { hour: "2-digit", minute: "2-digit" })
    : date.toLocaleDateString(displayLanguage(), {
        day: "numeric",
        month: "short",
        year: "numeric",
      });
}
