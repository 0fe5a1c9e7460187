import { count, t } from "../../../base/l10n";
import { gistOf } from "../../../base/thoughts/steps";
import { visibleText } from "../../../base/visible-text";
import type { HintInThought } from "../../../runs/run-state";
import { clock, roughTokens } from "../../format";
import type { MarkdownActions } from "../../markdown/code-figure";
import { MarkdownView } from "../../markdown/markdown-view";
import { button, h, setAttributes, setText, withCode } from "../dom/dom";

/** One step of a thought as it is now. Offsets count characters of the thought. */
export interface ShownStep {
  readonly number: number;
  readonly text: string;
  readonly from: number;
  /** Hints that stand in it. */
  readonly hints: readonly HintInThought[];
  /** More of it may come. */
  readonly grows: boolean;
  /** The run is over, so that it can be asked about. */
  readonly isOver: boolean;
}

/** What the person chose for a step; kept over a reload. */
export interface StepChoice {
  get(): boolean | undefined;
  set(open: boolean): void;
}

/** A step: folded it is a line with its gist, open it is its text. What is folded is not built. */
export class StepView {
  readonly element = h("li", { class: "step" });
  readonly #actions: MarkdownActions;
  readonly #gist = h("span", { class: "step-gist" });
  readonly #time = h("span", { class: "step-time" });
  readonly #head: HTMLButtonElement;
  readonly #body = h("div", { class: "step-body" });
  readonly #explain: HTMLButtonElement;
  readonly #change: HTMLButtonElement;
  /** The text up to the first hint, between two of them, and behind the last. */
  #stretches: MarkdownView[] = [];
  #shown: ShownStep | undefined;
  /**
   * What of the thought is built, as offsets: a piece of text would keep alive all of the thought
   * that it was cut from.
   */
  #built = { from: 0, length: 0, hints: 0, grows: true };
  readonly #choice: StepChoice;
  #open = true;
  #showChange: () => void = () => {};
  #name = "";
  #seconds: number | undefined;

  constructor(
    actions: MarkdownActions,
    choice: StepChoice,
    onChoice: () => void,
    onExplain: () => void,
  ) {
    this.#actions = actions;
    this.#choice = choice;
    this.#head = button("", "step-head", () => {
      this.choose(!this.#open);
      onChoice();
    });
    this.#head.append(this.#gist, this.#time);
    this.#explain = button(t("Explain"), "link explain-step", onExplain);
    this.#explain.hidden = true;
    this.#change = button(t("its change"), "link to-change", () => this.#showChange());
    this.#change.hidden = true;
    this.#change.title = t("Show the change that this step speaks of");
    this.element.append(
      h("div", { class: "step-line" }, this.#head, this.#change, this.#explain),
      this.#body,
    );
  }

  /** Has it lead to the change that it speaks of. */
  leadTo(showChange: () => void): void {
    this.#showChange = showChange;
    this.#change.hidden = false;
  }

  get open(): boolean {
    return this.#open;
  }

  /** What the panel thinks best; a choice of the person goes before it. */
  suggest(open: boolean): void {
    this.#setOpen(this.#choice.get() ?? open);
  }

  /** Opens or folds it because the person wants it so. */
  choose(open: boolean): void {
    this.#choice.set(open);
    this.#setOpen(open);
  }

  /** Opens it, brings it into view and gives it the focus. */
  show(): void {
    this.choose(true);
    this.element.scrollIntoView({ block: "nearest" });
    this.#head.focus({ preventScroll: true });
  }

  update(step: ShownStep): void {
    const old = this.#shown;
    this.#shown = step;
    const isSame =
      old !== undefined &&
      old.grows === step.grows &&
      old.isOver === step.isOver &&
      old.text.length === step.text.length &&
      old.hints.length === step.hints.length;
    if (isSame) return;
    this.element.classList.toggle("growing", step.grows);
    this.#render();
  }

  /** @param ms how long the step took so far; absent where nobody knows. */
  tick(ms: number | undefined): void {
    const seconds = ms === undefined ? undefined : Math.floor(ms / 1_000);
    if (seconds === this.#seconds) return;
    this.#seconds = seconds;
    setText(this.#time, ms === undefined ? "" : clock(ms));
    this.#tellName();
  }

  /**
   * What is seen stands apart; read out without a pause, "Step 1" and "2 s" would be "Step 12 s".
   */
  #tellName(): void {
    const time = this.#time.textContent;
    setAttributes(this.#head, { "aria-label": time ? `${this.#name}, ${time}` : this.#name });
  }

  #setOpen(open: boolean): void {
    if (open === this.#open) return;
    this.#open = open;
    this.#render();
  }

  #render(): void {
    const step = this.#shown;
    if (step === undefined) return;
    const { number, text } = step;
    const tokens = Math.max(1, Math.round(roughTokens(text)));
    const name = t("Step {0}", count(number));
    setAttributes(this.#body, { hidden: !this.#open });
    setAttributes(this.#head, {
      "aria-expanded": String(this.#open),
      title: t("Step {0}, about {1} tokens", count(number), count(tokens)),
    });
    setAttributes(this.#explain, {
      hidden: !step.isOver,
      "aria-label": t("Explain step {0}", count(number)),
    });
    setAttributes(this.#change, { "aria-label": t("Change of step {0}", count(number)) });
    this.element.classList.toggle("open", this.#open);
    if (this.#open) {
      this.#name = name;
      setText(this.#gist, name);
      this.#build(step);
    } else {
      const gist = visibleText(gistOf(text));
      this.#name = t("{0}: {1}", name, gist.replaceAll("`", ""));
      this.#gist.replaceChildren(...withCode(gist));
    }
    this.#tellName();
  }

  #build({ text, from, hints, grows }: ShownStep): void {
    const built = this.#built;
    // A step that begins in what is shown takes its text away from this one.
    const mayShrink = built.grows && built.hints === hints.length;
    if (from !== built.from || (text.length < built.length && !mayShrink)) {
      this.#stretches = [];
      this.#body.replaceChildren();
    }
    this.#built = { from, length: text.length, hints: hints.length, grows };
    let begin = 0;
    for (const [index, { at, hint }] of hints.entries()) {
      const stretch = this.#stretch(index);
      stretch.update(text.slice(begin, at - from));
      stretch.end();
      begin = at - from;
      // The hint stands in front of the stretch that comes after it.
      if (this.#stretches.length === index + 1) this.#body.append(hintView(hint.text));
    }
    const last = this.#stretch(hints.length);
    last.update(text.slice(begin));
    if (!grows) last.end();
  }

  #stretch(index: number): MarkdownView {
    const known = this.#stretches[index];
    if (known !== undefined) return known;
    const stretch = new MarkdownView(this.#actions);
    this.#stretches.push(stretch);
    this.#body.append(stretch.element);
    return stretch;
  }
}

function hintView(text: string): HTMLElement {
  return h("p", { class: "hint" }, h("b", {}, t("Your hint")), " ", text);
}
