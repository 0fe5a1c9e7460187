import { h } from "../view/dom";
import {
  codeFigure,
  editDetails,
  GrowingCode,
  holdsEdit,
  type MarkdownActions,
} from "./code-figure";
import { highlightLater } from "./highlight";
import { markdownHtml } from "./markdown-html";
import { safeFragment } from "./safe-fragment";
import { type Block, BlockSplitter } from "./split-blocks";

/**
 * Shows markdown that grows. A finished block is rendered once and its nodes are never touched again; only the unfinished rest is
 * rendered anew, and of a code block even that is appended only.
 */
export class MarkdownView {
  readonly element = h("div", { class: "markdown" });
  readonly #actions: MarkdownActions;
  readonly #splitter = new BlockSplitter();
  readonly #rest = h("div", { class: "block rest" });
  #growing: GrowingCode | undefined;
  #taken = 0;
  #ended = false;
  #restSource = "";

  constructor(actions: MarkdownActions) {
    this.#actions = actions;
    this.element.append(this.#rest);
    this.element.addEventListener("click", (event) => this.#clicked(event));
    this.element.addEventListener("keydown", ({ key, target }) => {
      if (key === "Enter") this.#actions.places.follow(target);
    });
  }

  /** `text` is everything so far; it may only grow. */
  update(text: string): void {
    if (this.#ended || text.length === this.#taken) return;
    const done = this.#splitter.push(text.slice(this.#taken));
    this.#taken = text.length;
    this.#freeze(done);
    this.#renderRest(this.#splitter.rest);
  }

  /** No more text comes: the rest becomes final too. */
  end(): void {
    if (this.#ended) return;
    this.#ended = true;
    this.#freeze(this.#splitter.end());
    this.#rest.remove();
  }

  #freeze(blocks: readonly Block[]): void {
    for (const block of blocks) {
      if (block.source.trim() === "") continue;
      const element = h("div", { class: "block" }, this.#finished(block));
      for (const pre of element.querySelectorAll<HTMLPreElement>(":scope pre[data-language]"))
        this.#dress(pre);
      this.#rest.before(element);
      if (block.kind === "text" || block.kind === "list") this.#actions.places.watch(element);
      for (const code of element.querySelectorAll<HTMLElement>("pre[data-language] > code")) {
        highlightLater(code, code.parentElement?.dataset["language"] ?? "");
      }
    }
    if (blocks.length > 0) this.#growing = undefined;
  }

  #finished(block: Block): Node {
    if (block.kind === "edit") return editDetails(block.source);
    if (block.kind === "fence" && holdsEdit(block.source))
      return editDetails(fenceContent(block.source));
    return safeFragment(markdownHtml(block.source));
  }

  #dress(pre: HTMLPreElement): void {
    const place = document.createComment("");
    pre.replaceWith(place);
    place.replaceWith(codeFigure(pre, pre.dataset["language"] ?? "", this.#actions));
  }

  #renderRest({ kind, source }: Block): void {
    if (source === this.#restSource) return;
    this.#restSource = source;
    if (kind === "fence" || kind === "edit") {
      const firstLine = source.indexOf("\n");
      if (this.#growing === undefined) {
        this.#growing = new GrowingCode(
          kind === "edit" ? "edit" : languageOf(source.slice(0, firstLine)),
        );
        this.#rest.replaceChildren(this.#growing.element);
      }
      this.#growing.update(source.slice(firstLine + 1));
    } else this.#rest.replaceChildren(safeFragment(markdownHtml(source)));
  }

  #clicked(event: MouseEvent): void {
    const link = event.target instanceof Element ? event.target.closest("a") : null;
    if (link === null) return;
    event.preventDefault();
    if (this.#actions.places.follow(link)) return;
    if (link.protocol === "https:") this.#actions.openLink(link.href);
  }
}

function languageOf(opening: string): string {
  return /^\s*[`~]+\s*([\w+#.-]{1,30})/.exec(opening)?.[1] ?? "";
}

/** The lines between the marks of a code block. */
function fenceContent(source: string): string {
  const lines = source.replace(/\n$/, "").split("\n").slice(1);
  if (/^\s*(?:`{3,}|~{3,})\s*$/.test(lines.at(-1) ?? "")) lines.pop();
  return lines.join("\n");
}
