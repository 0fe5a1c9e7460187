import { count, t } from "../../base/l10n";
import { lastLine } from "../../base/text/lines";
import { hiddenCharacters, visibleText } from "../../base/visible-text";
import { hasTime, later } from "../slices";
import { h } from "../view/dom/dom";
import {
  appendCode,
  codeFigure,
  editDetails,
  GrowingCode,
  holdsEdit,
  type MarkdownActions,
} from "./code-figure";
import { highlightLater } from "./highlight";
import { markdownHtml } from "./markdown-html";
import { patchChildren } from "./patch-children";
import { safeFragment } from "./safe-fragment";
import { type Block, BlockSplitter } from "./split-blocks";

/** A longer block of code is shown as it is, without a detour over HTML. Characters. */
const longestFence = 20_000;
/**
 * Where letters are kerned as pairs, as in `AAAA`, no place of a word is safe to break at, and the
 * browser shapes all of it anew for each row: 250,000 letters took five seconds in one task.
 */
const endlessWord = /\S{1000}/;
/** So many blocks are laid out together, or left out together while nobody sees them. */
const chapterBlocks = 50;

/** A block that is final, unless the text's end is taken back. */
interface FinalBlock extends Block {
  /** Where it ends in the text. */
  readonly to: number;
}

/**
 * Shows markdown that grows. The nodes of a finished block are never touched again; of the
 * unfinished rest, those that stay the same stay, and a code block is only appended to.
 */
export class MarkdownView {
  readonly element = h("div", { class: "markdown" });
  readonly #actions: MarkdownActions;
  #splitter = new BlockSplitter();
  /** Becomes a block where it stands. */
  #rest = h("div", { class: "block rest" });
  #chapter = h("div", { class: "chapter" }, this.#rest);
  #growing: GrowingCode | undefined;
  /** Final, and not drawn yet. */
  #waiting: FinalBlock[] = [];
  /** In the text's order; empty once no more text comes. */
  #drawn: { readonly element: HTMLElement; readonly to: number }[] = [];
  /** Where the final blocks end in the text. */
  #finalTo = 0;
  #taken = 0;
  #edits = 0;
  #ended = false;
  #restSource = "";
  /** Characters in it that cannot be seen, and what says so. */
  #hidden = 0;
  readonly #hiddenNote = h("p", { class: "hidden-characters", hidden: true });

  constructor(actions: MarkdownActions) {
    this.#actions = actions;
    this.element.append(this.#chapter, this.#hiddenNote);
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", ({ key, target }) => {
      if (key === "Enter") this.#actions.places.follow(target);
    });
  }

  /**
   * `text` is everything so far: what was, and more of it; or less of it, where its end turned out
   * to belong elsewhere.
   */
  update(text: string): void {
    if (this.#ended || text.length === this.#taken) return;
    if (text.length < this.#taken) this.#takeBack(text);
    // Copied: what is merely cut off keeps all of the thought alive that it was cut from, and a
    // list that grows holds dozens of pieces.
    const fresh = ` ${text.slice(this.#taken)}`.slice(1);
    this.#taken = text.length;
    this.#countHidden(fresh);
    this.#finish(this.#splitter.push(fresh));
    this.#draw();
  }

  /** No more text comes: the rest becomes final too. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#finish(this.#splitter.end());
    this.#draw();
  }

  #finish(blocks: readonly Block[]): void {
    for (const block of blocks) {
      this.#finalTo += block.source.length;
      this.#waiting.push({ ...block, to: this.#finalTo });
    }
  }

  /** Goes back to the end of the last block that is in `text` as a whole; no other is touched. */
  #takeBack(text: string): void {
    const isKept = ({ to }: { to: number }) => to <= text.length && text[to - 1] === "\n";
    this.#waiting.length = this.#waiting.findLastIndex(isKept) + 1;
    const kept =
      this.#waiting.length > 0 ? this.#drawn.length : this.#drawn.findLastIndex(isKept) + 1;
    for (const { element } of this.#drawn.splice(kept)) {
      this.#edits -= element.querySelectorAll(":scope > .raw-edit").length;
      element.remove();
    }
    this.#splitter = new BlockSplitter();
    this.#finalTo = (this.#waiting.at(-1) ?? this.#drawn.at(-1))?.to ?? 0;
    this.#taken = this.#finalTo;
    this.#emptyRest();
    this.#hidden = 0;
    this.#hiddenNote.hidden = true;
    this.#countHidden(text.slice(0, this.#taken));
  }

  /** Draws what is final, then what grows. A long text, as after a reload, is drawn in slices. */
  #draw = (): void => {
    for (let drawn = 0; ; drawn++) {
      const block = this.#waiting[drawn];
      if (block !== undefined && hasTime()) {
        this.#freeze(block);
        continue;
      }
      this.#waiting = this.#waiting.slice(drawn);
      break;
    }
    if (this.#waiting.length > 0) later(this.#draw);
    else if (this.#ended) {
      this.#rest.remove();
      this.#drawn = [];
    } else this.#renderRest(this.#splitter.rest);
  };

  #freeze({ kind, source, to }: FinalBlock): void {
    if (source.trim() === "") return;
    const element = this.#rest;
    this.#drawn.push({ element, to });
    const finished = this.#finished({ kind, source: visibleText(source) });
    this.#watchWords(source);
    if (this.#growing === undefined) patchChildren(element, finished);
    else element.replaceChildren(finished);
    element.classList.remove("rest");
    for (const pre of element.querySelectorAll<HTMLPreElement>(":scope pre[data-language]"))
      this.#dress(pre);
    if (kind === "text" || kind === "list") this.#actions.places.watch(element, this.#chapter);
    this.#beginRest();
    for (const code of element.querySelectorAll<HTMLElement>("pre[data-language] > code"))
      highlightLater(code, code.parentElement?.dataset["language"] ?? "");
  }

  #emptyRest(): void {
    this.#growing = undefined;
    this.#restSource = "";
    this.#rest.replaceChildren();
  }

  #beginRest(): void {
    this.#rest = h("div", { class: "block rest" });
    this.#emptyRest();
    if (this.#chapter.childElementCount >= chapterBlocks) {
      this.#chapter.classList.add("whole");
      this.#chapter = h("div", { class: "chapter" });
      this.#hiddenNote.before(this.#chapter);
    }
    this.#chapter.append(this.#rest);
  }

  #finished({ kind, source }: Block): DocumentFragment {
    const content = document.createDocumentFragment();
    if (kind === "edit") content.append(this.#edit(source));
    else if (kind === "fence" && holdsEdit(source))
      content.append(this.#edit(fenceContent(source)));
    else if (kind === "fence" && source.length > longestFence) {
      const code = h("code");
      appendCode(code, fenceContent(source));
      const language = languageOf(source);
      content.append(h("pre", { "data-language": language }, code));
    } else return safeFragment(markdownHtml(source));
    return content;
  }

  #edit(source: string): HTMLElement {
    const { choices, key } = this.#actions;
    return editDetails(source, `${key}/edit-${this.#edits++}`, choices);
  }

  #dress(pre: HTMLPreElement): void {
    const place = document.createComment("");
    pre.replaceWith(place);
    place.replaceWith(codeFigure(pre, pre.dataset["language"] ?? "", this.#actions));
  }

  #countHidden(fresh: string): void {
    const hidden = hiddenCharacters(fresh);
    if (hidden === 0) return;
    this.#hidden += hidden;
    this.#hiddenNote.hidden = false;
    this.#hiddenNote.textContent = t(
      "Characters that cannot be seen, written here by their numbers: {0}",
      count(this.#hidden),
    );
  }

  #renderRest({ kind, source }: Block): void {
    if (source === this.#restSource) return;
    this.#restSource = source;
    this.#watchWords(source);
    if (kind === "fence" || kind === "edit") {
      const firstLine = source.indexOf("\n");
      if (this.#growing === undefined) {
        this.#growing = new GrowingCode(kind === "edit" ? "edit" : languageOf(source));
        this.#rest.replaceChildren(this.#growing.element);
      }
      this.#growing.update(source.slice(firstLine + 1));
    } else patchChildren(this.#rest, safeFragment(markdownHtml(visibleText(source))));
  }

  #watchWords(source: string): void {
    this.#rest.classList.toggle("endless", endlessWord.test(source));
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null) return;
    event.preventDefault();
    if (this.#actions.places.follow(link)) return;
    if (link.protocol === "https:") this.#actions.openLink(link.href);
  }
}

/** What the first line of a code block names. */
function languageOf(source: string): string {
  return /^\s*[`~]+[ \t]*([\w+#.-]{1,30})/.exec(source)?.[1] ?? "";
}

/** The lines between the marks of a code block. */
function fenceContent(source: string): string {
  const lines = source.replace(/\n$/, "").split("\n").slice(1);
  if (/^\s*(?:`{3,}|~{3,})\s*$/.test(lastLine(lines))) lines.pop();
  return lines.join("\n");
}
