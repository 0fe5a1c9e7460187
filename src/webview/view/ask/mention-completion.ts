import { t } from "../../../base/l10n";
import type { FromPanel } from "../../../protocol/panel/from-panel";
import type { Completion } from "../../../protocol/panel/to-panel";
import type { slashCommands } from "../../../runs/slash-commands";
import { h } from "../dom/dom";

/** The word behind an `@` that the person is in the middle of. */
const begun = /(?<![\p{L}\p{N}_@./-])@(?:(?<kind>file|folder|symbol):)?(?<word>[^\s@"]*)$/u;
/** The command that the box begins with. */
const command = /(?<=^\s*)\/[a-z]*$/;
const mostShown = 8;

/**
 * Completes what is named with an `@` in the box, and the command that it begins with: a list of
 * choices above it, moved through with the arrow keys, taken with Enter or Tab, left with Escape.
 * The box keeps the focus, as in any combobox.
 */
export class MentionCompletion {
  readonly element = h("ul", {
    class: "mentions",
    role: "listbox",
    id: "mention-choices",
    "aria-label": t("What can be named"),
    hidden: true,
  });
  readonly #box: HTMLTextAreaElement;
  readonly #send: (message: FromPanel) => void;
  readonly #changed: () => void;
  #query: string | undefined;
  #found: readonly Completion[] = [];
  #choices: readonly Completion[] = [];
  #active = 0;
  /** What the person left with Escape is not offered again for the same word. */
  #left: string | undefined;

  constructor(box: HTMLTextAreaElement, send: (message: FromPanel) => void, changed: () => void) {
    this.#box = box;
    this.#send = send;
    this.#changed = changed;
    box.setAttribute("role", "combobox");
    box.setAttribute("aria-autocomplete", "list");
    box.setAttribute("aria-haspopup", "listbox");
    box.setAttribute("aria-controls", this.element.id);
    box.setAttribute("aria-expanded", "false");
    box.addEventListener("blur", () => this.close());
  }

  get isOpen(): boolean {
    return !this.element.hidden;
  }

  /** The text or the cursor has changed. @param isOff nothing can be named now. */
  update(isOff: boolean): void {
    const word = isOff ? undefined : this.#word();
    const query = word?.[0];
    if (query === undefined || query === this.#left) {
      this.close();
      return;
    }
    this.#left = undefined;
    if (query !== this.#query) {
      this.#query = query;
      this.#found = [];
      this.#active = 0;
      if (query.startsWith("@")) this.#send({ kind: "complete", query });
    }
    this.#show();
  }

  /** What the host found for a query; too late for another one. */
  take(query: string, found: readonly Completion[]): void {
    if (query !== this.#query) return;
    this.#found = found;
    this.#show();
  }

  /** @returns whether the key was for the list. */
  key(event: KeyboardEvent): boolean {
    if (!this.isOpen || event.isComposing) return false;
    switch (event.key) {
      case "ArrowDown":
      case "ArrowUp": {
        const step = event.key === "ArrowDown" ? 1 : this.#choices.length - 1;
        this.#active = (this.#active + step) % this.#choices.length;
        this.#show();
        break;
      }
      case "Enter":
      case "Tab":
        if (event.shiftKey) return false;
        this.#take(this.#choices[this.#active]);
        break;
      case "Escape":
        this.#left = this.#query;
        this.close();
        break;
      default:
        return false;
    }
    event.preventDefault();
    event.stopPropagation();
    return true;
  }

  close(): void {
    this.#query = undefined;
    this.element.hidden = true;
    this.#box.setAttribute("aria-expanded", "false");
    this.#box.removeAttribute("aria-activedescendant");
  }

  #word(): RegExpExecArray | undefined {
    const { selectionStart, selectionEnd, value } = this.#box;
    if (selectionStart !== selectionEnd) return undefined;
    const text = value.slice(0, selectionStart);
    return begun.exec(text) ?? command.exec(text) ?? undefined;
  }

  #show(): void {
    const query = this.#query?.toLowerCase() ?? "";
    const all = query.startsWith("/") ? commandsOf() : kindsOf();
    const kinds = all.filter(({ insert }) => insert.startsWith(query));
    this.#choices = [...kinds, ...this.#found].slice(0, mostShown);
    if (this.#choices.length === 0) {
      this.element.hidden = true;
      this.#box.setAttribute("aria-expanded", "false");
      return;
    }
    this.#active = Math.min(this.#active, this.#choices.length - 1);
    this.element.replaceChildren(...this.#choices.map((choice, at) => this.#option(choice, at)));
    this.element.hidden = false;
    this.#box.setAttribute("aria-expanded", "true");
    this.#box.setAttribute("aria-activedescendant", `mention-${this.#active}`);
    this.element.children[this.#active]?.scrollIntoView({ block: "nearest" });
  }

  #option(choice: Completion, at: number): HTMLElement {
    const option = h(
      "li",
      {
        class: "mention",
        role: "option",
        id: `mention-${at}`,
        "aria-selected": String(at === this.#active),
      },
      h("span", { class: "mention-name" }, choice.insert),
      h("span", { class: "mention-words" }, choice.detail),
    );
    // Before the box loses the focus to it.
    option.addEventListener("mousedown", (event) => {
      event.preventDefault();
      this.#take(choice);
    });
    return option;
  }

  #take(choice: Completion | undefined): void {
    const word = this.#word();
    if (choice === undefined || word === undefined) return;
    const end = this.#box.selectionStart;
    const isWhole = !choice.insert.endsWith(":");
    this.#box.setRangeText(`${choice.insert}${isWhole ? " " : ""}`, word.index, end, "end");
    this.close();
    this.#changed();
  }
}

/** What can be asked for by its name. */
function commandsOf(): readonly Completion[] {
  const words: Readonly<Record<keyof typeof slashCommands, string>> = {
    fix: t("fix what is wrong; say what, if you like"),
    explain: t("explain the code"),
    improve: t("make the code clearer, simpler or faster"),
    document: t("document the code"),
    tests: t("write tests for the code"),
  };
  return Object.entries(words).map(([name, detail]) => ({ insert: `/${name}`, detail }));
}

/** What can be named; a kind that ends in a colon goes on with a name. */
function kindsOf(): readonly Completion[] {
  return [
    { insert: "@file:", detail: t("a file, whole") },
    { insert: "@symbol:", detail: t("a function, class or type") },
    { insert: "@folder:", detail: t("the outline of a folder") },
    { insert: "@problems", detail: t("the problems of the project") },
    { insert: "@diff", detail: t("what was changed since the last commit") },
    { insert: "@selection", detail: t("what is selected in the editor") },
    { insert: "@terminal", detail: t("what is selected in the terminal") },
  ];
}
