import { t } from "../../base/l10n";
import { placeNamesIn } from "../../base/text/place-names";
import { mostPlaceNames } from "../../protocol/panel/from-panel";
import { withNextDrawing } from "../next-drawing";
import { h } from "../view/dom/dom";

/** What the host is asked. */
export interface PlaceQuestions {
  find(names: readonly string[]): void;
  open(name: string): void;
}

/** Names that come up close together are asked about together. */
const gatherMs = 150;
const linkClass = "place-link";

/**
 * Makes links of the names in a run's texts that lead to a place in the project. A block of text is
 * looked through once, when it is final, seen and nothing else is to do; the host, which alone
 * knows what there is, is asked about each name once.
 */
export class PlaceLinks {
  readonly #questions: PlaceQuestions;
  /**
   * Where a name leads, as people see it; undefined for nowhere, and as long as nobody has said.
   */
  readonly #known = new Map<string, string | undefined>();
  /** The elements with a name that the host is being asked about. */
  readonly #waiting = new Map<string, Set<HTMLElement>>();
  /** Only what is made here leads anywhere, whatever else looks the same. */
  readonly #names = new WeakMap<Element, string>();
  /** The blocks of each stretch of text that nobody has seen yet; of a seen one, undefined. */
  readonly #unseen = new WeakMap<Element, HTMLElement[] | undefined>();
  readonly #seen = new IntersectionObserver((entries) => {
    for (const { target, isIntersecting } of entries) {
      if (!isIntersecting) continue;
      this.#seen.unobserve(target);
      const blocks = this.#unseen.get(target) ?? [];
      this.#unseen.set(target, undefined);
      for (const block of blocks) whenIdle(() => this.#look(block));
    }
  });
  #unasked: string[] = [];
  #asking: ReturnType<typeof setTimeout> | undefined;

  constructor(questions: PlaceQuestions) {
    this.#questions = questions;
  }

  /**
   * Looks for names in a block that does not change any more, once the stretch of text around it is
   * seen. The browser asks of each thing that is watched in each frame whether it is seen, so it is
   * asked of stretches and not of blocks.
   */
  watch(block: HTMLElement, stretch: HTMLElement): void {
    if (!this.#unseen.has(stretch)) {
      this.#unseen.set(stretch, []);
      // Has the browser lay the page out at once where that was not done yet.
      withNextDrawing(() => this.#seen.observe(stretch));
    }
    const blocks = this.#unseen.get(stretch);
    if (blocks === undefined) whenIdle(() => this.#look(block));
    else blocks.push(block);
  }

  /** The host has looked. */
  told(asked: readonly string[], found: readonly { name: string; at: string }[]): void {
    for (const { name, at } of found) this.#known.set(name, at);
    const holders = new Set(asked.flatMap((name) => [...(this.#waiting.get(name) ?? [])]));
    for (const name of asked) this.#waiting.delete(name);
    for (const holder of holders) withNextDrawing(() => this.#link(holder));
  }

  /** Opens the place of a link that was clicked, or left by its key. @returns whether it is one. */
  follow(target: EventTarget | null): boolean {
    const link = target instanceof Element ? target.closest(`.${linkClass}`) : null;
    const name = link === null ? undefined : this.#names.get(link);
    if (name !== undefined) this.#questions.open(name);
    return name !== undefined;
  }

  #look(block: HTMLElement): void {
    for (const holder of textHolders(block)) {
      let leads = false;
      for (const node of textsIn(holder))
        for (const { name } of placeNamesIn(node.data, isCode(holder))) {
          this.#ask(name, holder);
          leads ||= this.#known.get(name) !== undefined;
        }
      if (leads) withNextDrawing(() => this.#link(holder));
    }
  }

  #ask(name: string, holder: HTMLElement): void {
    const waiting = this.#waiting.get(name);
    if (waiting !== undefined) {
      waiting.add(holder);
      return;
    }
    if (this.#known.has(name)) return;
    this.#known.set(name, undefined);
    this.#waiting.set(name, new Set([holder]));
    this.#unasked.push(name);
    this.#asking ??= setTimeout(() => {
      this.#asking = undefined;
      const names = this.#unasked;
      this.#unasked = [];
      for (let from = 0; from < names.length; from += mostPlaceNames)
        this.#questions.find(names.slice(from, from + mostPlaceNames));
    }, gatherMs);
  }

  /** Of one element's own texts: all of a long list at once would be felt as a hitch. */
  #link(holder: HTMLElement): void {
    for (const node of textsIn(holder)) {
      const names = placeNamesIn(node.data, isCode(holder)).filter(
        ({ name }) => this.#known.get(name) !== undefined,
      );
      if (names.length === 0) continue;
      const pieces: (Node | string)[] = [];
      let from = 0;
      for (const each of names) {
        pieces.push(node.data.slice(from, each.from), this.#linkTo(each.name));
        from = each.to;
      }
      node.replaceWith(...pieces, node.data.slice(from));
    }
  }

  #linkTo(name: string): HTMLElement {
    const title = t("Open {0}", this.#known.get(name) ?? name);
    // Without an address: nothing but the host's own look-up decides where it leads.
    const link = h("a", { class: linkClass, role: "link", tabindex: "0", title }, name);
    this.#names.set(link, name);
    return link;
  }
}

/**
 * The elements of a block whose own texts may hold names: no blocks of code, which are painted
 * anew, and no links, which lead elsewhere.
 */
function textHolders(block: HTMLElement): ReadonlySet<HTMLElement> {
  const walker = document.createTreeWalker(
    block,
    NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT,
    (node) => {
      if (node instanceof Text) return NodeFilter.FILTER_ACCEPT;
      const isClosed = node instanceof Element && node.matches("pre, a, figure, details, .host");
      return isClosed ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_SKIP;
    },
  );
  const found = new Set<HTMLElement>();
  for (let node = walker.nextNode(); node !== null; node = walker.nextNode())
    if (node.parentElement !== null) found.add(node.parentElement);
  return found;
}

function textsIn(holder: HTMLElement): readonly Text[] {
  return [...holder.childNodes].filter((node) => node instanceof Text);
}

function isCode({ tagName }: HTMLElement): boolean {
  return tagName === "CODE";
}

function whenIdle(work: () => void): void {
  requestIdleCallback(work, { timeout: 2_000 });
}
